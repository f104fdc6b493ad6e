package org.atoll.libposix;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.libposix.layout.LittleEndian;

/**
 * Reading from a descriptor of signals: signalfd(2). VFS knows which signals it is about, and has
 * answered that; which of them are pending is known here.
 */
final class SignalDescriptors {

  /** struct signalfd_siginfo. */
  private static final int BYTES = 128;

  private static final int CODE = 8;
  private static final int PID = 12;
  private static final int UID = 16;
  private static final int TIMER = 24;
  private static final int OVERRUN = 32;
  private static final int STATUS = 40;
  private static final int INT = 44;
  private static final int POINTER = 48;
  private static final int ADDRESS = 72;

  private static final byte[] NOTHING = {};

  private SignalDescriptors() {}

  /** Whether the answer to a read says that it is one of signals. */
  static boolean isMeant(Call c) {
    return c.answer(0) == -Errno.EMOVED;
  }

  /** Whether a call is one that reads. */
  static boolean reads(long call) {
    return call == Files.READ || call == Vectors.READV || call == Vectors.PREADV2;
  }

  /** Who gets what was read: the memory that the call names, which is present. */
  interface Reader {
    void give(byte[] bytes);
  }

  /**
   * Takes what is pending, as much as there is room for; or waits for it.
   *
   * @param room bytes, all of them present
   */
  static long read(Call c, int room, Reader reader) {
    long set = c.answer(1);
    boolean waits = c.answer(2) == 0;
    if (room < BYTES) {
      return -Errno.EINVAL;
    }
    byte[] taken = take(c.signals(), set, room / BYTES);
    if (taken.length > 0) {
      reader.give(taken);
      return taken.length;
    }
    if (!waits) {
      return -Errno.EAGAIN;
    }
    if (c.signalled()) {
      return Interruption.RESTARTS.code;
    }
    c.signals().await(set);
    c.handled();
    return c.untilEvent();
  }

  private static byte[] take(Signals signals, long set, int most) {
    if (signals.pendingOf(set) == 0) {
      return NOTHING;
    }
    byte[] all = new byte[BYTES * most];
    int count = 0;
    int signal = signals.pendingOf(set);
    while (signal != 0 && count < most) {
      put(all, BYTES * count++, signals.peek(signal));
      signals.remove(signal);
      signal = signals.pendingOf(set);
    }
    return Arrays.copyOf(all, BYTES * count);
  }

  private static void put(byte[] to, int at, SignalInfo info) {
    LittleEndian.putInt(to, at, info.signal());
    LittleEndian.putInt(to, at + CODE, info.code());
    if (info.isFault()) {
      LittleEndian.putLong(to, at + ADDRESS, info.value());
    } else if (info.code() == SignalInfo.SI_TIMER) {
      LittleEndian.putInt(to, at + TIMER, info.pid());
      LittleEndian.putInt(to, at + OVERRUN, info.uid());
      putValue(to, at, info.value());
    } else {
      LittleEndian.putInt(to, at + PID, info.pid());
      LittleEndian.putInt(to, at + UID, info.uid());
      if (info.signal() == Signals.SIGCHLD && info.code() > 0) {
        LittleEndian.putInt(to, at + STATUS, (int) info.value());
      } else if (info.code() < 0) {
        putValue(to, at, info.value());
      }
    }
  }

  private static void putValue(byte[] to, int at, long value) {
    LittleEndian.putInt(to, at + INT, (int) value);
    LittleEndian.putLong(to, at + POINTER, value);
  }
}
