package org.atoll.programs;

import static org.atoll.programs.Assembler.*;

import org.atoll.abi.AtollCall;
import org.atoll.abi.protocol.ProcessRecord;

/**
 * {@code vps}: lists the processes of the VOS, one a line, with the nodes that they run on: PID,
 * PPID, PGID, NODE, state as in ps(1), command name.
 *
 * <p>Exit status: 0, or 1 when the list or the output fails.
 */
public final class Vps {

  private static final int WRITE = 64;
  private static final int EXIT = 93;
  private static final int RECORDS = SPACE + 4096;
  private static final int RECORDS_BYTES = 16 * 1024;
  private static final int COLUMN = 7;

  private Vps() {}

  /** The program's file. Registers: s0 record, s1 end of records, s2 end of line, s3 next pid. */
  public static byte[] executable() {
    Assembler a = new Assembler();
    a.string("title", "    PID   PPID   PGID   NODE S COMMAND\n");
    a.la(A1, "title").li(A2, 39).li(A0, 1).ecall(WRITE).blt(A0, ZERO, "failed").li(S3, 0);
    a.label("more").li(A0, RECORDS).li(A1, RECORDS_BYTES).mv(A2, S3).ecall(AtollCall.PROCESSES);
    a.blt(A0, ZERO, "failed").beq(A0, ZERO, "done");
    a.li(S0, RECORDS).add(S1, S0, A0);
    a.label("row").li(S2, SPACE);
    number(a, ProcessRecord.PID);
    number(a, ProcessRecord.PARENT);
    number(a, ProcessRecord.GROUP);
    number(a, ProcessRecord.NODE);
    state(a);
    name(a);
    a.lw(S3, ProcessRecord.PID, S0).addi(S3, S3, 1);
    a.addi(S0, S0, ProcessRecord.BYTES).bltu(S0, S1, "row").j("more");
    a.label("done").li(A0, 0).ecall(EXIT);
    a.label("failed").li(A0, 1).ecall(EXIT);
    decimal(a);
    return a.executable(4096 + RECORDS_BYTES);
  }

  private static void number(Assembler a, int offset) {
    a.lw(A0, offset, S0).call("decimal");
  }

  private static void state(Assembler a) {
    a.li(T0, ' ').sb(T0, 0, S2).lbu(T1, ProcessRecord.STATE, S0).sb(T1, 1, S2).sb(T0, 2, S2);
    a.addi(S2, S2, 3);
  }

  private static void name(Assembler a) {
    a.addi(T0, S0, ProcessRecord.NAME).addi(T1, T0, 16);
    a.label("letter").lbu(T2, 0, T0).beq(T2, ZERO, "lineEnds").sb(T2, 0, S2).addi(S2, S2, 1);
    a.addi(T0, T0, 1).bltu(T0, T1, "letter");
    a.label("lineEnds").li(T0, '\n').sb(T0, 0, S2).addi(S2, S2, 1);
    a.li(A1, SPACE).sub(A2, S2, A1).li(A0, 1).ecall(WRITE).blt(A0, ZERO, "failed");
  }

  /** decimal: appends a0 in a right-aligned column. */
  private static void decimal(Assembler a) {
    a.label("decimal").addi(S2, S2, COLUMN).mv(T0, S2).addi(T2, S2, -COLUMN).li(A1, 10);
    a.label("digit").remu(T1, A0, A1).addi(T1, T1, '0').addi(T0, T0, -1).sb(T1, 0, T0);
    a.divu(A0, A0, A1).bne(A0, ZERO, "digit").li(T1, ' ');
    a.label("pad").bge(T2, T0, "padded").addi(T0, T0, -1).sb(T1, 0, T0).j("pad");
    a.label("padded").ret();
  }
}
