package org.atoll.libposix.layout;

/** struct timespec and struct timeval: seconds and nano- or microseconds, 16 bytes each. */
public final class TimeValue {

  /** Bytes of either structure. */
  public static final int BYTES = 16;

  /** What {@link #nanos} and {@link #microsAsNanos} answer for a time that is none. */
  public static final long INVALID = Long.MIN_VALUE;

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long SECONDS_MAX = Long.MAX_VALUE / NANOS_PER_SECOND - 1;

  private TimeValue() {}

  /** A timespec as nanoseconds, at most {@code Long.MAX_VALUE}; negative seconds are invalid. */
  public static long nanos(byte[] bytes, int at) {
    return of(LittleEndian.getLong(bytes, at), LittleEndian.getLong(bytes, at + 8), 1);
  }

  /** A timeval as nanoseconds. */
  public static long microsAsNanos(byte[] bytes, int at) {
    return of(
        LittleEndian.getLong(bytes, at), LittleEndian.getLong(bytes, at + 8), NANOS_PER_MICRO);
  }

  private static long of(long seconds, long rest, long unit) {
    if (seconds < 0 || rest < 0 || rest >= NANOS_PER_SECOND / unit) {
      return INVALID;
    }
    return seconds > SECONDS_MAX ? Long.MAX_VALUE : seconds * NANOS_PER_SECOND + rest * unit;
  }

  /** Stores a timespec. */
  public static void put(byte[] bytes, int at, long nanos) {
    LittleEndian.putLong(bytes, at, Math.floorDiv(nanos, NANOS_PER_SECOND));
    LittleEndian.putLong(bytes, at + 8, Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  /** Stores a timeval. */
  public static void putMicros(byte[] bytes, int at, long nanos) {
    LittleEndian.putLong(bytes, at, Math.floorDiv(nanos, NANOS_PER_SECOND));
    LittleEndian.putLong(bytes, at + 8, Math.floorMod(nanos, NANOS_PER_SECOND) / NANOS_PER_MICRO);
  }

  /** A timespec. */
  public static byte[] of(long nanos) {
    byte[] bytes = new byte[BYTES];
    put(bytes, 0, nanos);
    return bytes;
  }

  /** A timeval. */
  public static byte[] micros(long nanos) {
    byte[] bytes = new byte[BYTES];
    putMicros(bytes, 0, nanos);
    return bytes;
  }
}
