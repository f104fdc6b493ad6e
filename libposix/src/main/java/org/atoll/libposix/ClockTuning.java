package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.libposix.layout.LittleEndian;

/** adjtimex: the host keeps the clock and tunes it; a process can ask, and finds it not tuned. */
final class ClockTuning {

  /** Bytes of struct timex. */
  private static final int BYTES = 208;

  private static final int CLOCK_REALTIME = 0;
  private static final int STA_UNSYNC = 0x40;

  /** Result: the clock is not synchronized. */
  private static final int TIME_ERROR = 5;

  /** Only asks what is left of an old adjtime. */
  private static final int ADJ_OFFSET_SS_READ = 0xa001;

  private static final long ERROR_MAX_MICROS = 16_000_000;
  private static final long TOLERANCE = 32_768_000;
  private static final long TICK_MICROS = 10_000;

  private ClockTuning() {}

  static void rows(Table t) {
    String note = "the host's clock cannot be tuned: EPERM";
    t.partial(171, "adjtimex", "timex:addr", note, c -> adjust(c, c.arg(0)));
    t.partial(
        266,
        "clock_adjtime",
        "clock:clock timex:addr",
        note,
        c -> c.intArg(0) == CLOCK_REALTIME ? adjust(c, c.arg(1)) : -Errno.EOPNOTSUPP);
  }

  private static long adjust(Call c, long address) {
    byte[] timex = c.guest().read(address, BYTES);
    int modes = LittleEndian.getInt(timex, 0);
    if (modes != 0 && modes != ADJ_OFFSET_SS_READ) {
      return -Errno.EPERM;
    }
    long now = c.kernel().wallNanos();
    byte[] answer = new byte[BYTES];
    LittleEndian.putInt(answer, 0, modes);
    LittleEndian.putLong(answer, 24, ERROR_MAX_MICROS);
    LittleEndian.putLong(answer, 32, ERROR_MAX_MICROS);
    LittleEndian.putInt(answer, 40, STA_UNSYNC);
    LittleEndian.putLong(answer, 48, 2);
    LittleEndian.putLong(answer, 56, 1);
    LittleEndian.putLong(answer, 64, TOLERANCE);
    LittleEndian.putLong(answer, 72, now / Times.NANOS_PER_SECOND);
    LittleEndian.putLong(answer, 80, now % Times.NANOS_PER_SECOND / 1_000);
    LittleEndian.putLong(answer, 88, TICK_MICROS);
    c.guest().write(address, answer);
    return TIME_ERROR;
  }
}
