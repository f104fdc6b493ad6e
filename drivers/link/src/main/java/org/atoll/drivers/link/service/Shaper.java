package org.atoll.drivers.link.service;

/**
 * Says when bytes that are sent now arrive on a slower link: one piece after the other, each as
 * long on the wire as its size takes, and then under way for the delay. A pure function of the
 * times that it is given.
 */
public final class Shaper {

  private static final long SECOND = 1_000_000_000;

  private Shape shape = Shape.NONE;

  /** When the wire is free again. */
  private long freeNanos = Long.MIN_VALUE;

  /** From now on that shape. */
  public void shape(Shape to) {
    shape = to;
    freeNanos = Long.MIN_VALUE;
  }

  /** When a piece that is sent now has arrived. */
  public long arrives(int bytes, long nowNanos) {
    long start = Math.max(freeNanos, nowNanos);
    long rate = shape.bytesPerSecond();
    freeNanos = rate == 0 ? start : start + bytes * SECOND / rate;
    return freeNanos + shape.delayNanos();
  }
}
