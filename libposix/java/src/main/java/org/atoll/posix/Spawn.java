package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import java.util.ArrayList;
import java.util.List;
import org.atoll.posix.gate.Bytes;
import org.atoll.posix.gate.Gate;
import org.atoll.posix.gate.Scratch;

/**
 * {@code <spawn.h>}: other programs as children. There is no {@code fork}: a Java program cannot be
 * copied while it runs; what a child of a fork does before its exec is said by {@link FileActions}.
 */
public final class Spawn {

  private static final int WORDS = 7;

  private Spawn() {}

  /** What happens in the child, in this order, before its program begins. */
  public static final class FileActions {

    private final List<long[]> calls = new ArrayList<>();

    /** Makes {@code to} a descriptor of what {@code fd} is. */
    public FileActions dup2(int fd, int to) {
      // A descriptor that is to stay where it is must lose its flag, as POSIX has it.
      return add(fd == to ? new long[] {25, fd, Fcntl.F_SETFD, 0} : new long[] {24, fd, to, 0});
    }

    /** Closes a descriptor; one that is not open is none the less closed then. */
    public FileActions close(int fd) {
      // close_range(2) knows no descriptor that is too much; a negative one is a mistake.
      return fd < 0 ? add(57, fd) : add(436, fd, fd, 0);
    }

    /** Puts it into a process group; 0: one of its own. */
    public FileActions setpgroup(int group) {
      return add(154, 0, group);
    }

    /** Gives it a session of its own. */
    public FileActions setsid() {
      return add(157);
    }

    private FileActions add(long... call) {
      calls.add(call);
      return this;
    }
  }

  /**
   * Starts a program; answers the child's pid. No handler of this program runs in the child, which
   * begins with this program's mask. Errors: those of fork, of the actions and of exec.
   *
   * @param arguments with the program's name first
   */
  public static int spawn(
      String path, List<String> arguments, List<String> environment, FileActions actions) {
    long mask = Signal.sigprocmask(Signal.SIG_BLOCK, -1L);
    try {
      return spawn(path, arguments, environment, actions, mask);
    } finally {
      Signal.sigprocmask(Signal.SIG_SETMASK, mask);
    }
  }

  private static int spawn(
      String path,
      List<String> arguments,
      List<String> environment,
      FileActions actions,
      long mask) {
    int[] failures = Unistd.pipe2(Fcntl.O_CLOEXEC);
    try (Scratch s = Scratch.open()) {
      long argv = s.strings(arguments);
      long table =
          table(s, actions, mask, new long[] {221, s.string(path), argv, s.strings(environment)});
      int pid = (int) check("spawn", s.fork(table, failures[1]));
      Unistd.close(failures[1]);
      failures[1] = -1;
      byte[] errno = new byte[8];
      if (Unistd.read(failures[0], errno) == errno.length) {
        SysWait.waitpid(pid, 0);
        throw new PosixException(path, (int) -Bytes.getLong(errno, 0));
      }
      return pid;
    } finally {
      Unistd.close(failures[0]);
      if (failures[1] >= 0) {
        Unistd.close(failures[1]);
      }
    }
  }

  /**
   * What the child does, with all signals blocked: what this program handles is the default's
   * before they are let in, so that nothing but exec is left to do for this program.
   */
  private static long table(Scratch s, FileActions actions, long mask, long[] exec) {
    List<long[]> calls = new ArrayList<>(Signal.defaults(s));
    calls.addAll(actions.calls);
    calls.add(Signal.restoring(s, mask));
    calls.add(exec);
    byte[] words = new byte[calls.size() * WORDS * 8];
    for (int i = 0; i < calls.size(); i++) {
      long[] call = calls.get(i);
      for (int w = 0; w < call.length; w++) {
        Bytes.putLong(words, (i * WORDS + w) * 8, call[w]);
      }
    }
    return s.copy(words);
  }

  /** Starts a command that is looked for in PATH, with this process's environment. */
  public static int spawnp(List<String> command, FileActions actions) {
    PosixException last = new PosixException(command.getFirst(), Errno.ENOENT);
    for (String path : Unistd.inPath(command.getFirst())) {
      try {
        return spawn(path, command, Gate.current().environment(), actions);
      } catch (PosixException e) {
        if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
          last = e;
        }
      }
    }
    throw last;
  }

  /** Starts a command with this process's descriptors. */
  public static int spawnp(String... command) {
    return spawnp(List.of(command), new FileActions());
  }
}
