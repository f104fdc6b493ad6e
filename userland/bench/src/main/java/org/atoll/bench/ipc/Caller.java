package org.atoll.bench.ipc;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;

/** Does an operation again and again, checks each answer, and keeps the times. */
final class Caller extends StrictTask {

  private static final byte[] NOTHING = {};

  private final Operation operation;
  private final int batch;
  private final byte[] data = new byte[1];
  private double[] nanos = {};
  private int samples;
  private int ofBatch;
  private long number;
  private long beganNanos;

  /**
   * @param batch operations that a sample is the mean of
   */
  Caller(Operation operation, int batch) {
    this.operation = operation;
    this.batch = batch;
  }

  /** Says where the times go when the channel is raised next, nanoseconds of an operation each. */
  void prepare(double[] times) {
    nanos = times;
    samples = 0;
    ofBatch = 0;
  }

  boolean done() {
    return samples == nanos.length;
  }

  @Override
  public void notified(Turn turn, int source) {
    if (source == Endpoint.HOST) {
      beganNanos = System.nanoTime();
      begin(turn);
    } else {
      over(turn);
    }
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    check(turn, m);
    number = m.w1;
    over(turn);
  }

  private void over(Turn turn) {
    if (++ofBatch == batch) {
      long now = System.nanoTime();
      nanos[samples++] = (double) (now - beganNanos) / batch;
      beganNanos = now;
      ofBatch = 0;
    }
    if (!done()) {
      begin(turn);
    }
  }

  private void begin(Turn turn) {
    int server = turn.role(Role.VFS);
    long result = operation == Operation.NOTIFY ? turn.notify(server) : call(turn, server);
    if (result < 0) {
      throw new IllegalStateException("cannot send: errno " + -result);
    }
  }

  private long call(Turn turn, int server) {
    Message m = turn.scratch().set(NullServer.CALL, number, 0, 0, 0, 0, 0, 0);
    return operation.bytes == 0
        ? turn.call(server, m)
        : turn.callWithBytes(server, m, NOTHING, 0, operation.bytes);
  }

  private void check(Turn turn, Message m) {
    int bytes = operation.bytes;
    boolean right = m.w0 == bytes && m.w1 == NullServer.next(number);
    if (bytes > 0) {
      right &= turn.answerBytes(0, data, 0, 1) == 1 && data[0] == (byte) number;
      right &= turn.answerBytes(bytes - 1, data, 0, 1) == 1 && data[0] == (byte) ~number;
    }
    if (!right) {
      throw new IllegalStateException("answered " + m.w0 + ", " + m.w1);
    }
  }
}
