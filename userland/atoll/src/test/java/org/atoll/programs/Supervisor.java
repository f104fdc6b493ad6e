package org.atoll.programs;

import static org.atoll.programs.Assembler.*;

import org.atoll.abi.AtollCall;

/**
 * A guest program that starts {@code /c0}, {@code /c1} and so on, each on a node and as a user,
 * kills them after a while, and ends with status 0 when none is left.
 */
public final class Supervisor {

  /**
   * A program to start.
   *
   * @param node where
   * @param user user and group
   */
  public record Child(int node, int user) {}

  private static final int CLONE = 220;
  private static final int EXECVE = 221;
  private static final int SETRESGID = 149;
  private static final int SETRESUID = 147;
  private static final int SETPGID = 154;
  private static final int NANOSLEEP = 101;
  private static final int KILL = 129;
  private static final int WAIT4 = 260;
  private static final int EXIT_GROUP = 94;
  private static final int SIGCHLD = 17;
  private static final int SIGKILL = 9;
  private static final int WALL = 0x4000_0000;

  private Supervisor() {}

  /** The program's file. */
  public static byte[] executable(Iterable<Child> children, int millis) {
    Assembler a = new Assembler();
    int number = 0;
    for (Child child : children) {
      start(a, number++, child);
    }
    a.li(T0, SPACE).sd(ZERO, 0, T0).li(T1, millis * 1_000_000).sd(T1, 8, T0);
    a.li(A0, SPACE).li(A1, 0).ecall(NANOSLEEP);
    a.li(A0, -1).li(A1, SIGKILL).ecall(KILL);
    a.label("reap").li(A0, -1).li(A1, 0).li(A2, WALL).li(A3, 0).ecall(WAIT4);
    a.bge(A0, ZERO, "reap").li(A0, 0).ecall(EXIT_GROUP);
    return a.executable(4096);
  }

  private static void start(Assembler a, int number, Child child) {
    String path = "c" + number;
    a.string(path, "/" + path);
    a.li(A0, SIGCHLD).li(A1, 0).li(A2, 0).li(A3, 0).ecall(CLONE);
    a.bne(A0, ZERO, path + "-started");
    a.li(A0, 0).li(A1, 0).ecall(SETPGID);
    a.li(A0, child.node()).ecall(AtollCall.ONNODE);
    a.li(A0, child.user()).mv(A1, A0).mv(A2, A0).ecall(SETRESGID);
    a.li(A0, child.user()).mv(A1, A0).mv(A2, A0).ecall(SETRESUID);
    a.la(A0, path).li(A1, 0).li(A2, 0).ecall(EXECVE).li(A0, 1).ecall(EXIT_GROUP);
    a.label(path + "-started");
  }
}
