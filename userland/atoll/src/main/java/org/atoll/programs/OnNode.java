package org.atoll.programs;

import static org.atoll.programs.Assembler.*;

import org.atoll.abi.AtollCall;
import org.atoll.abi.Errno;

/**
 * {@code onnode NODE COMMAND [ARGUMENT...]}: runs a command on a node of the VOS.
 *
 * <p>The command is searched for in PATH as {@code env(1)} does. Exit status: the command's; 125
 * for a bad use or a node that is not there, 126 when the command cannot be executed, 127 when it
 * is not found.
 */
public final class OnNode {

  private static final int WRITE = 64;
  private static final int EXIT = 93;
  private static final int EXECVE = 221;

  private OnNode() {}

  /** The program's file. Registers: s0 argv, s1 envp, s2 PATH, s3 last errno, s4 command. */
  public static byte[] executable() {
    Assembler a = new Assembler();
    a.string("usage", "usage: onnode NODE COMMAND [ARGUMENT...]\n")
        .string("nonode", "onnode: no such node: ")
        .string("cannot", "onnode: cannot execute: ")
        .string("notfound", "onnode: not found: ")
        .string("newline", "\n")
        .string("path", "PATH=")
        .string("default", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    arguments(a);
    parseNode(a);
    execute(a);
    findPath(a);
    search(a);
    failures(a);
    routines(a);
    return a.executable(8192);
  }

  private static void arguments(Assembler a) {
    a.ld(T0, 0, SP).addi(S0, SP, 8); // argc, argv
    a.slli(S1, T0, 3).add(S1, S1, S0).addi(S1, S1, 8); // envp = argv + argc + 1
    a.li(T1, 3).blt(T0, T1, "badUse");
    a.ld(S4, 16, S0); // argv[2]
  }

  private static void parseNode(Assembler a) {
    a.ld(T0, 8, S0).li(A0, 0).li(T2, 10).li(A3, 100_000);
    a.lbu(T1, 0, T0).beq(T1, ZERO, "badNode");
    a.label("digit").lbu(T1, 0, T0).beq(T1, ZERO, "parsed");
    a.addi(T1, T1, -'0').li(A1, 9).bltu(A1, T1, "badNode").bltu(A3, A0, "badNode");
    a.mul(A0, A0, T2).add(A0, A0, T1).addi(T0, T0, 1).j("digit");
    a.label("parsed").ecall(AtollCall.ONNODE).bne(A0, ZERO, "badNode");
    a.addi(S0, S0, 16); // argv of the command
  }

  /** A command with a slash is taken as it is. */
  private static void execute(Assembler a) {
    a.li(S3, -Errno.ENOENT).mv(T0, S4);
    a.label("slash").lbu(T1, 0, T0).beq(T1, ZERO, "bare").li(T2, '/');
    a.addi(T0, T0, 1).bne(T1, T2, "slash");
    a.mv(A0, S4).mv(A1, S0).mv(A2, S1).ecall(EXECVE).mv(S3, A0).j("failed");
    a.label("bare").lbu(T1, 0, S4).beq(T1, ZERO, "failed");
  }

  /** s2 = the value of PATH, or the default. */
  private static void findPath(Assembler a) {
    a.mv(T0, S1);
    a.label("variable").ld(T1, 0, T0).addi(T0, T0, 8).beq(T1, ZERO, "noPath").la(T2, "path");
    a.label("compare").lbu(A0, 0, T2).beq(A0, ZERO, "foundPath").lbu(A1, 0, T1);
    a.addi(T1, T1, 1).addi(T2, T2, 1).beq(A0, A1, "compare").j("variable");
    a.label("foundPath").mv(S2, T1).j("search");
    a.label("noPath").la(S2, "default");
  }

  /** Tries each folder of PATH; EACCES is remembered, the others mean "not here". */
  private static void search(Assembler a) {
    a.label("search").li(T0, SPACE).li(T1, SPACE + 4000).mv(A3, T0);
    a.label("folder")
        .lbu(T2, 0, S2)
        .beq(T2, ZERO, "folderEnds")
        .li(A0, ':')
        .beq(T2, A0, "folderEnds");
    a.sb(T2, 0, T0).addi(T0, T0, 1).addi(S2, S2, 1).bltu(T0, T1, "folder").j("failed");
    a.label("folderEnds").bne(T0, A3, "named").li(T2, '.').sb(T2, 0, T0).addi(T0, T0, 1);
    a.label("named").li(T2, '/').sb(T2, 0, T0).addi(T0, T0, 1).mv(A1, S4).li(T1, SPACE + 8190);
    a.label("name").lbu(T2, 0, A1).sb(T2, 0, T0).beq(T2, ZERO, "try").addi(A1, A1, 1);
    a.addi(T0, T0, 1).bltu(T0, T1, "name").j("failed");
    a.label("try").li(A0, SPACE).mv(A1, S0).mv(A2, S1).ecall(EXECVE);
    a.li(T0, -Errno.ENOENT).beq(A0, T0, "next").li(T0, -Errno.ENOTDIR).beq(A0, T0, "next");
    a.mv(S3, A0).li(T0, -Errno.EACCES).bne(A0, T0, "failed");
    a.label("next").lbu(T2, 0, S2).beq(T2, ZERO, "failed").addi(S2, S2, 1).j("search");
  }

  private static void failures(Assembler a) {
    a.label("failed").li(T0, -Errno.ENOENT).beq(S3, T0, "notFound");
    a.la(A1, "cannot").call("print").mv(A1, S4).li(S5, 126).j("end");
    a.label("notFound").la(A1, "notfound").call("print").mv(A1, S4).li(S5, 127).j("end");
    a.label("badNode").la(A1, "nonode").call("print").ld(A1, 8, S0).li(S5, 125).j("end");
    a.label("badUse").la(A1, "usage").call("print").li(A0, 125).ecall(EXIT);
    a.label("end").call("print").la(A1, "newline").call("print").mv(A0, S5).ecall(EXIT);
  }

  /** print: writes the string at a1 to descriptor 2. */
  private static void routines(Assembler a) {
    a.label("print").mv(A2, A1);
    a.label("length").lbu(T0, 0, A2).addi(A2, A2, 1).bne(T0, ZERO, "length");
    a.sub(A2, A2, A1).addi(A2, A2, -1).li(A0, 2).ecall(WRITE).ret();
  }
}
