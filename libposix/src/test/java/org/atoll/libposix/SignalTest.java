package org.atoll.libposix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Trap;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libposix.layout.LittleEndian;
import org.junit.jupiter.api.Test;

class SignalTest {

  private static final long DATA = TestProcess.DATA;
  private static final long HANDLER = 0x10800;
  private static final int SIGUSR1 = 10;
  private static final int SIGTERM = 15;
  private static final int SIGACTION = 134;
  private static final int SIGPROCMASK = 135;
  private static final int SIGRETURN = 139;
  private static final int READ = 63;
  private static final int NANOSLEEP = 101;
  private static final long ONE_SECOND = 1_000_000_000;

  private final TestProcess p = TestProcess.running();

  private void handle(int signal, long flags, long mask) {
    p.words(DATA, HANDLER, flags, mask);
    p.call(SIGACTION, signal, DATA, 0, 8);
    if (signal == Signals.SIGCHLD) {
      p.answer(0);
    }
    p.returned(0);
  }

  private void assertInHandler(int signal) {
    assertTrue(p.program.runnable());
    assertEquals(HANDLER, p.machine.pc());
    assertEquals(signal, p.machine.x(10));
  }

  private void sigreturn() {
    p.call(SIGRETURN);
    assertTrue(p.program.runnable());
  }

  @Test
  void aHandlerRunsOnAFrameAndItsReturnBringsEverythingBack() {
    handle(SIGUSR1, Signals.SA_SIGINFO, Signals.bit(SIGTERM));
    for (int i = 1; i < 32; i++) {
      p.machine.x(i, i == 2 ? TestProcess.STACK : 1000 + i);
      p.machine.f(i, 2000 + i);
    }
    p.machine.fcsr(0x21);
    p.signal(SIGUSR1);
    assertInHandler(SIGUSR1);
    long frame = p.machine.x(2);
    assertEquals(0, frame % 16);
    assertEquals(frame, p.machine.x(11));
    assertEquals(frame + 128, p.machine.x(12));
    assertEquals(MemoryLayout.SIGNAL_RETURN, p.machine.x(1));
    assertEquals(SIGUSR1, p.word32(frame));
    assertEquals(9, p.word32(frame + 16), "si_pid");
    assertEquals(TestProcess.CODE, p.word(frame + 128 + 176), "uc_mcontext.pc");
    assertEquals(1031, p.word(frame + 128 + 176 + 31 * 8));
    assertEquals(2031, p.word(frame + 128 + 432 + 31 * 8));
    assertEquals(0x21, p.word32(frame + 128 + 432 + 256));
    long blocked = Signals.bit(SIGUSR1) | Signals.bit(SIGTERM);
    assertEquals(blocked, p.signals().blocked());

    p.machine.f(5, 0);
    p.machine.x(20, 0);
    sigreturn();
    assertEquals(TestProcess.CODE, p.machine.pc());
    assertEquals(1020, p.machine.x(20));
    assertEquals(2005, p.machine.f(5));
    assertEquals(0x21, p.machine.fcsr());
    assertEquals(0, p.signals().blocked());
  }

  @Test
  void anInterruptedReadFailsOrIsMadeAgainAsTheHandlerSays() {
    handle(SIGUSR1, 0, 0);
    p.call(READ, 0, DATA, 10);
    p.signal(SIGUSR1);
    assertTrue(p.waiting().cancelled);
    p.answer(-Errno.EINTR);
    assertInHandler(SIGUSR1);
    sigreturn();
    p.returned(-Errno.EINTR);

    handle(SIGUSR1, Signals.SA_RESTART, 0);
    p.call(READ, 0, DATA, 10);
    p.signal(SIGUSR1);
    p.answer(-Errno.EINTR);
    assertInHandler(SIGUSR1);
    sigreturn();
    assertEquals(TestProcess.CODE, p.machine.pc(), "on the ecall again");
    assertEquals(0, p.machine.x(10));
    assertEquals(READ, p.machine.x(17));
  }

  @Test
  void aResultThatCameBeforeTheCancelStands() {
    handle(SIGUSR1, 0, 0);
    p.call(READ, 0, DATA, 10);
    p.signal(SIGUSR1);
    p.answerWith(TestProcess.bytes("abc"), 3, 0);
    assertInHandler(SIGUSR1);
    sigreturn();
    p.returned(3);
  }

  @Test
  void aSignalBetweenTwoPiecesOfAFileWaitsForTheWholeRead() {
    handle(SIGUSR1, 0, 0);
    p.call(READ, 3, DATA, 100_000);
    p.signal(SIGUSR1);
    p.answerWith(new byte[65_536], 65_536, 1);
    p.asked(Role.VFS, VfsProtocol.Call.READ, 3, 34_464, -1);
    assertTrue(p.waiting().cancelled, "who must wait answers EINTR");
    p.answerWith(new byte[34_464], 34_464, 0);
    assertInHandler(SIGUSR1);
    sigreturn();
    p.returned(100_000);
  }

  @Test
  void aSignalBetweenTwoPiecesEndsAWriteThatWouldWait() {
    handle(SIGUSR1, Signals.SA_RESTART, 0);
    p.call(64, 1, DATA, 100_000);
    p.signal(SIGUSR1);
    p.answer(65_536, 1);
    p.asked(Role.VFS, VfsProtocol.Call.WRITE, 1, 34_464, -1);
    p.answer(-Errno.EINTR);
    assertInHandler(SIGUSR1);
    sigreturn();
    p.returned(65_536);
  }

  @Test
  void whatIsIgnoredInterruptsNothing() {
    p.call(READ, 0, DATA, 10);
    p.signal(Signals.SIGCHLD);
    assertFalse(p.waiting().cancelled);
  }

  @Test
  void aBlockedSignalWaitsForItsUnblocking() {
    handle(SIGUSR1, 0, 0);
    p.words(DATA, Signals.bit(SIGUSR1));
    p.call(SIGPROCMASK, 0, DATA, 0, 8);
    p.returned(0);
    p.signal(SIGUSR1);
    assertEquals(TestProcess.CODE, p.machine.pc());
    p.call(136, DATA + 64, 8);
    p.returned(0);
    assertEquals(Signals.bit(SIGUSR1), p.word(DATA + 64));
    p.call(SIGPROCMASK, 1, DATA, 0, 8);
    assertInHandler(SIGUSR1);
    sigreturn();
    p.returned(0);
  }

  @Test
  void realTimeSignalsQueueInOrderAndStandardOnesDoNot() {
    handle(40, Signals.SA_SIGINFO, 0);
    handle(SIGUSR1, 0, 0);
    p.words(DATA, -1L);
    p.call(SIGPROCMASK, 0, DATA, 0, 8);
    p.returned(0);
    for (int value = 1; value <= 3; value++) {
      p.message(ProcessProtocol.Call.SIGNAL.encode(new Message(), 40, -1, 9, 0, value, 0));
      p.signal(SIGUSR1);
    }
    p.words(DATA, 0);
    p.call(SIGPROCMASK, 2, DATA, 0, 8);
    int standard = 0;
    StringBuilder values = new StringBuilder();
    while (p.machine.pc() == HANDLER) {
      if (p.machine.x(10) == 40) {
        values.append(p.word32(p.machine.x(11) + 24));
      } else {
        standard++;
      }
      sigreturn();
    }
    assertEquals("321", values.reverse().toString());
    assertEquals(1, standard);
    p.returned(0);
  }

  @Test
  void aHandlerOnTheAlternateStack() {
    p.words(DATA + 64, DATA + 0x8000, 0, 0x4000);
    p.call(132, DATA + 64, 0);
    p.returned(0);
    handle(SIGUSR1, Signals.SA_ONSTACK, 0);
    p.signal(SIGUSR1);
    assertEquals((DATA + 0xc000 - SignalFrame.BYTES) & -16, p.machine.x(2));
    p.machine.pc(TestProcess.CODE);
    p.call(132, DATA + 64, 0);
    p.returned(-Errno.EPERM);
  }

  @Test
  void aFaultBecomesAPageOrASignal() {
    p.machine.trapValue = 0x777000;
    p.trap(Trap.LOAD_FAULT);
    p.asked(Role.VM, VmProtocol.Call.FAULT, 0x777000, KernelCalls.PAGE_READ);
    assertFalse(p.program.runnable());
    p.answer(0);
    assertTrue(p.program.runnable());

    handle(Signals.SIGSEGV, Signals.SA_SIGINFO, 0);
    p.trap(Trap.STORE_FAULT);
    p.asked(Role.VM, VmProtocol.Call.FAULT, 0x777000, KernelCalls.PAGE_WRITE);
    p.answer(-Errno.EACCES);
    assertInHandler(Signals.SIGSEGV);
    long frame = p.machine.x(2);
    assertEquals(SignalInfo.SEGV_ACCERR, p.word32(frame + 8));
    assertEquals(0x777000, p.word(frame + 16));
    p.trap(Trap.STORE_FAULT);
    p.answer(-Errno.EFAULT);
    p.asked(Role.PM, PmProtocol.Call.EXIT, Signals.SIGSEGV);
  }

  @Test
  void aStackThatCannotTakeTheFrameIsAFault() {
    handle(SIGUSR1, 0, 0);
    p.machine.x(2, 0x9000);
    p.signal(SIGUSR1);
    p.asked(Role.PM, PmProtocol.Call.EXIT, Signals.SIGSEGV);
  }

  @Test
  void illegalInstructionsAndBreakpointsKillByDefault() {
    p.trap(Trap.ILLEGAL_INSTRUCTION);
    p.asked(Role.PM, PmProtocol.Call.EXIT, Signals.SIGILL);
    TestProcess other = TestProcess.running();
    other.trap(Trap.BREAKPOINT);
    other.asked(Role.PM, PmProtocol.Call.EXIT, Signals.SIGTRAP);
  }

  @Test
  void sigkillEndsACallThatWaits() {
    p.call(READ, 0, DATA, 10);
    p.signal(Signals.SIGKILL);
    assertTrue(p.waiting().cancelled);
    p.answer(-Errno.EINTR);
    p.asked(Role.PM, PmProtocol.Call.EXIT, Signals.SIGKILL);
    assertFalse(p.program.runnable());
  }

  @Test
  void aStoppedProcessGoesOnWithItsReadAfterSigcont() {
    p.call(READ, 0, DATA, 10);
    p.signal(Signals.SIGTSTP);
    p.answer(-Errno.EINTR);
    p.asked(Role.PM, PmProtocol.Call.STOPPED, Signals.SIGTSTP);
    p.answer(0);
    assertFalse(p.program.runnable());
    p.signal(Signals.SIGWINCH);
    p.signal(Signals.SIGCONT);
    p.asked(Role.PM, PmProtocol.Call.CONTINUED);
    assertTrue(p.program.runnable());
    assertEquals(TestProcess.CODE, p.machine.pc(), "the ecall is made again");
  }

  @Test
  void aStoppedProcessThatIsKilledDoesNotGoOnFirst() {
    p.signal(Signals.SIGSTOP);
    p.answer(0);
    p.signal(Signals.SIGKILL);
    p.asked(Role.PM, PmProtocol.Call.EXIT, Signals.SIGKILL);
    assertEquals(1, p.turn.sent.size());
  }

  @Test
  void anOrphanedGroupIsNotStopped() {
    p.signal(Signals.SIGTSTP);
    p.answer(-Errno.EPERM);
    assertTrue(p.program.runnable());
  }

  @Test
  void aSleepTellsWhatIsLeftAndASleepThatWasStoppedEndsInTime() {
    handle(SIGUSR1, Signals.SA_RESTART, 0);
    p.words(DATA, 10, 0);
    p.call(NANOSLEEP, DATA, DATA + 64);
    p.turn.now += 3 * ONE_SECOND;
    p.signal(SIGUSR1);
    assertInHandler(SIGUSR1);
    sigreturn();
    p.returned(-Errno.EINTR);
    assertEquals(7, p.word(DATA + 64));

    p.call(NANOSLEEP, DATA, 0);
    long start = p.turn.now;
    p.turn.now += 4 * ONE_SECOND;
    p.signal(Signals.SIGSTOP).answer(0);
    p.turn.now += ONE_SECOND;
    p.signal(Signals.SIGCONT).answer(0);
    p.trap(Trap.ECALL);
    p.nextAlarm();
    p.returned(0);
    assertEquals(start + 10 * ONE_SECOND, p.turn.now);
  }

  @Test
  void sigsuspendWaitsWithItsMaskAndTheHandlersReturnBringsTheOldOne() {
    handle(SIGUSR1, 0, 0);
    p.words(DATA, Signals.bit(SIGUSR1));
    p.call(SIGPROCMASK, 0, DATA, 0, 8);
    p.returned(0);
    p.words(DATA, 0);
    p.call(133, DATA, 8);
    assertFalse(p.program.runnable());
    p.signal(SIGUSR1);
    assertInHandler(SIGUSR1);
    sigreturn();
    p.returned(-Errno.EINTR);
    assertEquals(Signals.bit(SIGUSR1), p.signals().blocked());
  }

  @Test
  void ppollGetsEintrWithItsMaskAndGivesTheOldOneBack() {
    handle(SIGUSR1, Signals.SA_RESTART, 0);
    p.words(DATA, Signals.bit(SIGUSR1));
    p.call(SIGPROCMASK, 0, DATA, 0, 8);
    p.returned(0);
    p.words(DATA, 0).words(DATA + 64, 1L << 32);
    p.call(73, DATA + 64, 1, 0, DATA, 8);
    p.asked(Role.VFS, VfsProtocol.Call.POLL, 1, -1);
    p.signal(SIGUSR1);
    p.answer(-Errno.EINTR);
    assertInHandler(SIGUSR1);
    sigreturn();
    p.returned(-Errno.EINTR);
    assertEquals(Signals.bit(SIGUSR1), p.signals().blocked());
  }

  private void pollUnblocking(int signal, long timeout) {
    handle(signal, 0, 0);
    p.words(DATA, Signals.bit(signal));
    p.call(SIGPROCMASK, 0, DATA, 0, 8);
    p.returned(0);
    p.signal(signal);
    p.words(DATA, 0).words(DATA + 64, 1L << 32).words(DATA + 128, 0, timeout);
    p.call(73, DATA + 64, 1, DATA + 128, DATA, 8);
    p.asked(Role.VFS, VfsProtocol.Call.POLL, 1, timeout);
    assertTrue(p.waiting().cancelled);
  }

  @Test
  void ppollWithSomethingReadyLeavesTheBlockedSignalPending() {
    pollUnblocking(SIGUSR1, 5);
    p.answerWith(new byte[8], 1);
    p.returned(1);
    assertEquals(Signals.bit(SIGUSR1), p.signals().blocked());
    assertEquals(Signals.bit(SIGUSR1), p.signals().pending());
  }

  @Test
  void ppollThatOnlyLooksTellsOfASignalWhenNothingIsReady() {
    pollUnblocking(SIGUSR1, 0);
    p.answerWith(new byte[8], 0);
    assertInHandler(SIGUSR1);
    sigreturn();
    p.returned(-Errno.EINTR);
  }

  @Test
  void sigtimedwaitTakesABlockedSignalOrTimesOut() {
    p.words(DATA, Signals.bit(SIGUSR1));
    p.call(SIGPROCMASK, 0, DATA, 0, 8);
    p.returned(0);
    p.words(DATA + 64, 2, 0);
    p.call(137, DATA, DATA + 128, DATA + 64, 8);
    p.signal(SIGUSR1);
    p.returned(SIGUSR1);
    assertEquals(SIGUSR1, p.word32(DATA + 128));
    p.call(137, DATA, 0, DATA + 64, 8);
    p.nextAlarm();
    p.returned(-Errno.EAGAIN);
  }

  @Test
  void killOfItselfIsDeliveredBeforeTheCallReturns() {
    handle(SIGUSR1, 0, 0);
    p.call(129, TestProcess.PID, SIGUSR1);
    assertInHandler(SIGUSR1);
    sigreturn();
    p.returned(0);
    p.call(129, 77, SIGUSR1);
    p.asked(Role.PM, PmProtocol.Call.KILL, 77, SIGUSR1, 0, 0, 0);
    p.answer(-Errno.ESRCH);
    p.returned(-Errno.ESRCH);
  }

  @Test
  void anIntervalTimerRaisesSigalrmAgainAndAgain() {
    handle(Signals.SIGALRM, 0, 0);
    p.words(DATA, 2, 0, 1, 0);
    p.call(103, 0, DATA, 0);
    p.returned(0);
    long start = p.turn.now;
    for (int i = 0; i < 3; i++) {
      p.nextAlarm();
      assertInHandler(Signals.SIGALRM);
      sigreturn();
    }
    assertEquals(start + 5 * ONE_SECOND, p.turn.now);
  }

  @Test
  void forkGivesTheChildItsOwnCopy() {
    handle(SIGUSR1, 0, 0);
    p.call(220, 0x1200011, 0, 0, 0, DATA + 0x100);
    p.asked(Role.PM, PmProtocol.Call.FORK, 0, 17, Limits.PROCESSES_MAX, 0);
    TestProcess child = TestProcess.running();
    child.program = (PosixProgram) p.program.fork(0);
    child.machine.pc(TestProcess.CODE);
    assertFalse(child.program.runnable());
    child.message(ProcessProtocol.Call.FORKED.encode(new Message(), 8, TestProcess.PID));
    child.returned(0);
    assertEquals(8, child.word32(DATA + 0x100));
    assertEquals(HANDLER, child.program.process().signals.handler(SIGUSR1));
    p.answer(8);
    p.returned(8);
    child.call(172);
    child.returned(8);
  }

  @Test
  void wait4StoresTheStatusOfTheChild() {
    p.call(260, -1, DATA, 0, DATA + 64);
    p.asked(Role.PM, PmProtocol.Call.WAIT, -1, 4);
    p.answer(8, 7 << 8, 1, 0, 1_500_000_000, 0, 100);
    p.returned(8);
    assertEquals(7 << 8, p.word32(DATA));
    assertEquals(1, p.word(DATA + 64));
    assertEquals(500_000, p.word(DATA + 72));
    assertEquals(100, p.word(DATA + 64 + 32));
  }

  @Test
  void waitsForClonesSayTheyDo() {
    long ofClones = 0x8000_0000L;
    p.call(260, -1, DATA, ofClones, 0);
    p.asked(Role.PM, PmProtocol.Call.WAIT, -1, (int) ofClones | 4);
    p.answer(-Errno.ECHILD);
    p.returned(-Errno.ECHILD);
    long ofAll = 0x4000_0000L;
    p.call(95, 0, 0, 0, ofAll | 4, 0);
    p.asked(Role.PM, PmProtocol.Call.WAIT, -1, ofAll | 4);
    p.answer(-Errno.ECHILD);
    p.returned(-Errno.ECHILD);
  }

  @Test
  void theLayoutOfSiginfoIsLinuxs() {
    byte[] info = new SignalInfo(17, 1, 5, 6, 7).encode();
    assertEquals(17, LittleEndian.getInt(info, 0));
    assertEquals(1, LittleEndian.getInt(info, 8));
    assertArrayEquals(
        new int[] {5, 6, 7},
        new int[] {
          LittleEndian.getInt(info, 16),
          LittleEndian.getInt(info, 20),
          LittleEndian.getInt(info, 24)
        });
  }
}
