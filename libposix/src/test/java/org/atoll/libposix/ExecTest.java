package org.atoll.libposix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.AtollCall;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libposix.layout.LittleEndian;
import org.junit.jupiter.api.Test;

class ExecTest {

  private static final int EXECVE = 221;
  private static final long PATH = TestProcess.DATA;
  private static final long ARGV = TestProcess.DATA + 0x1000;
  private static final long ENVP = TestProcess.DATA + 0x1800;
  private static final long TEXT = TestProcess.DATA + 0x2000;

  private final TestProcess p = TestProcess.running();

  private TestProcess exec(String path, String... arguments) {
    p.text(PATH, path);
    long[] pointers = new long[arguments.length + 1];
    long at = TEXT;
    for (int i = 0; i < arguments.length; i++) {
      p.text(at, arguments[i]);
      pointers[i] = at;
      at += arguments[i].length() + 1;
    }
    p.words(ARGV, pointers).words(ENVP, 0);
    return p.call(EXECVE, PATH, ARGV, ENVP).serveExec();
  }

  private List<TestTurn.Sent> asked(ProtocolCall call) {
    return p.built.stream().filter(s -> s.m.type == call.number()).toList();
  }

  /** The new stack: argc, then the strings that argv points to. */
  private List<String> arguments() {
    TestTurn.Sent stack = asked(VmProtocol.Call.EXEC_WRITE).getLast();
    assertEquals(stack.m.w0, p.machine.x(2));
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < LittleEndian.getLong(stack.in, 0); i++) {
      int from = (int) (LittleEndian.getLong(stack.in, 8 + 8 * i) - stack.m.w0);
      int to = from;
      while (stack.in[to] != 0) {
        to++;
      }
      strings.add(
          new String(stack.in, from, to - from, java.nio.charset.StandardCharsets.ISO_8859_1));
    }
    return strings;
  }

  private long auxiliary(int type) {
    TestTurn.Sent stack = asked(VmProtocol.Call.EXEC_WRITE).getLast();
    int at = 8 + 8 * (int) LittleEndian.getLong(stack.in, 0) + 8;
    while (LittleEndian.getLong(stack.in, at) != 0) {
      at += 8;
    }
    for (at += 8; LittleEndian.getLong(stack.in, at) != 0; at += 16) {
      if (LittleEndian.getLong(stack.in, at) == type) {
        return LittleEndian.getLong(stack.in, at + 8);
      }
    }
    return -1;
  }

  @Test
  void aStaticProgramIsMappedSegmentBySegment() {
    p.files.put("/bin/a", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    exec("/bin/a", "a", "b c");
    assertTrue(p.program.runnable());
    assertEquals(0x10100, p.machine.pc());
    assertEquals(0, p.machine.x(2) % 16);
    assertEquals(0, p.machine.x(10));
    assertEquals(List.of("a", "b c"), arguments());
    List<TestTurn.Sent> maps = asked(VmProtocol.Call.EXEC_MAP);
    assertEquals(3, maps.size());
    assertWords(maps.get(0), 0x10000, 0x1200, 0x1200, 5, 101, 0);
    assertWords(maps.get(1), 0x12000, 0x300, 0x800, 3, 101, 0x1000);
    assertEquals(0x13000, asked(VmProtocol.Call.EXEC_COMMIT).getFirst().m.w0);
    assertEquals(0x10040, auxiliary(3));
    assertEquals(0x10100, auxiliary(9));
    assertEquals(0, auxiliary(7));
  }

  private static void assertWords(TestTurn.Sent sent, long... words) {
    for (int i = 0; i < words.length; i++) {
      assertEquals(words[i], sent.m.word(i), "word " + i);
    }
  }

  @Test
  void aDynamicProgramBeginsInItsInterpreter() {
    p.files.put("/bin/d", TestElf.program(TestElf.DYN, 0).interpreter("/lib/ld.so").bytes());
    p.files.put("/lib/ld.so", TestElf.program(TestElf.DYN, 0).bytes());
    exec("/bin/d", "d");
    assertEquals(MemoryLayout.INTERPRETER_BIAS + 0x100, p.machine.pc());
    assertEquals(MemoryLayout.INTERPRETER_BIAS, auxiliary(7));
    assertEquals(MemoryLayout.PROGRAM_BIAS + 0x100, auxiliary(9));
    assertEquals(MemoryLayout.PROGRAM_BIAS + 0x40, auxiliary(3));
  }

  @Test
  void aScriptRunsItsInterpreterWithOneArgument() {
    p.files.put("/bin/sh", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    p.files.put("/s", TestProcess.bytes("#! /bin/sh  -x  y \nexit"));
    exec("/s", "s", "1", "2");
    assertEquals(List.of("/bin/sh", "-x  y", "/s", "1", "2"), arguments());
    byte[] nameAndLine = TestProcess.bytes("s/bin/sh\0-x  y\0/s\0001\0002\0");
    assertArrayEquals(nameAndLine, p.built.getLast().in);
    assertEquals(PmProtocol.Call.EXECED.number(), p.built.getLast().m.type);
    assertEquals(1, p.built.getLast().m.w3, "bytes of the name");
  }

  @Test
  void scriptsThatNameOneAnotherForEverAreEloop() {
    p.files.put("/s", TestProcess.bytes("#!/s\n"));
    exec("/s", "s");
    p.returned(-Errno.ELOOP);
  }

  @Test
  void whatIsNoProgramIsEnoexecAndTheFileIsClosed() {
    for (String content : new String[] {"", "echo hi", "#!", "#!  \n", "\u007fELF"}) {
      p.files.put("/x", TestProcess.bytes(content));
      exec("/x", "x");
      p.returned(-Errno.ENOEXEC);
      assertEquals(1, asked(VfsProtocol.Call.CLOSE).size(), content);
    }
    exec("/nothing", "x");
    p.returned(-Errno.ENOENT);
  }

  @Test
  void aProgramOfAnotherMachineSaysWhatItIs() {
    p.files.put("/x", new TestElf(TestElf.EXEC, 62, 0).bytes());
    exec("/x", "x");
    TestTurn.Sent line = asked(VfsProtocol.Call.WRITE).getFirst();
    assertEquals(2, line.m.w0);
    assertArrayEquals(
        TestProcess.bytes("atoll: /x: x86-64 program; this machine is riscv64\n"), line.in);
    p.returned(-Errno.ENOEXEC);
  }

  @Test
  void setIdBitsChangeTheIdsAndSetSecure() {
    p.files.put("/bin/su", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    p.modes.put("/bin/su", 06755);
    exec("/bin/su", "su");
    assertEquals(42, auxiliary(12));
    assertEquals(43, auxiliary(14));
    assertEquals(1, auxiliary(23));
    assertWords(p.built.getLast(), 42, 43);
    p.machine.pc(TestProcess.CODE);
    p.call(175);
    p.returned(42);
  }

  @Test
  void aFailureWhileTheNewSpaceIsBuiltLeavesTheOldProgram() {
    p.files.put("/bin/a", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    p.text(PATH, "/bin/a").words(ARGV, 0).words(ENVP, 0);
    p.call(EXECVE, PATH, ARGV, ENVP);
    p.answer(100, 0755, 0, 0, 99);
    byte[] head = java.util.Arrays.copyOf(p.files.get("/bin/a"), 4096);
    p.answerWith(head, 4096, 0);
    p.asked(Role.VM, VmProtocol.Call.EXEC_BEGIN);
    p.answer(0);
    p.asked(Role.VM, VmProtocol.Call.EXEC_MAP);
    p.answer(-Errno.ENOMEM);
    p.asked(Role.VM, VmProtocol.Call.EXEC_ABORT);
    p.answer(0);
    p.asked(Role.VFS, VfsProtocol.Call.CLOSE, 100);
    p.answer(0);
    p.returned(-Errno.ENOMEM);
  }

  @Test
  void handlersAreResetAndWhatIsIgnoredStaysIgnored() {
    p.words(TEXT, 0x1234, 0, 0).words(TEXT + 24, Signals.SIG_IGN, 0, 0);
    p.call(134, Signals.SIGHUP, TEXT, 0, 8);
    p.returned(0);
    p.call(134, Signals.SIGPIPE, TEXT + 24, 0, 8);
    p.returned(0);
    p.files.put("/bin/a", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    exec("/bin/a", "a");
    assertEquals(Signals.SIG_DFL, p.program.process().signals.handler(Signals.SIGHUP));
    assertEquals(Signals.SIG_IGN, p.program.process().signals.handler(Signals.SIGPIPE));
  }

  @Test
  void theWishToHaveNoZombiesEndsWithTheProgramUnlessTheSignalIsIgnored() {
    p.words(TEXT, 0x1234, Signals.SA_NOCLDWAIT, 0);
    p.call(134, Signals.SIGCHLD, TEXT, 0, 8);
    p.asked(Role.PM, PmProtocol.Call.CHILD_POLICY, 1);
    p.answer(0);
    p.returned(0);
    p.files.put("/bin/a", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    exec("/bin/a", "a");
    p.asked(Role.PM, PmProtocol.Call.CHILD_POLICY, 0);
    p.answer(0);
    assertTrue(p.program.runnable());
  }

  @Test
  void anArgumentThatIsTooLongIsE2big() {
    p.machine.populate(TEXT, 0x30000, 1);
    byte[] text = new byte[0x20000];
    java.util.Arrays.fill(text, (byte) 'x');
    p.machine.poke(TEXT, text);
    p.text(PATH, "/bin/test").words(ARGV, TEXT, 0);
    p.call(EXECVE, PATH, ARGV, 0);
    p.returned(-Errno.E2BIG);
  }

  @Test
  void theFirstProgramIsSearchedForInThePath() {
    TestProcess first = new TestProcess();
    first.files.put("/usr/bin/ls", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    first.first("ls", List.of("ls"), List.of("PATH=/bin:/usr/bin"));
    assertEquals(List.of(0L), first.turn.replies);
    TestProcess none = new TestProcess();
    none.first("ls", List.of("ls"), List.of());
    assertEquals(List.of(-(long) Errno.ENOENT), none.turn.replies);
    assertFalse(none.program.runnable());
  }

  @Test
  void anExecOnAnotherNodeSendsTheProgramThereWhereItGoesOn() {
    p.call(AtollCall.ONNODE, 1);
    p.asked(Role.PM, PmProtocol.Call.NODES);
    p.answer(2, 3, 0);
    p.returned(0);
    p.files.put("/bin/a", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    exec("/bin/a", "a");
    TestTurn.Sent piece = p.asked(Role.PM, PmProtocol.Call.MOVE, 1);
    byte[] state = new byte[(int) piece.m.w1];
    System.arraycopy(piece.in, 0, state, (int) piece.m.w2, piece.in.length);
    assertEquals(0, piece.m.w2);
    p.signal(Signals.SIGHUP + 9);
    p.answer(0);
    piece = p.asked(Role.PM, PmProtocol.Call.MOVE, 1);
    assertEquals(0, piece.m.w2, "a signal came: from the beginning");
    state = new byte[(int) piece.m.w1];
    while (piece.m.w2 + piece.in.length < state.length) {
      System.arraycopy(piece.in, 0, state, (int) piece.m.w2, piece.in.length);
      p.answer(0);
      piece = p.asked(Role.PM, PmProtocol.Call.MOVE, 1, state.length);
    }
    System.arraycopy(piece.in, 0, state, (int) piece.m.w2, piece.in.length);

    TestProcess there = new TestProcess();
    there.files.put("/bin/a", p.files.get("/bin/a"));
    there.turn.node = 1;
    there.program.load(new StateReader(state));
    there.message(ProcessProtocol.Call.MOVED.encode(new Message(), 1));
    there.asked(Role.VM, VmProtocol.Call.EXEC_BEGIN);
    there.serveExec();
    there.asked(Role.PM, PmProtocol.Call.EXIT, Signals.SIGHUP + 9);
  }

  @Test
  void aMoveThatIsRefusedEndsTheExec() {
    p.call(AtollCall.ONNODE, 1);
    p.answer(2, 3, 0);
    p.returned(0);
    p.files.put("/bin/a", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    exec("/bin/a", "a");
    p.answer(-Errno.ENXIO);
    p.serveExec();
    p.returned(-Errno.ENXIO);
    p.call(AtollCall.ONNODE, 64);
    p.returned(-Errno.ENXIO);
  }

  @Test
  void segmentsThatCannotBeLoadedEndTheProcessAsOnLinux() {
    byte[] file = TestElf.program(TestElf.EXEC, 0x10000).bytes();
    LittleEndian.putLong(file, 64 + 40, -1);
    p.files.put("/x", file);
    exec("/x", "x");
    p.asked(Role.PM, PmProtocol.Call.EXIT, Signals.SIGSEGV);
    assertEquals(1, asked(VfsProtocol.Call.CLOSE).size());
  }

  @Test
  void anInterpreterThatIsNoProgramIsElibbad() {
    p.files.put("/x", TestElf.program(TestElf.DYN, 0).interpreter("/ld").bytes());
    p.files.put("/ld", new byte[100]);
    exec("/x", "x");
    p.returned(-Errno.ELIBBAD);
    p.files.put("/ld", new byte[10]);
    exec("/x", "x");
    p.returned(-Errno.EIO);
    p.files.put("/ld", new TestElf(TestElf.EXEC, 62, 0).bytes());
    exec("/x", "x");
    p.returned(-Errno.ELIBBAD);
  }

  @Test
  void anInterpreterIsLoadedWithoutItsOwnInterpreter() {
    p.files.put("/x", TestElf.program(TestElf.DYN, 0).interpreter("/x").bytes());
    exec("/x", "x");
    assertEquals(List.of("x"), arguments());
  }
}
