package org.atoll.posix;

import org.atoll.abi.Errno;
import org.atoll.abi.Machine;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;

/**
 * The delivery of signals: when one arrives, what it interrupts; when guest code is about to run,
 * what each pending one does. Also decides what becomes of a call that a signal ended.
 */
final class Delivery {

  private static final int A0 = 10;

  private final PosixProgram program;
  private final ProcessState process;
  private final Call call;

  Delivery(PosixProgram program, Call call) {
    this.program = program;
    this.process = program.process();
    this.call = call;
  }

  /** A signal was sent to the process. */
  void arrived(SignalInfo info) {
    if (call.waitsFor() == Wait.OVER) {
      return;
    }
    process.signals.generate(info, process.limits.queuedSignals());
    boolean stopped = call.waitsFor() == Wait.CONTINUE;
    if (stopped && process.signals.killed()) {
      run();
    } else if (stopped && info.signal() == Signals.SIGCONT) {
      goOn();
    } else {
      react();
    }
  }

  private void goOn() {
    Turn turn = call.turn();
    call.waitsFor(Wait.NOTHING);
    turn.call(turn.role(Role.PM), PmProtocol.Call.CONTINUED.encode(turn.scratch()));
    run();
  }

  /** Lets a pending signal end what the process waits for, if it may. */
  private void react() {
    boolean killed = process.signals.killed();
    switch (call.waitsFor()) {
      case NOTHING -> run();
      case EVENT -> program.step();
      case RESULT, STEP, OUTCOME -> {
        boolean may = killed || call.interruption() != Interruption.NONE;
        if (may && process.signals.deliverable()) {
          call.turn().cancel(call.waitingFor());
        }
      }
      default -> {
        // Taken up when the wait is over.
      }
    }
  }

  /** A fault of the program itself. */
  void force(SignalInfo info) {
    process.signals.force(info);
    run();
  }

  /** Delivers what is pending; then guest code runs. */
  void run() {
    call.waitsFor(Wait.NOTHING);
    if (process.signals.killed()) {
      program.exit(Signals.SIGKILL);
      return;
    }
    for (int signal = process.signals.next(); signal != 0; signal = process.signals.next()) {
      if (process.signals.handler(signal) != Signals.SIG_DFL) {
        if (!handle(signal)) {
          return;
        }
      } else if (Signals.stopsByDefault(signal)) {
        stop(signal);
        return;
      } else {
        program.exit(signal);
        return;
      }
    }
    process.restart = 0;
    process.signals.restoreMask();
  }

  /** Stops; PM refuses it when nobody could let an orphaned group go on. */
  private void stop(int signal) {
    Turn turn = call.turn();
    process.signals.remove(signal);
    Message m = PmProtocol.Call.STOPPED.encode(turn.scratch(), signal);
    call.await(Wait.CONTINUE, turn.call(turn.role(Role.PM), m));
  }

  /** Begins a handler; false when it waits for the stack's pages. */
  private boolean handle(int signal) {
    Signals signals = process.signals;
    decideRestart(signals.flags(signal));
    SignalInfo info = signals.peek(signal);
    try {
      SignalFrame.push(call.guest(), signals, info);
      signals.remove(signal);
      signals.enterHandler(signal);
    } catch (Absent pages) {
      program.populate(pages, Wait.FRAME_PAGES);
      return false;
    } catch (Failure noStack) {
      signals.remove(signal);
      noFrame(signal);
    }
    return true;
  }

  /** The stack cannot take the frame: SIGSEGV, and if that is the signal, its default. */
  private void noFrame(int signal) {
    Signals signals = process.signals;
    if (signal == Signals.SIGSEGV) {
      signals.action(Signals.SIGSEGV, Signals.SIG_DFL, 0, 0);
    }
    signals.force(SignalInfo.byKernel(Signals.SIGSEGV));
  }

  /** With a handler, an interrupted call answers EINTR or is made again after it. */
  private void decideRestart(long handlerFlags) {
    if (process.restart != 0 && Interruption.failsWith(process.restart, handlerFlags)) {
      Machine machine = call.guest().machine();
      machine.x(A0, -Errno.EINTR);
      machine.pc(machine.pc() + 4);
    }
    process.restart = 0;
    process.resumeAtNanos = 0;
  }
}
