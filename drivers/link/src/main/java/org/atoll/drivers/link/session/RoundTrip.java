package org.atoll.drivers.link.session;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Measures the round trip between two nodes by the signs that they exchange anyway: each carries
 * the sender's time, the last time that came from the other end, and for how long that was held.
 * The clocks of two machines need not agree (as TCP does it by its timestamps, RFC 7323).
 *
 * <pre>
 *    0  64 bits  the sender's clock, in nanoseconds
 *    8  64 bits  the other end's, as it came last; 0 when none has come
 *   16  64 bits  nanoseconds since then
 * </pre>
 */
final class RoundTrip {

  /** Bytes of what a sign carries for it. */
  static final int BYTES = 3 * Long.BYTES;

  /** The newest measurement is this part of the mean: there is one a second, and people watch. */
  private static final int NEWEST = 2;

  private final LongSupplier clock;
  private long stamp;
  private long stampedAt;
  private long nanos;

  RoundTrip(LongSupplier clock) {
    this.clock = clock;
  }

  /** Puts what this end says. */
  void put(ByteBuffer sign) {
    long now = clock.getAsLong();
    sign.putLong(now).putLong(stamp).putLong(stamp == 0 ? 0 : now - stampedAt);
  }

  /**
   * Takes what the other end says, which need not be true: an impossible time counts for nothing.
   */
  void take(ByteBuffer sign) {
    long now = clock.getAsLong();
    long theirs = sign.getLong();
    long echo = sign.getLong();
    long held = sign.getLong();
    long span = now - echo;
    if (echo != 0 && held >= 0 && held < span) {
      long measured = span - held;
      nanos = nanos == 0 ? measured : nanos + (measured - nanos) / NEWEST;
    }
    stamp = theirs;
    stampedAt = now;
  }

  /** The smoothed round trip; 0 when none was measured. */
  long nanos() {
    return nanos;
  }
}
