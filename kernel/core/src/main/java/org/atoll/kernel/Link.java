package org.atoll.kernel;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Carries what is sent to tasks of other nodes: the sending half. What arrives is {@link
 * Arrivals}'.
 *
 * <p>Owner: any CPU sends; the transport itself is CPU 0's.
 */
final class Link {

  private final Node node;
  private final Wire wire;
  private final Arrivals arrivals;
  private final RemoteRequests requests;
  private final LateRequests late;
  private final PassedRequests passed;

  /** Tasks of other nodes whose mailboxes are full, as their kernels say. Any CPU. */
  private final Set<Integer> full = ConcurrentHashMap.newKeySet();

  private final AtomicLong up = new AtomicLong();
  private final AtomicLong dead = new AtomicLong();

  Link(Node node, Transport transport) {
    this.node = node;
    this.wire =
        new Wire(
            transport,
            new LeftFrames(() -> node.scheduler.idle().wake(0)),
            () -> node.scheduler.idle().wakeAll());
    this.requests = new RemoteRequests(node.frames, node.staging, node.cpus());
    this.passed = new PassedRequests(node.nodes());
    this.late = new LateRequests(node, this, requests);
    this.arrivals = new Arrivals(node, this, requests, late);
    transport.receiver(arrivals);
  }

  /** A bit for each other node that is up. */
  long up() {
    return up.get();
  }

  /**
   * Whether that is another node of the VOS, and not dead. What is sent to it before it is up
   * waits.
   */
  boolean reaches(int other) {
    return other >= 0
        && other < node.nodes()
        && other != node.number()
        && (dead.get() & 1L << other) == 0;
  }

  /** A node is up: what waits for it can go. Only on CPU 0. */
  void comes(int other) {
    long bit = 1L << other;
    dead.accumulateAndGet(bit, (a, b) -> a & ~b);
    up.accumulateAndGet(bit, (a, b) -> a | b);
    wire.comes(other);
  }

  /** A node is dead; false when it was dead before. Only on CPU 0. */
  boolean goes(int other) {
    long bit = 1L << other;
    up.accumulateAndGet(bit, (a, b) -> a & ~b);
    boolean alive = (dead.getAndAccumulate(bit, (a, b) -> a | b) & bit) == 0;
    wire.drop(other);
    full.removeIf(endpoint -> locate(endpoint) == other);
    return alive;
  }

  Wire wire() {
    return wire;
  }

  /** Sends a one-way message. */
  void message(@Nullable Cpu by, int from, int to, Message m) {
    Frame frame = frame(by).set(Frame.MESSAGE, to, 0, m);
    sign(frame, from);
    put(by, locate(to), frame, null, 0);
  }

  /** Whether a task may not send messages to one of another node now. */
  boolean crowded(int from, int to) {
    return !full.isEmpty() && full.contains(to) || wire.crowded(locate(to), from);
  }

  /** A node says whether a task's mailbox is full. */
  void full(int endpoint, boolean is) {
    if (is) {
      full.add(endpoint);
    } else {
      full.remove(endpoint);
    }
  }

  /** Tells a task's node that another task is to be sent no more. */
  void tellFull(Cpu by, int sender, Task receiver) {
    int origin = locate(sender);
    if (reaches(origin) && receiver.mailbox.tellsFull(origin)) {
      tell(by, origin, receiver.endpoint, 1);
    }
  }

  /** Tells nodes that a task may be sent to again. */
  void tellRoom(Cpu by, long nodes, int endpoint) {
    for (long left = nodes; left != 0; left &= left - 1) {
      tell(by, Long.numberOfTrailingZeros(left), endpoint, 0);
    }
  }

  private void tell(Cpu by, int to, int endpoint, int full) {
    Frame frame = frame(by).set(Frame.FULL, endpoint, 0);
    frame.message.w0 = full;
    put(by, to, frame, null, 0);
  }

  /** Sends a notification. */
  void notify(@Nullable Cpu by, int from, int to) {
    Frame frame = frame(by).set(Frame.NOTIFY, to, 0);
    sign(frame, from);
    put(by, locate(to), frame, null, 0);
  }

  /**
   * Sends a call, with its in-buffer.
   *
   * @return 0, or an errno that the call fails with
   */
  int request(Cpu by, CallRecord call, int to, Message m) {
    int at = locate(to);
    if (!reaches(at)) {
      return Errno.EDEADSRCDST;
    }
    if (call.remote) {
      passed.add(at, call.token(), to);
    } else {
      call.sentTo = at;
    }
    call.fetched = false;
    Frame frame = frame(by).set(Frame.REQUEST, to, call.token(), m);
    return request(by, call, at, frame) ? 0 : Errno.EFAULT;
  }

  private boolean request(Cpu by, CallRecord call, int at, Frame frame) {
    sign(frame, call.caller);
    frame.bytes = call.in.length();
    frame.room = call.out.length();
    frame.patient = call.in.liesElsewhere() || call.owner != null && call.owner.process != null;
    return put(by, at, frame, call.in, 0);
  }

  /**
   * Sends the bytes of a call that waits to the node that has asked for them: where its callee is,
   * or was.
   */
  void bytes(Cpu by, CallRecord call, int sequence, int asking) {
    int callee = call.callee();
    int at = node.locations.hasBeenOn(callee, asking) ? asking : locate(callee);
    Frame frame = frame(by).set(Frame.BYTES, callee, call.token(), call.question);
    if (!request(by, call, at, frame)) {
      abandoned(by, at, callee, call.token());
      node.post.fail(by, call, sequence, Errno.EFAULT);
    }
  }

  /** Nobody waits any more for a call from another node. */
  void abandon(Cpu by, CallRecord call) {
    requests.remove(call);
    if (call.leaveWaiting(call.sequence(), CallRecord.ABANDONED)) {
      node.post.tellOfCancel(by, call);
      node.quiescence.later(call::letGo);
    }
  }

  /** A call from another node was sent after its callee; here it is over. */
  void after(CallRecord call) {
    requests.remove(call);
    if (call.leaveWaiting(call.sequence(), CallRecord.ABANDONED)) {
      node.quiescence.later(call::letGo);
    }
  }

  /** Sends the answer to a call from another node, with what was written, and forgets the call. */
  void answer(@Nullable Cpu by, CallRecord call) {
    requests.remove(call);
    Frame frame = frame(by).set(Frame.ANSWER, call.caller, call.token(), call.answer);
    frame.room = call.out.low();
    frame.bytes = call.out.high() - call.out.low();
    put(by, locate(call.caller), frame, call.out, call.out.low());
    node.quiescence.later(call.recycling);
  }

  /** A request goes on to another node, for its callee has left this one. */
  void passedOn(int to, Frame request) {
    passed.add(to, request.request, request.destination);
  }

  /** Answers the requests that were sent on to a node which is dead. */
  void failPassed(Cpu by, int dead) {
    for (PassedRequests.Passed lost : passed.take(dead)) {
      answerFor(by, lost.callee(), lost.request(), Errno.EDEADSRCDST);
    }
  }

  /** Answers a request that left its caller's node with an errno, in place of its callee. */
  void answerFor(Cpu by, int callee, long request, int errno) {
    int caller = (int) (request >>> 32);
    Task here = node.tasks.find(caller);
    if (here == null) {
      Frame frame = frame(by).set(Frame.ANSWER, caller, request);
      frame.message.set(Message.ANSWER, -errno, 0, 0, 0, 0, 0, 0);
      frame.message.source = callee;
      put(by, locate(caller), frame, null, 0);
      return;
    }
    int sequence = (int) request;
    CallRecord call = here.calls.find(sequence);
    if (call != null && call.callee() == callee) {
      node.post.fail(by, call, sequence, errno);
    }
  }

  /** Sends the wish to end a call. */
  void cancel(Cpu by, CallRecord call, int sequence) {
    int callee = call.callee();
    long request = CallRecord.token(call.caller, sequence);
    cancel(by, locate(callee), callee, request, call.waiting(sequence) ? 0 : 1);
  }

  /** Tells a node that nobody waits for a call any more. */
  void abandoned(Cpu by, int at, int callee, long request) {
    cancel(by, at, callee, request, 1);
  }

  private void cancel(Cpu by, int at, int callee, long request, int over) {
    Frame frame = frame(by).set(Frame.CANCEL, callee, request);
    sign(frame, (int) (request >>> 32));
    frame.message.w0 = over;
    put(by, at, frame, null, 0);
  }

  /** Tells every node that a task that had left its home is no more. */
  void gone(@Nullable Cpu by, int endpoint) {
    for (int other = 0; other < node.nodes(); other++) {
      put(by, other, frame(by).set(Frame.GONE, endpoint, 0), null, 0);
    }
  }

  /** Tells every node that the VOS ends. */
  void halt(@Nullable Cpu by, int status) {
    for (int other = 0; other < node.nodes(); other++) {
      Frame frame = frame(by).set(Frame.HALT, Endpoint.kernelOf(other), 0);
      frame.message.w0 = status;
      put(by, other, frame, null, 0);
    }
    if (by != null && by.index() == 0) {
      wire.flush();
    }
  }

  private boolean put(@Nullable Cpu by, int to, Frame frame, @Nullable Buffer payload, int offset) {
    return !reaches(to) || wire.put(by, to, frame, payload, offset);
  }

  /** What came for a task that has left is passed on, unless its sender has been here, too. */
  private void sign(Frame frame, int source) {
    frame.message.source = source;
    frame.hops = node.locations.hasBeenOn(source, node.number()) ? 0 : 1;
  }

  private int locate(int endpoint) {
    return node.locations.nodeOf(endpoint);
  }

  private static Frame frame(@Nullable Cpu by) {
    return by == null ? new Frame() : by.frame();
  }

  /** Lets the transport send; only on CPU 0. */
  void flush() {
    late.ask();
    wire.flush();
    if (wire.congested()) {
      giveUpLost();
    }
  }

  private void giveUpLost() {
    long now = node.nanos();
    for (int other = 0; other < node.nodes(); other++) {
      if (wire.lost(other, now)) {
        arrivals.cut(other, "it takes no more frames");
      }
    }
  }

  /** No server has anything to do. Only on CPU 0. */
  void serversRest() {
    if (late.serversRest()) {
      wire.flush();
    }
  }

  /** Asks for the bytes of a request that came when there was no room for them. */
  void fetch(Cpu by, CallRecord call) {
    Frame frame = frame(by).set(Frame.FETCH, call.caller, call.token());
    frame.message.source = call.callee();
    put(by, locate(call.caller), frame, null, 0);
  }

  /** Whether so much waits for other nodes that no task is to have a turn for now. */
  boolean congested() {
    return wire.congested();
  }

  /** Whether frames were left that CPU 0 is to send. */
  boolean work() {
    return wire.work();
  }

  /** The call from another node that a request names, or null. */
  @Nullable CallRecord requestFrom(long request) {
    return requests.find(request);
  }

  /** The calls from other nodes that wait for an endpoint. */
  List<CallRecord> requestsTo(int callee) {
    return requests.which(call -> call.callee() == callee);
  }

  /** A task of another node is no more, wherever it was. */
  void abandonAllOf(Cpu by, int caller) {
    for (CallRecord call : requests.which(c -> c.caller == caller)) {
      abandon(by, call);
    }
  }

  /** Forgets the calls that a task made before it moved; nobody waits for their answers. */
  void dropRequestsOf(int caller) {
    for (CallRecord call : requests.which(c -> c.caller == caller)) {
      call.leaveWaiting(call.sequence(), CallRecord.ABANDONED);
      requests.remove(call);
      node.quiescence.later(call::letGo);
    }
  }
}
