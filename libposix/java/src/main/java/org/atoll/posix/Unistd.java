package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.atoll.posix.gate.Bytes;
import org.atoll.posix.gate.Gate;
import org.atoll.posix.gate.Scratch;

/**
 * {@code <unistd.h>}: files by descriptor and by name, the process itself, and other programs in
 * its place (POSIX.1-2024, System Interfaces). Calls block as long as C's do; what fails throws
 * {@link PosixException} with the errno that POSIX names.
 */
public final class Unistd {

  /** Standard input. */
  public static final int STDIN_FILENO = 0;

  /** Standard output. */
  public static final int STDOUT_FILENO = 1;

  /** Standard error. */
  public static final int STDERR_FILENO = 2;

  /** {@link #lseek}: from the begin. */
  public static final int SEEK_SET = 0;

  /** {@link #lseek}: from where it is. */
  public static final int SEEK_CUR = 1;

  /** {@link #lseek}: from the end. */
  public static final int SEEK_END = 2;

  /** {@link #access}: exists. */
  public static final int F_OK = 0;

  /** {@link #access}: may be executed. */
  public static final int X_OK = 1;

  /** {@link #access}: may be written. */
  public static final int W_OK = 2;

  /** {@link #access}: may be read. */
  public static final int R_OK = 4;

  private static final int AT_FDCWD = -100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int PATH_BYTES = 4096;
  private static final int TCGETS = 0x5401;
  private static final int TIOCGPGRP = 0x540F;
  private static final int TIOCSPGRP = 0x5410;

  private Unistd() {}

  // ---- descriptors

  /** Reads up to {@code length} bytes; 0 at the end. Errors: EBADF, EINTR, EAGAIN, EIO, EISDIR. */
  public static int read(int fd, byte[] buffer, int offset, int length) {
    return get("read", 63, fd, buffer, offset, length, 0);
  }

  /** Reads as many bytes as the buffer holds, or fewer. */
  public static int read(int fd, byte[] buffer) {
    return read(fd, buffer, 0, buffer.length);
  }

  /** Reads at an offset of the file, in bytes. Errors: as read, and ESPIPE. */
  public static int pread(int fd, byte[] buffer, int offset, int length, long at) {
    return get("pread", 67, fd, buffer, offset, length, at);
  }

  private static int get(
      String name, int number, int fd, byte[] buffer, int offset, int length, long at) {
    java.util.Objects.checkFromIndexSize(offset, length, buffer.length);
    try (Scratch s = Scratch.open()) {
      long room = s.room(length);
      int got = (int) check(name, s.call(number, fd, room, length, at));
      s.read(room, buffer, offset, got);
      return got;
    }
  }

  /**
   * Writes up to {@code length} bytes; answers how many. Errors: EBADF, EINTR, EAGAIN, EFBIG, EIO,
   * ENOSPC, EPIPE (with SIGPIPE).
   */
  public static int write(int fd, byte[] buffer, int offset, int length) {
    try (Scratch s = Scratch.open()) {
      return (int) check("write", s.call(64, fd, s.copy(buffer, offset, length), length));
    }
  }

  /** Writes a buffer, or the first part of it. */
  public static int write(int fd, byte[] buffer) {
    return write(fd, buffer, 0, buffer.length);
  }

  /** Writes a string in UTF-8, or the first part of it. */
  public static int write(int fd, String text) {
    return write(fd, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes at an offset of the file, in bytes. Errors: as write, and ESPIPE. */
  public static int pwrite(int fd, byte[] buffer, int offset, int length, long at) {
    try (Scratch s = Scratch.open()) {
      return (int) check("pwrite", s.call(68, fd, s.copy(buffer, offset, length), length, at));
    }
  }

  /** Closes. Errors: EBADF. */
  public static void close(int fd) {
    call("close", 57, fd);
  }

  /** Moves the offset; answers the new one. Errors: EBADF, EINVAL, ESPIPE. */
  public static long lseek(int fd, long offset, int whence) {
    return call("lseek", 62, fd, offset, whence);
  }

  /** A pipe: the descriptors of its reading end and its writing end. Errors: EMFILE, ENFILE. */
  public static int[] pipe() {
    return pipe2(0);
  }

  /** A pipe with flags of {@link Fcntl}: O_CLOEXEC, O_NONBLOCK. */
  public static int[] pipe2(int flags) {
    try (Scratch s = Scratch.open()) {
      long room = s.room(8);
      check("pipe", s.call(59, room, flags));
      byte[] ends = s.bytes(room, 8);
      return new int[] {Bytes.getInt(ends, 0), Bytes.getInt(ends, 4)};
    }
  }

  /** Another descriptor of the same open file. Errors: EBADF, EMFILE. */
  public static int dup(int fd) {
    return (int) call("dup", 23, fd);
  }

  /** Makes {@code to} a descriptor of the same open file. Errors: EBADF, EBUSY, EINTR. */
  public static int dup2(int fd, int to) {
    if (fd == to) {
      return Fcntl.fcntl(fd, Fcntl.F_GETFD, 0) < 0 ? -1 : to;
    }
    return (int) call("dup2", 24, fd, to, 0);
  }

  /** Writes what is in memory to the storage. Errors: EBADF, EINVAL, EIO. */
  public static void fsync(int fd) {
    call("fsync", 82, fd);
  }

  /** Sets the length of a file, in bytes. Errors: EBADF, EFBIG, EINVAL. */
  public static void ftruncate(int fd, long length) {
    call("ftruncate", 46, fd, length);
  }

  /** Whether the descriptor is a terminal. */
  public static boolean isatty(int fd) {
    try (Scratch s = Scratch.open()) {
      return s.call(29, fd, TCGETS, s.room(64)) == 0;
    }
  }

  // ---- names

  /** Changes the working directory. Errors: EACCES, ENOENT, ENOTDIR. */
  public static void chdir(String path) {
    path("chdir", 49, path);
  }

  /** The working directory. Errors: EACCES, ENOENT. */
  public static String getcwd() {
    try (Scratch s = Scratch.open()) {
      long room = s.room(PATH_BYTES);
      int length = (int) check("getcwd", s.call(17, room, PATH_BYTES));
      return new String(s.bytes(room, length - 1), StandardCharsets.UTF_8);
    }
  }

  /** Whether the process may, going by its real ids. Errors: EACCES, ENOENT, ... */
  public static void access(String path, int mode) {
    try (Scratch s = Scratch.open()) {
      check("access", s.call(48, AT_FDCWD, s.string(path), mode));
    }
  }

  /** Removes a name. Errors: EACCES, EISDIR, ENOENT, EPERM. */
  public static void unlink(String path) {
    try (Scratch s = Scratch.open()) {
      check("unlink", s.call(35, AT_FDCWD, s.string(path), 0));
    }
  }

  /** Removes an empty directory. Errors: EBUSY, ENOTEMPTY, ENOENT, ENOTDIR. */
  public static void rmdir(String path) {
    try (Scratch s = Scratch.open()) {
      check("rmdir", s.call(35, AT_FDCWD, s.string(path), AT_REMOVEDIR));
    }
  }

  /** Another name of a file. Errors: EEXIST, ENOENT, EXDEV, EPERM. */
  public static void link(String path, String name) {
    try (Scratch s = Scratch.open()) {
      check("link", s.call(37, AT_FDCWD, s.string(path), AT_FDCWD, s.string(name), 0));
    }
  }

  /** A symbolic link. Errors: EEXIST, ENOENT, EACCES. */
  public static void symlink(String target, String name) {
    try (Scratch s = Scratch.open()) {
      check("symlink", s.call(36, s.string(target), AT_FDCWD, s.string(name)));
    }
  }

  /** What a symbolic link names. Errors: EINVAL (no link), ENOENT. */
  public static String readlink(String path) {
    try (Scratch s = Scratch.open()) {
      long room = s.room(PATH_BYTES);
      int length = (int) check("readlink", s.call(78, AT_FDCWD, s.string(path), room, PATH_BYTES));
      return new String(s.bytes(room, length), StandardCharsets.UTF_8);
    }
  }

  /** Gives a file another owner; -1 leaves one as it is. Errors: EPERM, ENOENT. */
  public static void chown(String path, int user, int group) {
    try (Scratch s = Scratch.open()) {
      check("chown", s.call(54, AT_FDCWD, s.string(path), user, group, 0));
    }
  }

  // ---- the process

  /** Process id. */
  public static int getpid() {
    return (int) call("getpid", 172);
  }

  /** Process id of the parent. */
  public static int getppid() {
    return (int) call("getppid", 173);
  }

  /** Real user id. */
  public static int getuid() {
    return (int) call("getuid", 174);
  }

  /** Effective user id. */
  public static int geteuid() {
    return (int) call("geteuid", 175);
  }

  /** Real group id. */
  public static int getgid() {
    return (int) call("getgid", 176);
  }

  /** Effective group id. */
  public static int getegid() {
    return (int) call("getegid", 177);
  }

  /** Process group of a process; 0 is the caller. Errors: ESRCH. */
  public static int getpgid(int pid) {
    return (int) call("getpgid", 155, pid);
  }

  /** Puts a process into a group. Errors: EACCES, EINVAL, EPERM, ESRCH. */
  public static void setpgid(int pid, int group) {
    call("setpgid", 154, pid, group);
  }

  /** Session of a process; 0 is the caller. Errors: ESRCH. */
  public static int getsid(int pid) {
    return (int) call("getsid", 156, pid);
  }

  /** A session of its own; answers its id. Errors: EPERM. */
  public static int setsid() {
    return (int) call("setsid", 157);
  }

  /** Foreground process group of a terminal. Errors: EBADF, ENOTTY. */
  public static int tcgetpgrp(int fd) {
    try (Scratch s = Scratch.open()) {
      long room = s.room(4);
      check("tcgetpgrp", s.call(29, fd, TIOCGPGRP, room));
      return Bytes.getInt(s.bytes(room, 4), 0);
    }
  }

  /** Makes a process group the terminal's foreground group. Errors: EBADF, ENOTTY, EPERM. */
  public static void tcsetpgrp(int fd, int group) {
    try (Scratch s = Scratch.open()) {
      byte[] bytes = new byte[4];
      Bytes.putInt(bytes, 0, group);
      check("tcsetpgrp", s.call(29, fd, TIOCSPGRP, s.copy(bytes)));
    }
  }

  /**
   * Sleeps; answers the whole seconds that were left when a signal handler ended it, otherwise 0.
   */
  public static int sleep(int seconds) {
    long left = Time.sleepNanos(seconds * 1_000_000_000L);
    return (int) ((left + 999_999_999L) / 1_000_000_000L);
  }

  /** SIGALRM in that many seconds; answers what was left of the last alarm. 0 takes it back. */
  public static int alarm(int seconds) {
    try (Scratch s = Scratch.open()) {
      byte[] timer = new byte[32];
      Bytes.putLong(timer, 16, seconds);
      long old = s.room(32);
      check("alarm", s.call(103, 0, s.copy(timer), old));
      byte[] before = s.bytes(old, 32);
      long left = Bytes.getLong(before, 16);
      return (int) (left + (Bytes.getLong(before, 24) > 0 ? 1 : 0));
    }
  }

  /** Waits for a signal that has a handler or ends the process. */
  public static void pause() {
    try (Scratch s = Scratch.open()) {
      s.call(73, 0, 0, 0, 0, 0);
    }
  }

  /** Adds to the nice value; answers the new one. Errors: EPERM, EACCES. */
  public static int nice(int increment) {
    int now = 20 - (int) call("nice", 141, 0, 0);
    int wanted = Math.clamp(now + increment, -20, 19);
    call("nice", 140, 0, 0, wanted);
    return wanted;
  }

  /** The name of the machine. */
  public static String gethostname() {
    try (Scratch s = Scratch.open()) {
      int field = 65;
      long room = s.room(6 * field);
      check("gethostname", s.call(160, room));
      byte[] name = s.bytes(room + field, field);
      int length = 0;
      while (name[length] != 0) {
        length++;
      }
      return new String(name, 0, length, StandardCharsets.UTF_8);
    }
  }

  /** Fills a buffer with chance. */
  public static void getentropy(byte[] buffer) {
    try (Scratch s = Scratch.open()) {
      long room = s.room(buffer.length);
      int got = (int) check("getentropy", s.call(278, room, buffer.length, 0));
      s.read(room, buffer, 0, got);
    }
  }

  /** Ends the process at once, with a status of 0 to 255; nothing buffered is written. */
  public static void _exit(int status) {
    call("_exit", 94, status);
  }

  /**
   * Another program in this process; returns only by an exception. Arguments include the program's
   * name. Errors: E2BIG, EACCES, ENOENT, ENOEXEC, ENOTDIR.
   */
  public static void execve(String path, List<String> arguments, List<String> environment) {
    try (Scratch s = Scratch.open()) {
      check("exec", s.call(221, s.string(path), s.strings(arguments), s.strings(environment)));
    }
  }

  /** The same with the environment as it is. */
  public static void execv(String path, List<String> arguments) {
    execve(path, arguments, Gate.current().environment());
  }

  /** The same with a command that is looked for in PATH. */
  public static void execvp(String command, List<String> arguments) {
    PosixException last = new PosixException("exec", Errno.ENOENT);
    for (String path : inPath(command)) {
      try {
        execv(path, arguments);
      } catch (PosixException e) {
        if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
          last = e;
        }
      }
    }
    throw last;
  }

  /** Where a command may be, by PATH. */
  static List<String> inPath(String command) {
    if (command.indexOf('/') >= 0) {
      return List.of(command);
    }
    String path = Stdlib.getenv("PATH");
    List<String> places = new ArrayList<>();
    for (String folder : (path == null ? "/usr/bin:/bin" : path).split(":", -1)) {
      places.add((folder.isEmpty() ? "." : folder) + "/" + command);
    }
    return places;
  }

  private static void path(String name, int number, String path) {
    try (Scratch s = Scratch.open()) {
      check(name, s.call(number, s.string(path)));
    }
  }

  private static long call(String name, int number, long... arguments) {
    return check(name, Gate.current().process().call(number, arguments));
  }
}
