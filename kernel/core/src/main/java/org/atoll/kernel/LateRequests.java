package org.atoll.kernel;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Requests that come when there is no room for their bytes, which are asked for when there is: what
 * both nodes do for that. Nobody sees a request before its bytes are there.
 *
 * <p>Owner: CPU 0.
 */
final class LateRequests {

  private final Node node;
  private final Link link;
  private final RemoteRequests requests;

  /** Those among the requests. */
  LateRequests(Node node, Link link, RemoteRequests requests) {
    this.node = node;
    this.link = link;
    this.requests = requests;
  }

  private Cpu cpu() {
    return node.cpu(0);
  }

  /** Asks for those for which there is room by now. */
  void ask() {
    if (requests.anyLate()) {
      ask(RemoteRequests.STAGED_BYTES_MAX);
    }
  }

  /**
   * No server has anything to do: all requests that are here may wait for one that is late, as who
   * writes to a full pipe does for a reader who writes first. So some more are asked for.
   *
   * @return whether there are any
   */
  boolean serversRest() {
    boolean any = requests.anyLate();
    if (any) {
      ask(requests.restingMax());
    }
    return any;
  }

  private void ask(long max) {
    for (CallRecord call = requests.nextLate(max); call != null; call = requests.nextLate(max)) {
      link.fetch(cpu(), call);
    }
  }

  /**
   * The caller of one of them wishes it to end: its bytes come at once, for what becomes of it, its
   * callee alone can say.
   */
  void hurry(CallRecord call) {
    call.unwanted = true;
    if (requests.ask(call)) {
      link.fetch(cpu(), call);
    }
  }

  /**
   * Bytes have come, perhaps for a call that was ended meanwhile.
   *
   * @return what is wrong with them, or null
   */
  @Nullable String take(Frame frame, ByteBuffer payload) {
    CallRecord call = requests.find(frame.request);
    if (call == null || call.callee() != frame.destination || !requests.isLate(call)) {
      return null;
    }
    if (call.in.length() != frame.bytes) {
      return frame.bytes + " bytes of a request that had " + call.in.length();
    }
    byte[] place = requests.comes(call);
    if (place != null) {
      payload.get(place, 0, frame.bytes);
      deliver(call, (int) frame.request);
    }
    return null;
  }

  private void deliver(CallRecord call, int sequence) {
    Task callee = node.tasks.find(call.callee());
    if (callee == null) {
      node.post.redirect(cpu(), call, sequence);
      return;
    }
    boolean unwanted = call.unwanted;
    node.post.deliver(cpu(), call, sequence, callee);
    if (unwanted) {
      node.post.tellOfCancel(cpu(), call);
    }
  }

  /** A node has room for the bytes of a call of this one, which may have been ended meanwhile. */
  void wanted(Frame frame, int asking) {
    int caller = frame.destination;
    int callee = frame.message.source;
    int sequence = (int) frame.request;
    CallRecord call = node.callOf(caller, sequence);
    if (call == null || call.callee() != callee || !call.waiting(sequence)) {
      // Of a caller that had come here and is gone all nodes hear.
      if (node.locations.hasBeenOn(caller, node.number())) {
        link.abandoned(cpu(), asking, callee, frame.request);
      }
    } else if (!call.fetched) {
      call.fetched = true;
      link.bytes(cpu(), call, sequence, asking);
    }
  }
}
