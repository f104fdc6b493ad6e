package org.atoll.boot.storm;

import java.util.HashMap;
import java.util.Map;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.hypercall.sim.SeededGenerator;

/**
 * A server of a storm: it answers at once, or later, or when its caller does not want the answer
 * any more; some answers it gives a second time, and wrong.
 */
final class StormServer extends StormTask {

  /** How a call is to be answered. */
  static final int AT_ONCE = 0;

  static final int LATER = 1;
  static final int WHEN_CANCELLED = 2;

  /** A call: its name in w0, how to answer in w1. */
  static final int CALL = 0x7e00;

  /** A message: who sends it in w0, whom to in w1, its number in w2. */
  static final int MESSAGE = 0x7e01;

  private static final int AGAIN_ONE_IN = 16;
  private static final long DELAY_NANOS_MOST = 5_000_000;

  private final Ledger ledger;
  private final SeededGenerator chance;
  private final Map<Long, Long> waiting = new HashMap<>();

  StormServer(Ledger ledger, SeededGenerator chance) {
    this.ledger = ledger;
    this.chance = chance;
  }

  /** Requests that it has not answered. */
  int waiting() {
    return waiting.size();
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    long call = m.w0;
    ledger.serve(call);
    if (m.w1 == AT_ONCE) {
      answer(turn, request, call);
      return;
    }
    waiting.put(request, call);
    if (m.w1 == LATER) {
      turn.kernel().setAlarm(request, chance.between(0, DELAY_NANOS_MOST));
    }
  }

  private void answer(Turn turn, long request, long call) {
    turn.reply(request, Ledger.answer(call));
    if (chance.below(AGAIN_ONE_IN) == 0) {
      turn.reply(request, -1);
      ledger.late();
    }
  }

  @Override
  public void alarm(Turn turn, long request) {
    Long call = waiting.remove(request);
    if (call == null) {
      throw new Broken("an alarm of a request that was answered");
    }
    answer(turn, request, call);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    if (waiting.remove(request) != null) {
      turn.kernel().cancelAlarm(request);
      turn.reply(request, -Errno.EINTR);
    }
  }

  @Override
  public void message(Turn turn, Message m) {
    ledger.tell((int) m.w0, (int) m.w1, m.w2);
  }

  @Override
  public void notified(Turn turn, int source) {
    turn.notify(source);
    ledger.notified();
  }
}
