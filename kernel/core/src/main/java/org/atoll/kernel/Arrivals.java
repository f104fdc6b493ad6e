package org.atoll.kernel;

import java.nio.ByteBuffer;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What comes from other nodes: frames, which are delivered as a local sender's messages would be,
 * and news of the nodes themselves. A frame that breaks the rules ends the link to its node, with
 * one line in the log, and nothing else.
 *
 * <p>Owner: CPU 0, within its event wait.
 */
final class Arrivals implements Transport.Receiver {

  private static final System.Logger LOG = System.getLogger("org.atoll.kernel");

  private final Node node;
  private final Link link;
  private final RemoteRequests requests;
  private final LateRequests late;
  private final DeadNodes dead;
  private final Frame frame = new Frame();

  /** A bit for each node that was found to speak for others' tasks: one line each. */
  private long doubted;

  Arrivals(Node node, Link link, RemoteRequests requests, LateRequests late) {
    this.node = node;
    this.link = link;
    this.requests = requests;
    this.late = late;
    this.dead = new DeadNodes(node, link, requests);
  }

  private Cpu cpu() {
    return node.cpu(0);
  }

  @Override
  public void frame(int from, ByteBuffer bytes) {
    if ((link.up() & 1L << from) == 0) {
      return;
    }
    node.quiescence.entered(0);
    cpu().runArrived();
    String wrong = frame.readHead(bytes);
    if (wrong == null && !maySay(from)) {
      unheard(from);
    } else if (wrong == null) {
      wrong = take(from, bytes);
    }
    if (wrong != null) {
      cut(from, "it sent a malformed frame: " + wrong);
    }
  }

  /**
   * Whether a node may say this: for a task that is or was there, or what came to a task that was
   * there and left. Answers need no such leave: they must have the callee and number of a call, and
   * a kernel that a request was passed on to refuses it in the callee's name.
   */
  private boolean maySay(int from) {
    return switch (frame.kind) {
      case Frame.REQUEST, Frame.MESSAGE, Frame.NOTIFY, Frame.CANCEL, Frame.BYTES ->
          node.locations.hasBeenOn(
              frame.hops == 0 ? frame.message.source : frame.destination, from);
      case Frame.GONE, Frame.FULL -> node.locations.hasBeenOn(frame.destination, from);
      default -> true;
    };
  }

  /**
   * No reason to give a node up: a task may have died before its last words came. What was passed
   * on to here, after a task of whose death that node does not know, goes nowhere; a request is
   * answered.
   */
  private void unheard(int from) {
    if (frame.hops == 0 || node.tasks.find(frame.destination) != null) {
      doubt(from);
    } else if (frame.kind == Frame.REQUEST) {
      refuse(Errno.EDEADSRCDST);
    }
  }

  private void doubt(int from) {
    if ((doubted & 1L << from) == 0) {
      doubted |= 1L << from;
      LOG.log(
          System.Logger.Level.WARNING,
          "node "
              + node.number()
              + ": node "
              + from
              + " speaks for tasks that it does not have: "
              + "nobody hears that");
    }
  }

  /** Gives up a node that breaks the rules, which learns of it by the end of its connection. */
  void cut(int other, String reason) {
    nodeDown(other, reason);
    link.wire().disconnect(other, reason);
  }

  private @Nullable String take(int from, ByteBuffer payload) {
    switch (frame.kind) {
      case Frame.REQUEST -> {
        return request(payload);
      }
      case Frame.BYTES -> {
        return bytes(payload);
      }
      case Frame.FETCH -> late.wanted(frame, from);
      case Frame.ANSWER -> answer(payload);
      case Frame.MESSAGE -> message(payload);
      case Frame.NOTIFY -> notification(payload);
      case Frame.CANCEL -> cancel(payload);
      case Frame.GONE -> {
        node.life.noMore(frame.destination);
        link.abandonAllOf(cpu(), frame.destination);
      }
      case Frame.FULL -> link.full(frame.destination, frame.message.w0 != 0);
      default -> node.halt((int) frame.message.w0);
    }
    return null;
  }

  private @Nullable String request(ByteBuffer payload) {
    Task callee = node.tasks.find(frame.destination);
    if (callee == null) {
      if (!pass(payload)) {
        refuse(Errno.EDEADSRCDST);
      }
      return null;
    }
    if (node.tasks.at(frame.message.source) != null) {
      // A task that is here calls here: it is answered in its own call, or not at all.
      if (!comesBack(callee)) {
        refuse(Errno.EDEADSRCDST);
      }
      return null;
    }
    boolean room = requests.mayStage(frame.bytes);
    if (!room && !frame.patient) {
      refuse(Errno.ENOMEM);
      return null;
    }
    CallRecord call = requests.begin(frame.request);
    if (call == null) {
      return "request " + Long.toHexString(frame.request) + " twice";
    }
    if (room) {
      payload.get(requests.stage(call, frame.bytes), 0, frame.bytes);
    } else {
      requests.late(call, frame.bytes);
    }
    call.out.stageLater(frame.room);
    call.callee(frame.destination);
    call.type = frame.message.type;
    call.question.copyFrom(frame.message);
    call.sent();
    if (room) {
      node.post.deliver(cpu(), call, (int) frame.request, callee);
    } else {
      callee.called = true;
    }
    return null;
  }

  /** What was asked for; what a task that has left was asked for goes after it. */
  private @Nullable String bytes(ByteBuffer payload) {
    if (requests.find(frame.request) == null && node.tasks.find(frame.destination) == null) {
      pass(payload);
      return null;
    }
    return late.take(frame, payload);
  }

  /** A call of a task that is here went after its callee, which has come here meanwhile. */
  private boolean comesBack(Task callee) {
    CallRecord call = ownCall();
    if (call == null) {
      return false;
    }
    node.post.deliver(cpu(), call, (int) frame.request, callee);
    return true;
  }

  /** The call that the frame names, which a task of this node made and waits for; or null. */
  private @Nullable CallRecord ownCall() {
    int sequence = (int) frame.request;
    CallRecord call = frame.hops == 0 ? null : node.callOf(frame.message.source, sequence);
    return call != null
            && call.token() == frame.request
            && call.callee() == frame.destination
            && call.waiting(sequence)
        ? call
        : null;
  }

  /** Answers the frame's request in place of its callee. */
  private void refuse(int errno) {
    link.answerFor(cpu(), frame.destination, frame.request, errno);
  }

  private void answer(ByteBuffer payload) {
    Task caller = node.tasks.find(frame.destination);
    int sequence = (int) frame.request;
    CallRecord call = caller == null ? null : caller.calls.find(sequence);
    if (caller == null
        || call == null
        || call.callee() != frame.message.source
        || !call.leaveWaiting(sequence, CallRecord.ANSWERED)) {
      return;
    }
    call.answer.copyFrom(frame.message);
    call.answer.type = call.type | Message.ANSWER;
    if (frame.bytes > 0 && call.out.writeFrom(frame.room, payload, frame.bytes) < 0) {
      call.answer.set(call.answer.type, -Errno.EFAULT, 0, 0, 0, 0, 0, 0);
    }
    node.post.arrive(cpu(), caller, call);
  }

  private void message(ByteBuffer payload) {
    Task task = node.tasks.find(frame.destination);
    if (task == null) {
      pass(payload);
      return;
    }
    task.mailbox.put(Letter.MESSAGE, frame.message.source, 0, null, frame.message);
    if (task.mailbox.crowded()) {
      link.tellFull(cpu(), frame.message.source, task);
    }
    node.post.handOver(cpu(), task);
  }

  private void notification(ByteBuffer payload) {
    Task task = node.tasks.find(frame.destination);
    if (task == null) {
      pass(payload);
      return;
    }
    task.notifies.add(frame.message.source);
    node.post.handOver(cpu(), task);
  }

  private void cancel(ByteBuffer payload) {
    CallRecord call = requests.find(frame.request);
    if (call == null) {
      if (node.tasks.find(frame.destination) == null) {
        pass(payload);
      } else {
        cancelOwn(ownCall());
      }
      return;
    }
    if (frame.message.w0 != 0) {
      link.abandon(cpu(), call);
    } else if (requests.isLate(call)) {
      late.hurry(call);
    } else {
      node.post.tellOfCancel(cpu(), call);
    }
  }

  private void cancelOwn(@Nullable CallRecord call) {
    if (call != null) {
      node.post.tellOfCancel(cpu(), call);
    }
  }

  /** Passes a frame on to the node that its task went to; false when nobody knows one. */
  private boolean pass(ByteBuffer payload) {
    int to = node.locations.nodeOf(frame.destination);
    if (!link.reaches(to) || frame.hops == Frame.HOPS_MAX) {
      return false;
    }
    frame.hops++;
    if (frame.kind == Frame.REQUEST) {
      link.passedOn(to, frame);
    }
    link.wire().pass(to, frame, payload);
    return true;
  }

  @Override
  public void nodeUp(int other) {
    if (other >= 0 && other < node.nodes() && other != node.number()) {
      link.comes(other);
    }
  }

  @Override
  public void nodeDown(int other, String reason) {
    dead.dies(other, reason, dead.speaks(other));
  }

  /** What has become of node 0 the person learns from it, or from whoever stopped it. */
  @Override
  public void nodeSilent(int other, String reason) {
    dead.dies(other, reason, other != 0 && dead.speaks(other));
  }

  @Override
  public void writable(int to) {
    link.wire().writable(to);
  }
}
