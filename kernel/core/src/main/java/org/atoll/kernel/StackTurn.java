package org.atoll.kernel;

import org.atoll.abi.Message;

/**
 * What a turn of a task with a stack can do beyond others: send at once and learn whether there was
 * room, wait for somebody, and give a call up. Owner: one CPU.
 */
final class StackTurn {

  private final Node node;
  private final CpuTurn turn;

  StackTurn(Node node, CpuTurn turn) {
    this.node = node;
    this.turn = turn;
  }

  /** Sends what waits, then a one-way message if there is room; see {@link Post#trySend}. */
  int trySend(int destination, Message m) {
    int refusal = turn.refusal(destination, m.type);
    if (refusal == 0) {
      turn.commit();
      refusal = node.post.trySend(turn.cpu(), turn.task().endpoint, destination, m);
    }
    return refusal;
  }

  /** Has this task told when a mailbox may have room. */
  void awaitRoomOf(int destination) {
    Task receiver = node.tasks.find(destination);
    if (receiver != null) {
      receiver.mailbox.awaitRoom(turn.task());
    }
  }

  /** Notes that this task waits for another; false when that would close a cycle. */
  boolean beginWait(int destination) {
    return node.waits.begin(turn.task(), destination);
  }

  /** This task waits for nobody any more. */
  void endWait() {
    node.waits.end(turn.task());
  }

  /** Whether a task can be sent to. */
  boolean alive(int endpoint) {
    return node.post.reachable(turn.cpu(), endpoint);
  }

  /** Sets an alarm for the end of a wait. */
  void startTimeout(long tag, long nanos) {
    node.setAlarm(turn.task(), tag, nanos);
  }

  /** Takes the alarm for the end of a wait back. */
  void endTimeout(long tag) {
    node.alarms.cancel(turn.task(), tag);
  }

  /** Gives a call up: a late answer lands nowhere. False when it is answered already. */
  boolean giveUp(long id) {
    int sequence = (int) id;
    CallRecord call = turn.task().calls.find(sequence);
    if (call == null || !call.leaveWaiting(sequence, CallRecord.ABANDONED)) {
      return false;
    }
    node.post.cancelled(turn.cpu(), call, sequence);
    turn.task().calls.remove(call);
    node.quiescence.later(call::letGo);
    return true;
  }
}
