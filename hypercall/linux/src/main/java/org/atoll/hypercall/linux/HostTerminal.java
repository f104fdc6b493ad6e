package org.atoll.hypercall.linux;

import java.util.Arrays;
import org.atoll.abi.Errno;

/**
 * The terminal that the command's streams 0 and 1 are, and what it was before it was made raw.
 *
 * <p>Callable from any thread: the driver sets the mode, whoever ends the VOS gives the terminal
 * back, and a signal that lets the process go on makes it raw again.
 *
 * <p>Only what is still as we left it is changed back: when the user's shell has taken the terminal
 * over in the meantime, because its child was killed or stopped, it stays the shell's.
 */
final class HostTerminal implements AutoCloseable {

  private static final int TERMIOS_BYTES = 64;
  private static final int TCSANOW = 0;
  private static final long TIOCGDEV = 0x80045432L;
  private static final long TIOCGPGRP = 0x540f;
  private static final int SIG_BLOCK = 0;
  private static final int SIG_SETMASK = 2;
  private static final int SIGTTOU = 22;
  private static final int SIGSET_BYTES = 128;

  /** Flow control, which cfmakeraw(3) leaves: IXANY, IXOFF. */
  private static final int FLOW_CONTROL = 0x800 | 0x1000;

  private enum Mode {
    RESTORED,
    RAW,
    CLOSED
  }

  private final Libc libc;
  private final int input;
  private final boolean terminal;
  private final long tcgetattr;
  private final long tcsetattr;

  /** Guarded by this, as all that follows. */
  private Mode mode = Mode.RESTORED;

  /** Whether it is to be raw and may not be: the process was stopped in between. */
  private volatile boolean interrupted;

  private byte[] before = new byte[TERMIOS_BYTES];
  private byte[] raw = new byte[TERMIOS_BYTES];
  private final NativeBytes buffer = new NativeBytes(TERMIOS_BYTES);

  HostTerminal(Libc libc, int input, int output) {
    this.libc = libc;
    this.input = input;
    this.terminal = isOneTerminal(libc, input, output);
    tcgetattr = libc.symbol("tcgetattr");
    tcsetattr = libc.symbol("tcsetattr");
  }

  /** Whether both are the same terminal, by whatever name each was opened. */
  static boolean isOneTerminal(Libc libc, int input, int output) {
    NativeBytes devices = new NativeBytes(2 * Integer.BYTES);
    return libc.ioctl(input, TIOCGDEV, devices.address()) == 0
        && libc.ioctl(output, TIOCGDEV, devices.address() + Integer.BYTES) == 0
        && devices.intAt(0) == devices.intAt(Integer.BYTES);
  }

  boolean isThere() {
    return terminal;
  }

  /**
   * Makes it raw and keeps what it was. A process in the background is stopped until it is not.
   *
   * @return 0, {@code -ENOTTY} when the streams are not one terminal, {@code -EIO} when it is not
   *     ours any more
   */
  synchronized int raw() {
    if (!terminal || mode == Mode.CLOSED) {
      return -Errno.ENOTTY;
    }
    if (mode == Mode.RAW) {
      return 0;
    }
    byte[] now = attributes();
    libc.call(libc.symbol("cfmakeraw"), buffer.address(), 0, 0);
    buffer.intAt(0, buffer.intAt(0) & ~FLOW_CONTROL);
    int result = set();
    if (result == 0) {
      before = now;
      raw = attributes();
      mode = Mode.RAW;
    }
    return result;
  }

  /** Makes it what it was. */
  synchronized int restore() {
    if (!terminal || mode == Mode.CLOSED) {
      return -Errno.ENOTTY;
    }
    if (mode == Mode.RAW) {
      giveBack();
      mode = Mode.RESTORED;
    }
    return 0;
  }

  /** The process is about to stop: whoever uses the terminal meanwhile finds it as it was. */
  synchronized void stopping() {
    if (mode == Mode.RAW) {
      giveBack();
    }
  }

  /** The process goes on after a stop: the terminal is made raw again when it is to be raw. */
  synchronized void resumed() {
    interrupted = mode == Mode.RAW;
    refresh();
  }

  /**
   * Makes up for a stop before the terminal is used again; not in the background, where the change
   * would stop the process once more.
   */
  void refresh() {
    if (interrupted) {
      rawAgain();
    }
  }

  private synchronized void rawAgain() {
    NativeBytes group = new NativeBytes(Integer.BYTES);
    boolean ours =
        libc.ioctl(input, TIOCGPGRP, group.address()) < 0
            || group.intAt(0) == libc.call(libc.symbol("getpgrp"), 0, 0, 0);
    if (ours && mode == Mode.RAW) {
      buffer.put(raw, 0, TERMIOS_BYTES);
      set();
    }
    interrupted &= !ours;
  }

  @Override
  public synchronized void close() {
    if (mode == Mode.RAW) {
      giveBack();
    }
    mode = Mode.CLOSED;
  }

  /** Also from the background, where the shell that started us may already have put us. */
  private void giveBack() {
    if (!Arrays.equals(attributes(), raw)) {
      return;
    }
    NativeBytes masks = new NativeBytes(2 * SIGSET_BYTES);
    long sigmask = libc.symbol("pthread_sigmask");
    masks.intAt(0, 1 << SIGTTOU - 1);
    long old = masks.address() + SIGSET_BYTES;
    libc.call(sigmask, SIG_BLOCK, masks.address(), old);
    buffer.put(before, 0, TERMIOS_BYTES);
    set();
    libc.call(sigmask, SIG_SETMASK, old, 0);
  }

  private byte[] attributes() {
    byte[] attributes = new byte[TERMIOS_BYTES];
    libc.call(tcgetattr, input, buffer.address(), 0);
    buffer.get(attributes, 0, TERMIOS_BYTES);
    return attributes;
  }

  private int set() {
    int result;
    do {
      result = libc.call(tcsetattr, input, TCSANOW, buffer.address());
    } while (result == -Errno.EINTR);
    return result;
  }
}
