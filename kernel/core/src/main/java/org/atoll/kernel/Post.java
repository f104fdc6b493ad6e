package org.atoll.kernel;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what turns committed: to a mailbox or reply slot of this node, or to the link.
 *
 * <p>Owner: any CPU; nothing here fails half-way.
 */
final class Post {

  private final Node node;

  Post(Node node) {
    this.node = node;
  }

  /** A one-way message. To a dead task it goes nowhere. */
  void send(Cpu by, int from, int to, Message m) {
    trace(by, from, to, m);
    Task task = by.find(to);
    if (task != null) {
      task.mailbox.put(Letter.MESSAGE, from, 0, null, m);
      wake(by, task);
    } else if (node.elsewhere(to)) {
      node.link().message(by, from, to, m);
    }
  }

  /**
   * The messages of a turn from that entry on that go to the same task, which is woken once.
   *
   * @return the entry behind them
   */
  int send(Cpu by, int from, Outbox outbox, int first) {
    int to = outbox.at(first).destination;
    Task task = by.find(to);
    int next = first;
    for (; outbox.sends(next, to); next++) {
      Message m = outbox.at(next).message;
      if (task == null) {
        send(by, from, to, m);
      } else {
        trace(by, from, to, m);
        task.mailbox.put(Letter.MESSAGE, from, 0, null, m);
      }
    }
    if (task != null) {
      wake(by, task);
    }
    return next;
  }

  private void trace(Cpu by, int from, int to, Message m) {
    if (node.traced) {
      node.tracer.message(node.moment(by), from, to, m);
    }
  }

  /**
   * Has a task look that something was brought to, at the latest when its turn comes; what was
   * brought to one that has left meanwhile is sent after it.
   *
   * @return false when it is dead
   */
  boolean wake(@Nullable Cpu by, Task task) {
    return node.scheduler.wake(by, task) || by != null && node.reaper.follow(by, task);
  }

  /** The same, and next if nothing stands against it. */
  void handOver(Cpu by, Task task) {
    if (!node.scheduler.handOver(by, task)) {
      node.reaper.follow(by, task);
    }
  }

  /** A notification. */
  void notify(@Nullable Cpu by, int from, int to) {
    if (node.traced) {
      node.tracer.notified(node.moment(by), from, to);
    }
    Task task = by == null ? node.tasks.find(to) : by.find(to);
    if (task != null) {
      task.notifies.add(from);
      wake(by, task);
    } else if (node.elsewhere(to)) {
      node.link().notify(by, from, to);
    }
  }

  /** A call whose record is filled. */
  void call(Cpu by, CallRecord call, int to) {
    int sequence = call.sequence();
    Message m = call.question;
    call.callee(to);
    call.type = m.type;
    call.served = false;
    if (node.traced) {
      int in = call.in.length();
      int out = call.out.length();
      node.tracer.request(node.moment(by), call.caller, to, call.token(), m, in, out);
    }
    Task callee = by.find(to);
    call.sent();
    if (callee != null) {
      deliver(by, call, sequence, callee);
    } else if (node.elsewhere(to)) {
      depart(by, call, sequence);
    } else {
      fail(by, call, sequence, Errno.EDEADSRCDST);
    }
  }

  /**
   * Brings a call that is WAITING to a task of this node: at once if that has nothing else to do
   * and runs next, else by its mailbox.
   */
  void deliver(Cpu by, CallRecord call, int sequence, Task callee) {
    if (!callee.called) {
      callee.called = true;
    }
    call.question.source = call.caller;
    long token = CallRecord.token(call.caller, sequence);
    if (node.scheduler.takes(by, callee)) {
      callee.mailbox.putFirst(call.caller, token, call);
      node.scheduler.next(by, callee);
    } else {
      callee.mailbox.put(Letter.REQUEST, call.caller, token, call, null);
      if (!wake(by, callee)) {
        fail(by, call, sequence, Errno.EDEADSRCDST);
      }
    }
  }

  /** Sends a call after its callee, which has left this node. */
  void redirect(Cpu by, CallRecord call, int sequence) {
    if (!call.waiting(sequence)) {
      return;
    }
    if (node.elsewhere(call.callee())) {
      depart(by, call, sequence);
      if (call.remote) {
        node.link().after(call);
      }
    } else {
      fail(by, call, sequence, Errno.EDEADSRCDST);
    }
  }

  private void depart(Cpu by, CallRecord call, int sequence) {
    int errno = node.link().request(by, call, call.callee(), call.question);
    if (errno != 0) {
      fail(by, call, sequence, errno);
    }
  }

  /** An answer that lies in its call's record; one that nobody waits for goes nowhere. */
  void reply(Cpu by, int from, CallRecord call, int sequence) {
    if (call.leaveWaiting(sequence, CallRecord.ANSWERED)) {
      answered(by, call, from, CallRecord.token(call.caller, sequence));
    }
  }

  /** Answers a call in place of its callee, unless it was answered already. */
  void fail(Cpu by, CallRecord call, int sequence, int errno) {
    int callee = call.callee();
    if (call.leaveWaiting(sequence, CallRecord.ANSWERED)) {
      call.answer.set(0, -errno, 0, 0, 0, 0, 0, 0);
      answered(by, call, callee, CallRecord.token(call.caller, sequence));
    }
  }

  private void answered(Cpu by, CallRecord call, int from, long request) {
    call.answer.type = call.type | Message.ANSWER;
    call.answer.source = from;
    if (node.traced) {
      int out = call.out.high() - call.out.low();
      node.tracer.answer(node.moment(by), from, call.caller, request, call.answer, out);
    }
    Task caller = call.owner;
    if (caller == null) {
      node.link().answer(by, call);
    } else if (!Task.over(caller.run.get())) {
      arrive(by, caller, call);
    }
  }

  /** Brings an answer to its caller, behind the messages that were sent before it. */
  void arrive(Cpu by, Task caller, CallRecord call) {
    if (caller.stackful != null) {
      call.after = Mailbox.NONE;
      caller.pushAnswer(call);
    } else if (caller.mailbox.holding()) {
      caller.mailbox.put(Letter.ANSWER, call.callee(), 0, call, null);
    } else {
      call.after = caller.mailbox.newest();
      if (by.holds(caller)) {
        caller.putAnswer(call);
      } else {
        caller.pushAnswer(call);
      }
    }
    if (by.hasMore()) {
      node.scheduler.wake(by, caller);
    } else {
      node.scheduler.handOver(by, caller);
    }
  }

  /** The caller wishes a call to end. */
  void cancel(Cpu by, CallRecord call, int sequence) {
    if (!call.waiting(sequence)) {
      return;
    }
    cancelled(by, call, sequence);
  }

  /** Tells the callee that nobody wants the call any more. */
  void cancelled(Cpu by, CallRecord call, int sequence) {
    long token = CallRecord.token(call.caller, sequence);
    int callee = call.callee();
    if (node.traced) {
      node.tracer.cancel(node.moment(by), call.caller, callee, token);
    }
    Task task = node.tasks.find(callee);
    if (task != null) {
      task.mailbox.put(Letter.CANCEL, call.caller, token, call, null);
      wake(by, task);
    } else if (node.elsewhere(callee)) {
      node.link().cancel(by, call, sequence);
    }
  }

  /** Tells the callee of a call, if it is here, that its caller wishes it to end. */
  void tellOfCancel(Cpu by, CallRecord call) {
    Task callee = node.tasks.find(call.callee());
    if (callee != null) {
      callee.mailbox.put(Letter.CANCEL, call.caller, call.token(), call, null);
      wake(by, callee);
    }
  }

  /** Puts a one-way message if there is room: 0, {@code -EDEADSRCDST} or {@code -ENOTREADY}. */
  int trySend(Cpu by, int from, int to, Message m) {
    Task task = node.tasks.find(to);
    if (task == null) {
      if (!node.elsewhere(to)) {
        return -Errno.EDEADSRCDST;
      }
      send(by, from, to, m);
      return 0;
    }
    if (!task.mailbox.tryPut(Letter.MESSAGE, from, 0, null, m)) {
      return -Errno.ENOTREADY;
    }
    trace(by, from, to, m);
    return wake(by, task) ? 0 : -Errno.EDEADSRCDST;
  }

  /** Has those look again who wait for room in a task's mailbox, and other nodes send again. */
  void tellWaiting(Cpu by, Task task) {
    long nodes = task.mailbox.takeTold();
    if (nodes != 0) {
      node.link().tellRoom(by, nodes, task.endpoint);
    }
    for (Task waiting : task.mailbox.takeWaiting()) {
      lookAgain(by, waiting);
    }
  }

  /** Has a task with a stack look again whether it still has to wait. */
  void lookAgain(Cpu by, Task task) {
    task.notifies.add(Stackful.LOOK_AGAIN);
    node.scheduler.wake(by, task);
  }

  /** 0, or why a task may not send a message there now: a negated errno. */
  int refusal(Cpu by, int from, int to) {
    if (!reachable(by, to)) {
      return -Errno.EDEADSRCDST;
    }
    Task task = by.find(to);
    boolean crowded = task != null ? task.mailbox.crowded() : node.link().crowded(from, to);
    return crowded ? -Errno.ENOBUFS : 0;
  }

  /** Whether that task could be sent to now. */
  boolean reachable(Cpu by, int endpoint) {
    return endpoint >= 0
        && endpoint != Endpoint.NONE
        && (by.find(endpoint) != null || node.elsewhere(endpoint));
  }
}
