package org.atoll.libposix;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libposix.layout.LittleEndian;

/**
 * What comes with a signal: Linux's {@code siginfo_t}, 128 bytes.
 *
 * @param signal 1 to 64
 * @param code si_code
 * @param pid si_pid, or si_timerid of a timer
 * @param uid si_uid, or si_overrun of a timer
 * @param value si_value, or si_status of a child, or si_addr of a fault
 */
record SignalInfo(int signal, int code, int pid, int uid, long value) {

  /** Bytes of the structure. */
  static final int BYTES = 128;

  static final int SI_USER = 0;
  static final int SI_KERNEL = 0x80;
  static final int SI_QUEUE = -1;
  static final int SI_TIMER = -2;
  static final int SI_TKILL = -6;

  private static final int POLL_HUP = 6;

  static final int SEGV_MAPERR = 1;
  static final int SEGV_ACCERR = 2;
  static final int BUS_ADRALN = 1;
  static final int BUS_ADRERR = 2;
  static final int ILL_ILLOPC = 1;
  static final int TRAP_BRKPT = 1;

  private static final int CODE = 8;
  private static final int FIELDS = 16;

  /** A signal that nobody in particular sent. */
  static SignalInfo byKernel(int signal) {
    return new SignalInfo(signal, SI_KERNEL, 0, 0, 0);
  }

  /** A fault at an address. */
  static SignalInfo fault(int signal, int code, long address) {
    return new SignalInfo(signal, code, 0, 0, address);
  }

  /** The structure. */
  byte[] encode() {
    byte[] bytes = new byte[BYTES];
    LittleEndian.putInt(bytes, 0, signal);
    LittleEndian.putInt(bytes, CODE, code);
    if (isFault()) {
      LittleEndian.putLong(bytes, FIELDS, value);
    } else {
      LittleEndian.putInt(bytes, FIELDS, pid);
      LittleEndian.putInt(bytes, FIELDS + 4, uid);
      LittleEndian.putLong(bytes, FIELDS + 8, value);
    }
    return bytes;
  }

  /** What a program hands to rt_sigqueueinfo. */
  static SignalInfo decode(int signal, byte[] bytes) {
    return new SignalInfo(
        signal,
        LittleEndian.getInt(bytes, CODE),
        LittleEndian.getInt(bytes, FIELDS),
        LittleEndian.getInt(bytes, FIELDS + 4),
        LittleEndian.getLong(bytes, FIELDS + 8));
  }

  /** Whether it is about an address. */
  boolean isFault() {
    return code > 0
        && code < SI_KERNEL
        && switch (signal) {
          case Signals.SIGSEGV, Signals.SIGBUS, Signals.SIGILL, Signals.SIGTRAP, Signals.SIGFPE ->
              true;
          default -> false;
        };
  }

  /** Whether it tells what happens to a file (F_SETSIG), with si_band and si_fd. */
  boolean isOfFile() {
    return code > 0 && code <= POLL_HUP && (signal == Signals.SIGIO || signal >= 32);
  }

  void save(StateWriter out) {
    out.writeInt(signal).writeInt(code).writeInt(pid).writeInt(uid).writeLong(value);
  }

  static SignalInfo load(StateReader in) {
    return new SignalInfo(in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readLong());
  }
}
