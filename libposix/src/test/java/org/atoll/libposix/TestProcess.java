package org.atoll.libposix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.Trap;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;

/**
 * A process under test: its program with a kernel and servers that the test plays. Before every
 * event the program is replaced by a new one that loads what the old one saved.
 */
final class TestProcess {

  static final long CODE = 0x10000;
  static final long DATA = 0x20000;
  static final long DATA_BYTES = 0x40000;
  static final long STACK = 0x80000;
  static final int PID = 5;

  final TestTurn turn = new TestTurn();
  final TestMachine machine = turn.machine;
  final List<Long> missing = new ArrayList<>();
  PosixProgram program = new PosixProgram((number, name) -> missing.add(number));

  /** Sees what the process does from its next event on. */
  Watcher watcher = Watcher.NONE;

  /** A process that runs guest code at {@link #CODE}, as root. */
  static TestProcess running() {
    TestProcess p = new TestProcess();
    p.files.put("/bin/test", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    p.first("/bin/test", List.of("test"), List.of());
    assertEquals(List.of(0L), p.turn.replies, "the first program runs");
    p.machine.reserve(CODE, 0x1000, KernelCalls.PAGE_READ | KernelCalls.PAGE_EXECUTE);
    p.machine.reserve(DATA, DATA_BYTES, KernelCalls.PAGE_READ | KernelCalls.PAGE_WRITE);
    p.machine.reserve(STACK - 0x10000, 0x10000, KernelCalls.PAGE_READ | KernelCalls.PAGE_WRITE);
    p.machine.pc(CODE);
    p.machine.x(2, STACK);
    return p;
  }

  // ---- exec

  /** The files that OPEN_EXEC finds, and what is asked of them. */
  final Map<String, byte[]> files = new TreeMap<>();

  final Map<String, Integer> modes = new TreeMap<>();
  final List<TestTurn.Sent> built = new ArrayList<>();
  private final List<String> open = new ArrayList<>();

  /** The process is asked for its first program. */
  TestProcess first(String path, List<String> arguments, List<String> environment) {
    turn.request = new ExecImage(path, "/", arguments, environment).encode();
    Message m = new Message();
    ProcessProtocol.Call.EXEC.encode(m, PID);
    swap();
    program.request(turn, 1L << 32 | 9, m);
    return serveExec();
  }

  /** Plays VFS, VM and PM until the exec is over; {@link #built} keeps what VM was asked. */
  TestProcess serveExec() {
    built.clear();
    while (waits()) {
      TestTurn.Sent sent = waiting();
      int type = sent.m.type;
      if (type == VfsProtocol.Call.OPEN_EXEC.number()) {
        openExec(new String(sent.in, StandardCharsets.ISO_8859_1));
      } else if (type == VfsProtocol.Call.READ.number()) {
        byte[] file = Objects.requireNonNull(files.get(open.get((int) sent.m.w0 - 100)));
        int from = (int) Math.min(sent.m.w2, file.length);
        int to = (int) Math.min(from + sent.m.w1, file.length);
        answerWith(java.util.Arrays.copyOfRange(file, from, to), to - from, 0);
      } else if (type == PmProtocol.Call.EXECED.number()) {
        built.add(sent);
        answer(0, Math.max(sent.m.w0, 0), Math.max(sent.m.w1, 0));
      } else if (sent.role() == Role.VM || sent.role() == Role.VFS) {
        built.add(sent);
        answer(0);
      } else {
        return this;
      }
    }
    return this;
  }

  private void openExec(String path) {
    if (!files.containsKey(path)) {
      answer(-Errno.ENOENT);
      return;
    }
    open.add(path);
    answer(99 + open.size(), modes.getOrDefault(path, 0755), 42, 43, files.get(path).length);
  }

  // ---- events

  private void swap() {
    PosixProgram next = new PosixProgram((number, name) -> missing.add(number), watcher);
    StateReader state = new StateReader(program.state());
    next.load(state);
    assertEquals(true, state.atEnd(), "state is read as it was written");
    program = next;
  }

  /** The guest makes a system call; memory is made present as VM would. */
  TestProcess call(long number, long... arguments) {
    machine.x(17, number);
    for (int i = 0; i < arguments.length; i++) {
      machine.x(10 + i, arguments[i]);
    }
    return trap(Trap.ECALL);
  }

  TestProcess trap(int trap) {
    swap();
    program.trap(turn, trap);
    return serveMemory();
  }

  TestProcess serveMemory() {
    while (waits() && waiting().m.type == VmProtocol.Call.POPULATE.number()) {
      Message m = waiting().m;
      answer(machine.populate(m.w0, m.w1, (int) m.w2));
    }
    return this;
  }

  /** The call that the program waits for. */
  TestTurn.Sent waiting() {
    return turn.sent.getLast();
  }

  boolean waits() {
    return !turn.sent.isEmpty();
  }

  /** Checks that the program asked this of that server; what it asked. */
  TestTurn.Sent asked(Role role, ProtocolCall call, long... words) {
    assertFalse(turn.sent.isEmpty(), "nothing was asked; expected " + call.name());
    TestTurn.Sent sent = waiting();
    assertEquals(call.number(), sent.m.type, "type, expected " + call.name());
    assertEquals(role, sent.role());
    for (int i = 0; i < words.length; i++) {
      assertEquals(words[i], sent.m.word(i), call.name() + " word " + i);
    }
    return sent;
  }

  /** The server answers the last call. */
  TestProcess answer(long... words) {
    return answerWith(new byte[0], words);
  }

  TestProcess answerWith(byte[] bytes, long... words) {
    TestTurn.Sent sent = turn.sent.removeLast();
    Message m = new Message();
    m.type = sent.m.type | Message.ANSWER;
    for (int i = 0; i < words.length; i++) {
      m.word(i, words[i]);
    }
    if (sent.outAddress >= 0) {
      machine.poke(sent.outAddress, bytes);
    }
    turn.answerBytes = bytes;
    swap();
    program.answered(turn, sent.id, m);
    return serveMemory();
  }

  TestProcess signal(int signal) {
    Message m = new Message();
    ProcessProtocol.Call.SIGNAL.encode(m, signal, 0, 9, 0, 0, 0);
    return message(m);
  }

  /** The signals of the current thread. */
  Signals signals() {
    return program.threads().current().state.signals;
  }

  TestProcess message(Message m) {
    swap();
    program.message(turn, m);
    return serveMemory();
  }

  /** Another task calls. */
  TestProcess request(long request, Message m) {
    swap();
    program.request(turn, request, m);
    return serveMemory();
  }

  /** Another task waits for the answer no longer. */
  TestProcess cancelled(long request) {
    swap();
    program.cancelled(turn, request);
    return serveMemory();
  }

  /** Another task notifies. */
  TestProcess notified(int source) {
    swap();
    program.notified(turn, source);
    return serveMemory();
  }

  /** Time goes on to the next alarm, which goes off. */
  TestProcess nextAlarm() {
    var next =
        turn.alarms.entrySet().stream().min(java.util.Map.Entry.comparingByValue()).orElseThrow();
    turn.alarms.remove(next.getKey());
    turn.now = Math.max(turn.now, next.getValue());
    swap();
    program.alarm(turn, next.getKey());
    return serveMemory();
  }

  // ---- what the guest sees

  /** The guest runs, behind the call, with this result. */
  void returned(long result) {
    assertEquals(true, program.runnable(), "runs");
    assertEquals(CODE + 4, machine.pc(), "behind the ecall");
    assertEquals(result, machine.x(10), "result");
    machine.pc(CODE);
  }

  TestProcess text(long address, String text) {
    machine.populate(address, text.length() + 1, KernelCalls.PAGE_READ);
    machine.poke(address, (text + "\0").getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  TestProcess words(long address, long... words) {
    for (int i = 0; i < words.length; i++) {
      byte[] bytes = new byte[8];
      org.atoll.libposix.layout.LittleEndian.putLong(bytes, 0, words[i]);
      machine.populate(address + 8L * i, 8, KernelCalls.PAGE_READ);
      machine.poke(address + 8L * i, bytes);
    }
    return this;
  }

  long word(long address) {
    return org.atoll.libposix.layout.LittleEndian.getLong(machine.peek(address, 8), 0);
  }

  int word32(long address) {
    return (int) word(address);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
