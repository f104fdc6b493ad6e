package org.atoll.kernel;

import org.atoll.abi.ProtocolCall;
import org.jspecify.annotations.Nullable;

/**
 * Gives a task its next event: a notification before an alarm, an answer, and what is in its
 * mailbox. What is not wanted any more is taken and given to nobody.
 *
 * <p>Owner: one CPU. Hot side.
 */
final class Delivery {

  private final Node node;
  private final Cpu cpu;
  private final CpuTurn turn;
  private final long[] tag = new long[1];

  // What a turn is about: numbers, for a reference costs more to store.

  static final int GUEST_CODE = 0;
  static final int TRAP = 1;
  private static final int NOTIFICATION = 2;
  private static final int ALARM = 3;
  private static final int ANSWER = 4;
  private static final int MESSAGE = 5;
  private static final int REQUEST = 6;
  private static final int CANCEL = 7;

  /** What the turn under way is about, and the type of its message or 0: for the log. */
  private int doing;

  private int doingType;

  /** The turn is about a letter. */
  private boolean reading;

  Delivery(Node node, Cpu cpu, CpuTurn turn) {
    this.node = node;
    this.cpu = cpu;
    this.turn = turn;
  }

  /** Gives one event, in a turn that has begun; false when none waits. */
  boolean give(Task task) {
    doingType = 0;
    return notified(task) || alarm(task) || answered(task) || letter(task);
  }

  /** The turn under way is about something else than an event. */
  void is(int something) {
    doing = something;
  }

  /** What the turn under way, or the last one, is about. */
  String doing() {
    String what =
        switch (doing) {
          case GUEST_CODE -> "guest code";
          case TRAP -> "a trap";
          case NOTIFICATION -> "a notification";
          case ALARM -> "an alarm";
          case ANSWER -> "the answer to";
          case MESSAGE -> "the message";
          case REQUEST -> "the request";
          default -> "the cancel of";
        };
    if (doingType == 0) {
      return what;
    }
    ProtocolCall call = node.images.call(doingType);
    return what + (call == null ? " 0x" + Integer.toHexString(doingType) : " " + call.name());
  }

  /** Whether the turn under way is about a letter, and its task has more of them. */
  boolean moreLetters() {
    return reading && turn.task().mailbox.anyBehind();
  }

  private boolean notified(Task task) {
    if (!task.notifies.any()) {
      return false;
    }
    doing = NOTIFICATION;
    task.handler.notified(turn, task.notifies.take());
    cpu.commit(turn);
    return true;
  }

  private boolean alarm(Task task) {
    if (!task.alarms.anyDue() || !node.alarms.take(task, tag)) {
      return false;
    }
    if (node.traced) {
      node.tracer.alarm(node.moment(cpu), task.endpoint, tag[0]);
    }
    doing = ALARM;
    task.handler.alarm(turn, tag[0]);
    cpu.commit(turn);
    return true;
  }

  private boolean answered(Task task) {
    CallRecord call = task.takeAnswer();
    if (call == null) {
      return false;
    }
    if (task.calls.holds(call)) {
      answer(task, call);
    }
    return true;
  }

  private void answer(Task task, CallRecord call) {
    doing = ANSWER;
    doingType = call.type;
    turn.about(call);
    task.handler.answered(turn, call.sequence(), call.answer);
    cpu.commit(turn);
    task.calls.free(call);
  }

  private boolean letter(Task task) {
    Letter letter = task.takesLetters() ? task.mailbox.peek() : null;
    if (letter == null) {
      return false;
    }
    reading = true;
    try {
      take(task, letter, letter.call());
    } finally {
      reading = false;
      letter.call = null;
      task.mailbox.done();
    }
    if (task.mailbox.anyWaiting()) {
      node.post.tellWaiting(cpu, task);
    }
    return true;
  }

  private void take(Task task, Letter letter, @Nullable CallRecord call) {
    switch (letter.kind) {
      case Letter.MESSAGE -> {
        doing = MESSAGE;
        doingType = letter.message.type;
        task.handler.message(turn, letter.message);
        cpu.commit(turn);
      }
      case Letter.REQUEST -> request(task, letter, call);
      case Letter.CANCEL -> cancelled(task, letter, call);
      default -> {
        if (call != null && task.calls.holds(call)) {
          answer(task, call);
        }
      }
    }
  }

  private void request(Task task, Letter letter, @Nullable CallRecord call) {
    if (call != null && call.waiting((int) letter.request)) {
      doing = REQUEST;
      doingType = call.type;
      call.served = true;
      turn.serves(letter.request, call);
      task.handler.request(turn, letter.request, call.question);
      cpu.commit(turn);
    }
  }

  private void cancelled(Task task, Letter letter, @Nullable CallRecord call) {
    int sequence = (int) letter.request;
    if (call != null && (call.waiting(sequence) || call.abandoned(sequence) && call.served)) {
      doing = CANCEL;
      doingType = call.type;
      task.handler.cancelled(turn, letter.request);
      cpu.commit(turn);
    }
  }
}
