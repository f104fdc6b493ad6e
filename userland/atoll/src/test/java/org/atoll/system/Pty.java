package org.atoll.system;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;

/**
 * A pseudo-terminal of the host, at whose emulator's end a test sits: it types, and reads what is
 * shown.
 */
final class Pty implements Closeable {

  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = 0x100;
  private static final int O_CLOEXEC = 0x80000;
  private static final long TCGETS = 0x5401;
  private static final long TIOCSWINSZ = 0x5414;
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCGPTN = 0x80045430L;
  private static final int TERMIOS_BYTES = 36;
  private static final int CHUNK_BYTES = 4_096;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** What a pseudo-terminal needs of the C library. */
  public interface Native {

    /** open(2). */
    int open(String path, int flags);

    /** ioctl(2). */
    int ioctl(int fd, long request, byte[] argument);

    /** read(2). */
    long read(int fd, byte[] buffer, long bytes);

    /** write(2). */
    long write(int fd, byte[] buffer, long bytes);

    /** close(2). */
    int close(int fd);
  }

  private final Native libc =
      LibraryLoader.create(Native.class).option(LibraryOption.LoadNow, true).load("c");
  private final int emulator = check(libc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC));
  private final Path path;

  /** Held open, so that the settings outlive the processes on the terminal. */
  private final int own;

  /** All that was shown. Guarded by this. */
  private final StringBuilder shown = new StringBuilder();

  /** Up to where tests have waited. Guarded by this. */
  private int seen;

  /** A new terminal with 24 rows and 80 columns. */
  Pty() {
    check(libc.ioctl(emulator, TIOCSPTLCK, new byte[4]));
    byte[] number = new byte[4];
    check(libc.ioctl(emulator, TIOCGPTN, number));
    path = Path.of("/dev/pts/" + intAt(number));
    own = check(libc.open(path.toString(), O_RDWR | O_NOCTTY | O_CLOEXEC));
    resize(24, 80);
    Thread.ofPlatform().daemon().name("pty").start(this::collect);
  }

  /** Its name, for programs to open. */
  Path path() {
    return path;
  }

  /** All settings of the terminal (termios), to be compared. */
  String settings() {
    byte[] termios = new byte[TERMIOS_BYTES];
    check(libc.ioctl(own, TCGETS, termios));
    return HexFormat.of().formatHex(termios);
  }

  /** Whether lines are gathered (ICANON) or bytes come as they are typed. */
  boolean isRaw() {
    byte[] termios = new byte[TERMIOS_BYTES];
    check(libc.ioctl(own, TCGETS, termios));
    return (termios[12] & 2) == 0;
  }

  /** Gives the window another size; the foreground gets SIGWINCH. */
  void resize(int rows, int columns) {
    byte[] size = {(byte) rows, 0, (byte) columns, (byte) (columns >> 8), 0, 0, 0, 0};
    check(libc.ioctl(emulator, TIOCSWINSZ, size));
  }

  /** Types. */
  void type(String keys) {
    byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
    if (libc.write(emulator, bytes, bytes.length) != bytes.length) {
      throw new IllegalStateException("the terminal takes no input");
    }
  }

  /**
   * Waits until a text is shown, after what earlier waits have found.
   *
   * @return what was shown before it
   */
  synchronized String await(String text) throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    int at = shown.indexOf(text, seen);
    while (at < 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new TimeoutException("no '" + text + "' in what was shown: " + shown);
      }
      wait(left);
      at = shown.indexOf(text, seen);
    }
    String before = shown.substring(seen, at);
    seen = at + text.length();
    return before;
  }

  /** All that was shown so far. */
  synchronized String shown() {
    return shown.toString();
  }

  private void collect() {
    byte[] chunk = new byte[CHUNK_BYTES];
    long got = libc.read(emulator, chunk, CHUNK_BYTES);
    while (got > 0) {
      show(new String(chunk, 0, (int) got, StandardCharsets.ISO_8859_1));
      got = libc.read(emulator, chunk, CHUNK_BYTES);
    }
    libc.close(emulator);
  }

  private synchronized void show(String text) {
    shown.append(text);
    notifyAll();
  }

  /** Takes the terminal away; the emulator's end is closed when the last program has let go. */
  @Override
  public void close() {
    libc.close(own);
  }

  private static int intAt(byte[] bytes) {
    return bytes[0] & 0xff | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16 | bytes[3] << 24;
  }

  private static int check(int result) {
    if (result < 0) {
      throw new IllegalStateException("a call of the pseudo-terminal failed");
    }
    return result;
  }
}
