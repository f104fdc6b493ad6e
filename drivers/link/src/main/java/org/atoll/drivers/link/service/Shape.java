package org.atoll.drivers.link.service;

/**
 * How a link is made slower, for experiments.
 *
 * @param bytesPerSecond at most so many; 0: as many as there are
 * @param delayNanos each byte arrives so much later
 */
public record Shape(long bytesPerSecond, long delayNanos) {

  /** As the network is. */
  public static final Shape NONE = new Shape(0, 0);

  /** The longest delay: a round trip of it stays shorter than a silence that is death. */
  public static final long DELAY_NANOS_MAX = 1_000_000_000;

  /** The lowest rate: signs of life still come through it in time. */
  public static final long BYTES_PER_SECOND_MIN = 1_000;

  public Shape {
    if (bytesPerSecond != 0 && bytesPerSecond < BYTES_PER_SECOND_MIN) {
      throw new IllegalArgumentException(bytesPerSecond + " bytes a second");
    }
    if (delayNanos < 0 || delayNanos > DELAY_NANOS_MAX) {
      throw new IllegalArgumentException("a delay of " + delayNanos + " ns");
    }
  }

  /** Whether it makes nothing slower. */
  public boolean isNone() {
    return bytesPerSecond == 0 && delayNanos == 0;
  }
}
