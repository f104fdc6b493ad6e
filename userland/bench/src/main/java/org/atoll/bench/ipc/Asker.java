package org.atoll.bench.ipc;

import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;

/**
 * Asks one question when its channel is raised, and keeps the answer. Owner: any CPU, but for
 * {@link #about} and {@link #answer}.
 */
final class Asker extends StrictTask {

  private final Message question = new Message();
  private final Message answer = new Message();
  private int to;
  private final Runnable whenAnswered;
  private volatile boolean answered;

  /**
   * @param whenAnswered is run on the CPU that has got the answer
   */
  Asker(Runnable whenAnswered) {
    this.whenAnswered = whenAnswered;
  }

  /** Says what to ask next. */
  Message about(int destination) {
    to = destination;
    answered = false;
    return question;
  }

  boolean done() {
    return answered;
  }

  /** The answer to the last question. */
  Message answer() {
    if (answer.w0 < 0) {
      throw new IllegalStateException("answered errno " + -answer.w0);
    }
    return answer;
  }

  @Override
  public void notified(Turn turn, int source) {
    Message m = turn.scratch();
    m.set(question.type, question.w0, question.w1, question.w2, 0, 0, 0, 0);
    long call = turn.call(to, m);
    if (call <= 0) {
      throw new IllegalStateException("cannot ask: errno " + -call);
    }
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    answer.set(m.type, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5, m.w6);
    answered = true;
    whenAnswered.run();
  }
}
