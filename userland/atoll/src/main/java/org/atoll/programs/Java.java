package org.atoll.programs;

import static org.atoll.programs.Assembler.*;

import org.atoll.abi.AtollCall;
import org.atoll.abi.HostedProcess;

/**
 * {@code java}: what a process is before it becomes a Java program, and the few instructions that
 * stand for it afterwards: the gate of its system calls, the child of its {@code spawn}, and a
 * place for each signal handler (which in such a child does nothing).
 *
 * <p>Exit status: the program's; 127 where Java programs cannot run.
 */
public final class Java {

  private static final int WRITE = 64;
  private static final int EXIT = 93;
  private static final int EXIT_MISSING = 127;

  private Java() {}

  /** The program's file. Registers of the child: s1 table of calls, s2 descriptor for failures. */
  public static byte[] executable() {
    Assembler a = new Assembler();
    a.string("missing", "java: this VOS runs no Java programs\n");
    a.mv(A0, SP).here(A1, "gate").here(A2, "places").ecall(AtollCall.JAVA);
    a.la(A1, "missing").li(A2, 37).li(A0, 2).ecall(WRITE).li(A0, EXIT_MISSING).ecall(EXIT);
    a.label("gate").ecall();
    child(a);
    a.label("places");
    for (int i = 0; i < HostedProcess.PLACES; i++) {
      a.ret();
    }
    return a.executable(4096);
  }

  /** Makes the calls of the table; one that fails is told of, and ends it. */
  private static void child(Assembler a) {
    a.label("next").ld(A7, 0, S1).ld(A0, 8, S1).ld(A1, 16, S1).ld(A2, 24, S1).ld(A3, 32, S1);
    a.ld(A4, 40, S1).ld(A5, 48, S1).addi(S1, S1, 56).ecall().bge(A0, ZERO, "next");
    a.li(T0, SPACE).sd(A0, 0, T0).mv(A0, S2).mv(A1, T0).li(A2, 8).ecall(WRITE);
    a.li(A0, EXIT_MISSING).ecall(EXIT);
  }
}
