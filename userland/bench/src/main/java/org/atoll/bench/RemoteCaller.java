package org.atoll.bench;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;

/** Calls a server again and again, checks each answer, and keeps the times. */
final class RemoteCaller extends StrictTask {

  private static final byte[] NOTHING = {};

  private final int server;
  private final byte[] data = new byte[1];
  private int type;
  private int outBytes;
  private double[] nanos = {};
  private long result;
  private int answered;
  private long number;
  private long calledNanos;
  private boolean ending;

  RemoteCaller(int server) {
    this.server = server;
  }

  /** Says what to do when the channel is raised next, and where the times go. */
  void prepare(int type, int outBytes, double[] times) {
    this.type = type;
    this.outBytes = outBytes;
    nanos = times;
    answered = 0;
  }

  boolean done() {
    return answered == nanos.length;
  }

  /** What the last call answered. */
  long result() {
    return result;
  }

  @Override
  public void notified(Turn turn, int source) {
    if (ending) {
      end(turn);
      return;
    }
    calledNanos = System.nanoTime();
    call(turn);
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    long now = System.nanoTime();
    check(turn, m);
    nanos[answered++] = now - calledNanos;
    number = m.w1;
    result = m.w0;
    if (!done()) {
      calledNanos = now;
      call(turn);
    }
  }

  /** Ends the VOS when the channel is raised next. */
  void prepareEnd() {
    ending = true;
  }

  private void end(Turn turn) {
    Message m = KernelProtocol.Call.HALT.encode(turn.scratch(), 0);
    turn.call(Endpoint.kernelOf(turn.node()), m);
  }

  private void call(Turn turn) {
    Message m = turn.scratch().set(type, number, 0, 0, 0, 0, 0, 0);
    long call = turn.callWithBytes(server, m, NOTHING, 0, outBytes);
    if (call <= 0) {
      throw new IllegalStateException("cannot call: errno " + -call);
    }
  }

  private void check(Turn turn, Message m) {
    boolean right = m.w1 == NullServer.next(number);
    right &= m.w0 == outBytes || type == NullServer.ALLOCATED;
    if (outBytes > 0) {
      right &= turn.answerBytes(0, data, 0, 1) == 1 && data[0] == (byte) number;
      right &= turn.answerBytes(outBytes - 1, data, 0, 1) == 1 && data[0] == (byte) ~number;
    }
    if (!right) {
      throw new IllegalStateException("answered " + m.w0 + ", " + m.w1);
    }
  }
}
