package org.atoll.libposix.layout;

/** struct rusage: 144 bytes; what is not counted is 0. */
public final class Usage {

  /** Bytes of the structure. */
  public static final int BYTES = 144;

  private static final int SYSTEM = 16;
  private static final int RESIDENT_MAX = 32;

  private static final int SWITCHES = 128;

  private Usage() {}

  /** Puts in how often the processor was given up: for want of work, and for others. */
  public static void switches(byte[] usage, long voluntary, long involuntary) {
    LittleEndian.putLong(usage, SWITCHES, voluntary);
    LittleEndian.putLong(usage, SWITCHES + Long.BYTES, involuntary);
  }

  /** The structure; the resident set in KiB. */
  public static byte[] of(long userNanos, long systemNanos, long residentMaxKib) {
    byte[] usage = new byte[BYTES];
    TimeValue.putMicros(usage, 0, userNanos);
    TimeValue.putMicros(usage, SYSTEM, systemNanos);
    LittleEndian.putLong(usage, RESIDENT_MAX, residentMaxKib);
    return usage;
  }
}
