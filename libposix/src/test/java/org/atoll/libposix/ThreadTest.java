package org.atoll.libposix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Trap;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.junit.jupiter.api.Test;

/** Threads of one process: how they come and go, who runs, who gets a signal. */
class ThreadTest {

  /** What glibc's pthread_create asks for. */
  private static final long FLAGS = 0x3d0f00;

  private static final long DATA = TestProcess.DATA;
  private static final long LOCK = DATA + 0x200;
  private static final long STACK = TestProcess.STACK - 0x8000;
  private static final int MAIN = TestProcess.PID;
  private static final int OTHER = 6;
  private static final int CLONE = 220;
  private static final int GETTID = 178;
  private static final int FUTEX = 98;
  private static final int EXIT = 93;
  private static final int EXIT_GROUP = 94;
  private static final int READ = 63;
  private static final int SIGUSR1 = 10;
  private static final long HANDLER = 0x10800;

  private final TestProcess p = TestProcess.running();

  /** A second thread; the first goes on. */
  private void start() {
    p.words(LOCK, 0).words(STACK - 0x800, 0);
    p.call(CLONE, FLAGS, STACK, DATA + 0x100, 0x7777, DATA + 0x108);
    p.asked(Role.PM, PmProtocol.Call.THREAD_START, Limits.PROCESSES_MAX);
    p.answer(OTHER);
    p.returned(OTHER);
  }

  private int running() {
    return p.program.threads().current().state.id;
  }

  /** The current thread has its turn no longer. */
  private void rotate() {
    p.trap(Trap.QUANTUM_OVER);
    p.machine.pc(TestProcess.CODE);
  }

  private void futex(int operation, long... rest) {
    long[] arguments = new long[6];
    arguments[0] = LOCK;
    arguments[1] = operation;
    System.arraycopy(rest, 0, arguments, 2, rest.length);
    p.call(FUTEX, arguments);
  }

  @Test
  void aNewThreadHasItsStackItsPointerAndItsId() {
    start();
    assertEquals(OTHER, p.word32(DATA + 0x100), "CLONE_PARENT_SETTID");
    assertEquals(MAIN, running());
    rotate();
    assertEquals(OTHER, running());
    assertEquals(STACK, p.machine.x(2));
    assertEquals(0x7777, p.machine.x(4));
    assertEquals(0, p.machine.x(10));
    p.call(GETTID);
    p.returned(OTHER);
    p.call(172);
    p.returned(MAIN);
  }

  @Test
  void combinationsThatLinuxRefusesAreRefused() {
    for (long flags : new long[] {0x10000, 0x10800, 0x800, 0x3d0f00 & ~0x100, 0x3d4f00}) {
      p.call(CLONE, flags, STACK, DATA, 0, DATA);
      p.returned(-Errno.EINVAL);
    }
  }

  @Test
  void aThreadThatWaitsLetsTheOtherRun() {
    start();
    futex(0, 0);
    assertEquals(OTHER, running());
    p.machine.pc(TestProcess.CODE);
    futex(1, 1);
    p.returned(1);
    assertEquals(OTHER, running(), "who wakes goes on");
    rotate();
    assertEquals(MAIN, running());
    p.machine.pc(TestProcess.CODE + 4);
    p.returned(0);
  }

  @Test
  void aCallOfOneThreadDoesNotHoldTheOtherUp() {
    start();
    p.call(READ, 0, DATA, 10);
    TestTurn.Sent read = p.asked(Role.VFS, VfsProtocol.Call.READ, 0, 10, -1);
    assertEquals(-1, read.outAddress, "the bytes come with the answer");
    assertEquals(OTHER, running());
    p.machine.pc(TestProcess.CODE);
    p.call(GETTID);
    p.returned(OTHER);
    p.answerWith(TestProcess.bytes("abc"), 3, 0);
    assertEquals(MAIN, running());
    p.returned(3);
    assertEquals('a', p.machine.peek(DATA, 1)[0]);
  }

  @Test
  void aFutexWaitEndsWithItsTime() {
    start();
    p.words(DATA + 0x300, 1, 0);
    futex(0, 0, DATA + 0x300);
    assertEquals(OTHER, running());
    p.nextAlarm();
    assertEquals(MAIN, running());
    p.returned(-Errno.ETIMEDOUT);
  }

  @Test
  void requeuedWaitersAreWokenAtTheOtherWord() {
    start();
    futex(0, 0);
    p.machine.pc(TestProcess.CODE);
    futex(4, 0, 1, LOCK + 4, 1);
    p.returned(-Errno.EAGAIN);
    futex(4, 0, 1, LOCK + 4, 0);
    p.returned(1);
    futex(1, 1);
    p.returned(0);
    p.call(FUTEX, LOCK + 4, 1, 1);
    p.returned(1);
  }

  @Test
  void aWakeWithBitsPassesOverWhoWaitsForOthers() {
    start();
    futex(9, 0, 0, 0, 2);
    p.machine.pc(TestProcess.CODE);
    futex(10, 1, 0, 0, 1);
    p.returned(0);
    futex(10, 1, 0, 0, 3);
    p.returned(1);
  }

  @Test
  void aPriorityLockGoesFromHandToHand() {
    start();
    futex(6);
    p.returned(0);
    assertEquals(MAIN, p.word32(LOCK));
    rotate();
    futex(6);
    assertEquals(MAIN, running());
    assertEquals(MAIN | 0x8000_0000, p.word32(LOCK));
    p.machine.pc(TestProcess.CODE);
    futex(7);
    p.returned(0);
    assertEquals(OTHER, p.word32(LOCK));
    futex(7);
    p.returned(-Errno.EPERM);
  }

  @Test
  void theEndOfAThreadClearsItsWordAndWakesWhoJoins() {
    start();
    p.words(DATA + 0x108, OTHER);
    p.call(FUTEX, DATA + 0x108, 0, OTHER, 0);
    assertEquals(OTHER, running());
    p.call(EXIT, 0);
    assertEquals(0, p.word32(DATA + 0x108));
    assertEquals(PmProtocol.Call.THREAD_END.number(), p.turn.told.getLast().m.type);
    assertEquals(OTHER, p.turn.told.getLast().m.w0);
    assertEquals(MAIN, running());
    assertEquals(Set.of(0), p.machine.harts());
    p.returned(0);
  }

  @Test
  void theEndOfAThreadMarksTheLocksThatItHeld() {
    start();
    rotate();
    long head = DATA + 0x400;
    long entry = DATA + 0x440;
    p.words(head, entry, 16, 0);
    p.words(entry, head);
    p.words(entry + 16, OTHER | 0x8000_0000L);
    p.call(99, head, 24);
    p.returned(0);
    p.call(EXIT, 0);
    assertEquals(0xc000_0000, p.word32(entry + 16));
  }

  @Test
  void theFirstThreadMayEndBeforeTheOthersAndItsStatusIsTheProcesss() {
    start();
    p.call(EXIT, 5);
    assertEquals(OTHER, running());
    assertTrue(p.program.runnable());
    p.call(EXIT, 7);
    p.asked(Role.PM, PmProtocol.Call.EXIT, 5 << 8);
  }

  @Test
  void exitGroupEndsAllThreads() {
    start();
    p.call(READ, 0, DATA, 10);
    p.call(EXIT_GROUP, 3);
    p.asked(Role.PM, PmProtocol.Call.EXIT, 3 << 8);
    assertFalse(p.program.runnable());
  }

  // ---- signals

  private void handle(int signal) {
    p.words(DATA, HANDLER, 0, 0);
    p.call(134, signal, DATA, 0, 8);
    p.returned(0);
  }

  private void block(int signal) {
    p.words(DATA, Signals.bit(signal));
    p.call(135, 0, DATA, 0, 8);
    p.returned(0);
  }

  private void tell(int signal, int thread) {
    p.message(ProcessProtocol.Call.SIGNAL.encode(new Message(), signal, 0, 9, 0, 0, thread));
  }

  @Test
  void aSignalForTheProcessIsTakenByAThreadThatDoesNotBlockIt() {
    handle(SIGUSR1);
    start();
    block(SIGUSR1);
    tell(SIGUSR1, 0);
    assertEquals(MAIN, running());
    assertEquals(TestProcess.CODE, p.machine.pc());
    rotate();
    p.trap(Trap.QUANTUM_OVER);
    rotate();
    assertEquals(0, p.signals().pending());
  }

  @Test
  void aSignalForAThreadIsTakenByNoOther() {
    handle(SIGUSR1);
    start();
    tell(SIGUSR1, OTHER);
    assertEquals(TestProcess.CODE, p.machine.pc());
    rotateTo(OTHER);
    assertEquals(HANDLER, p.machine.pc());
    tell(SIGUSR1, 99);
    assertEquals(0, p.signals().pending());
  }

  private void rotateTo(int thread) {
    p.trap(Trap.QUANTUM_OVER);
    assertEquals(thread, running());
  }

  @Test
  void sigtimedwaitTakesASignalThatAllBlock() {
    block(SIGUSR1);
    start();
    p.words(DATA, Signals.bit(SIGUSR1));
    rotate();
    p.call(137, DATA, 0, 0, 8);
    assertEquals(MAIN, running());
    tell(SIGUSR1, 0);
    rotateTo(OTHER);
    p.returned(SIGUSR1);
  }

  @Test
  void aStopHoldsAllThreadsAndTheirCallsGoOnAfterIt() {
    start();
    p.call(READ, 0, DATA, 10);
    TestTurn.Sent read = p.waiting();
    assertEquals(OTHER, running());
    tell(Signals.SIGSTOP, OTHER);
    p.asked(Role.PM, PmProtocol.Call.STOPPED, Signals.SIGSTOP);
    assertTrue(read.cancelled);
    p.answer(0);
    p.answer(-Errno.EINTR);
    assertFalse(p.program.runnable());
    tell(Signals.SIGCONT, 0);
    p.asked(Role.PM, PmProtocol.Call.CONTINUED);
    assertTrue(p.program.runnable());
    for (PosixThread thread : p.program.threads().all()) {
      assertTrue(thread.runs());
    }
  }

  @Test
  void aFatalSignalEndsTheProcessWhicheverThreadTakesIt() {
    start();
    tell(15, OTHER);
    p.asked(Role.PM, PmProtocol.Call.EXIT, 15);
    assertFalse(p.program.runnable());
  }

  // ---- fork and exec

  @Test
  void aForkCopiesTheCallingThreadAlone() {
    start();
    rotate();
    p.call(CLONE, 17, 0, 0, 0, 0);
    p.asked(Role.PM, PmProtocol.Call.FORK, 0, 17, Limits.PROCESSES_MAX, 1);
    assertNull(p.program.fork(0), "that hart runs");
    PosixProgram copy = (PosixProgram) p.program.fork(1);
    TestProcess child = TestProcess.running();
    child.program = copy;
    child.message(ProcessProtocol.Call.FORKED.encode(new Message(), 8, MAIN));
    child.returned(0);
    assertTrue(child.program.threads().alone());
    child.call(GETTID);
    child.returned(8);
  }

  @Test
  void anExecOfAnyThreadEndsTheOthersAndHasTheProcessId() {
    p.files.put("/bin/next", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    start();
    futex(0, 0);
    assertEquals(OTHER, running());
    p.machine.pc(TestProcess.CODE);
    p.text(DATA, "/bin/next").words(DATA + 0x500, 0);
    p.call(SystemCalls.EXECVE, DATA, DATA + 0x500, DATA + 0x500);
    p.serveExec();
    assertTrue(p.program.threads().alone());
    assertEquals(MAIN, running());
    assertTrue(p.program.runnable());
    long commits =
        p.built.stream().filter(s -> s.m.type == VmProtocol.Call.EXEC_COMMIT.number()).count();
    assertEquals(1, commits);
  }
}
