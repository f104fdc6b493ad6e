package org.atoll.boot.storm;

import java.util.HashMap;
import java.util.Map;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.hypercall.sim.SeededGenerator;

/**
 * A task of a storm that calls, sends and notifies whomever chance names, until it has done its
 * part and all has come back.
 */
final class StormCaller extends StormTask {

  private static final int WINDOW = 8;
  private static final int SOME_ONE_IN = 8;
  private static final long PATIENCE_NANOS_MOST = 4_000_000;

  private final int number;
  private final Ledger ledger;
  private final SeededGenerator chance;
  private final Targets targets;
  private final Map<Long, Sent> sent = new HashMap<>();
  private boolean notifying;
  private int notifiedWhom = Endpoint.NONE;

  /** A call under way. */
  private record Sent(long call, int target, boolean mayEnd) {}

  /**
   * Has done nothing yet.
   *
   * @param number which task of the ledger it is
   */
  StormCaller(int number, Ledger ledger, SeededGenerator chance, Targets targets) {
    this.number = number;
    this.ledger = ledger;
    this.chance = chance;
    this.targets = targets;
  }

  /** Which task of the ledger it is. */
  int number() {
    return number;
  }

  /** Whether it has made all its calls, and has heard of each, and of its notification. */
  boolean done() {
    return !ledger.more() && sent.isEmpty() && (!notifying || !targets.lives(notifiedWhom));
  }

  /** What it still waits for. */
  String waitsFor() {
    return "task "
        + number
        + " waits for "
        + sent.values()
        + (notifying ? " and the notification of " + Endpoint.toString(notifiedWhom) : "");
  }

  @Override
  public void notified(Turn turn, int source) {
    if (source != Endpoint.HOST) {
      if (source != notifiedWhom) {
        throw new Broken("task " + number + " was notified by " + Endpoint.toString(source));
      }
      notifying = false;
    }
    act(turn);
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    Sent of = sent.remove(call);
    if (of == null) {
      throw new Broken("task " + number + " has no call " + call);
    }
    ledger.answered(of.call, m.w0, !targets.lives(of.target), of.mayEnd);
    if (of.mayEnd) {
      turn.kernel().cancelAlarm(call);
    }
    act(turn);
  }

  @Override
  public void alarm(Turn turn, long call) {
    turn.cancel(call);
  }

  private void act(Turn turn) {
    while (sent.size() < WINDOW && ledger.mayBegin(number)) {
      call(turn, targets.any(chance));
    }
    int server = targets.anyServer(chance);
    if (ledger.more() && targets.lives(server)) {
      say(turn, server);
    }
  }

  private void call(Turn turn, int target) {
    int how =
        targets.roams(target) || chance.below(SOME_ONE_IN) != 0
            ? StormServer.AT_ONCE
            : 1 + chance.below(2);
    boolean mayEnd = how == StormServer.WHEN_CANCELLED || chance.below(SOME_ONE_IN) == 0;
    long name = ledger.begin(number);
    Message m = turn.scratch().set(StormServer.CALL, name, how, 0, 0, 0, 0, 0);
    long call = turn.call(target, m);
    if (call < 0) {
      throw new Broken("task " + number + " cannot call: " + call);
    }
    sent.put(call, new Sent(name, target, mayEnd));
    if (mayEnd) {
      turn.kernel().setAlarm(call, chance.between(0, PATIENCE_NANOS_MOST));
    }
  }

  private void say(Turn turn, int server) {
    if (chance.below(2) == 0) {
      int to = targets.numberOf(server);
      long order = ledger.say(number, to);
      Message m = turn.scratch().set(StormServer.MESSAGE, number, to, order, 0, 0, 0, 0);
      if (turn.send(server, m) < 0) {
        throw new Broken("task " + number + " cannot send");
      }
    }
    if (!notifying && chance.below(2) == 0) {
      notifying = turn.notify(server) == 0;
      notifiedWhom = server;
      ledger.notified();
    }
  }
}
