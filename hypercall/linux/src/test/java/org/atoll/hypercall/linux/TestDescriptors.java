package org.atoll.hypercall.linux;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** Real descriptors of the test's own process: pipes, socket pairs, terminals, files. */
final class TestDescriptors {

  private static final int O_NOCTTY = 0x100;
  private static final int TERMIOS_BYTES = 64;
  private static final long TCGETS = 0x5401;
  private static final long TCSETS = 0x5402;
  private static final long TIOCSWINSZ = 0x5414;
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCGPTN = 0x80045430L;

  private final Libc libc;

  TestDescriptors(Libc libc) {
    this.libc = libc;
  }

  /** Both ends of a pipe: reading, writing. */
  int[] pipe() {
    NativeBytes ends = new NativeBytes(8);
    check(libc.call(libc.symbol("pipe"), ends.address(), 0, 0));
    return new int[] {ends.intAt(0), ends.intAt(4)};
  }

  /** Both ends of a pair of Unix stream sockets. */
  int[] sockets() {
    NativeBytes ends = new NativeBytes(8);
    check(libc.call(libc.symbol("socketpair"), 1, 1, 0, ends.address()));
    return new int[] {ends.intAt(0), ends.intAt(4)};
  }

  /** Both ends of a pseudo-terminal: the emulator's, the program's. */
  int[] terminal() {
    int emulator = open(Path.of("/dev/ptmx"), 2 | O_NOCTTY);
    NativeBytes word = new NativeBytes(4);
    check(libc.ioctl(emulator, TIOCSPTLCK, word.address()));
    check(libc.ioctl(emulator, TIOCGPTN, word.address()));
    return new int[] {emulator, open(Path.of("/dev/pts/" + word.intAt(0)), 2 | O_NOCTTY)};
  }

  /** The settings of a terminal, to be compared. */
  String settings(int fd) {
    NativeBytes termios = new NativeBytes(TERMIOS_BYTES);
    check(libc.ioctl(fd, TCGETS, termios.address()));
    byte[] bytes = new byte[TERMIOS_BYTES];
    termios.get(bytes, 0, TERMIOS_BYTES);
    return HexFormat.of().formatHex(bytes);
  }

  /** Changes one setting of a terminal: newlines on output (OPOST). */
  void breakLines(int fd) {
    NativeBytes termios = new NativeBytes(TERMIOS_BYTES);
    check(libc.ioctl(fd, TCGETS, termios.address()));
    termios.intAt(4, termios.intAt(4) ^ 1);
    check(libc.ioctl(fd, TCSETS, termios.address()));
  }

  /** Gives a terminal's window another size. */
  void size(int fd, int rows, int columns) {
    NativeBytes size = new NativeBytes(8);
    size.shortAt(0, rows);
    size.shortAt(2, columns);
    check(libc.ioctl(fd, TIOCSWINSZ, size.address()));
  }

  int open(Path path, int flags) {
    return check(libc.open(NativeBytes.path(path.toString()).address(), flags));
  }

  void close(int fd) {
    check(libc.call(libc.symbol("close"), fd, 0, 0));
  }

  /** Writes a text; the descriptor has room for it. */
  void write(int fd, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    check(libc.write(fd, NativeBytes.path(text).address(), bytes.length));
  }

  /** Reads once, waiting. */
  String read(int fd, int bytes) {
    NativeBytes buffer = new NativeBytes(bytes);
    byte[] got = new byte[check(libc.read(fd, buffer.address(), bytes))];
    buffer.get(got, 0, got.length);
    return new String(got, StandardCharsets.US_ASCII);
  }

  /** Reads, waiting, until so many bytes are there. */
  String readFully(int fd, int bytes) {
    StringBuilder got = new StringBuilder();
    while (got.length() < bytes) {
      got.append(read(fd, bytes - got.length()));
    }
    return got.toString();
  }

  /** The file status flags of a descriptor. */
  int flags(int fd) {
    return libc.fcntl(fd, 3);
  }

  private static int check(int result) {
    assertTrue(result >= 0, () -> "errno " + -result);
    return result;
  }
}
