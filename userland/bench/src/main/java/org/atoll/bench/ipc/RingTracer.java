package org.atoll.bench.ipc;

import org.atoll.abi.Message;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;
import org.atoll.kernel.Tracer;

/** Keeps the last messages of a node, with when, who, what and the first word. Owner: its CPU. */
final class RingTracer implements Tracer {

  private static final int ENTRIES = 1 << 12;
  private static final int WORDS = 4;

  private final long[] ring = new long[ENTRIES * WORDS];
  private int next;

  private void keep(Moment at, int from, int to, long what, long word) {
    ring[next] = at.nanos();
    ring[next + 1] = (long) from << Integer.SIZE | to;
    ring[next + 2] = what;
    ring[next + 3] = word;
    next = (next + WORDS) % ring.length;
  }

  /** The words of the entry that was made last: when, who to whom, what, first word. */
  long[] last() {
    long[] entry = new long[WORDS];
    System.arraycopy(ring, Math.floorMod(next - WORDS, ring.length), entry, 0, WORDS);
    return entry;
  }

  @Override
  public void request(Moment at, int from, int to, long request, Message m, int in, int out) {
    keep(at, from, to, m.type, m.w0);
  }

  @Override
  public void answer(Moment at, int from, int to, long request, Message m, int outBytes) {
    keep(at, from, to, m.type, m.w0);
  }

  @Override
  public void message(Moment at, int from, int to, Message m) {
    keep(at, from, to, m.type, m.w0);
  }

  @Override
  public void notified(Moment at, int from, int to) {
    keep(at, from, to, -1, 0);
  }

  @Override
  public void alarm(Moment at, int task, long tag) {
    keep(at, task, task, -2, tag);
  }

  @Override
  public void cancel(Moment at, int from, int to, long request) {
    keep(at, from, to, -3, request);
  }

  @Override
  public void hypercall(Moment at, Caller by, Hypercall call, long argument, long result) {
    keep(at, 0, 0, -4, call.number());
  }
}
