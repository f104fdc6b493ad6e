package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Machine;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;

/**
 * The delivery of signals to a thread: when one arrives, what it interrupts; when guest code is
 * about to run, what each pending one does. Also decides what becomes of a call that a signal
 * ended.
 */
final class Delivery {

  private static final int A0 = 10;

  private final PosixProgram program;
  private final ProcessSignals all;
  private final PosixThread thread;
  private final ThreadState state;
  private final Call call;

  Delivery(PosixProgram program, PosixThread thread) {
    this.program = program;
    this.all = program.process().signals;
    this.thread = thread;
    this.state = thread.state;
    this.call = thread.call;
  }

  /** Something happened to the thread: it goes on, or what it waits for ends, if it may. */
  void react() {
    switch (call.waitsFor()) {
      case NOTHING -> run();
      case EVENT -> {
        if (state.dying) {
          thread.end();
        } else {
          thread.step();
        }
      }
      case CONTINUE -> {
        if (!all.stopped || all.killed || state.dying) {
          run();
        }
      }
      case RESULT, STEP, OUTCOME -> {
        boolean may = all.killed || call.interruption() != Interruption.NONE;
        if (may && (state.signals.deliverable() || call.watchesSignals())) {
          call.cancel();
        }
      }
      default -> {
        // Taken up when the wait is over.
      }
    }
  }

  /** A fault of the program itself. */
  void force(SignalInfo info) {
    state.signals.force(info);
    run();
  }

  /** Delivers what is pending; then guest code runs. */
  void run() {
    call.waitsFor(Wait.NOTHING);
    if (all.killed) {
      program.exit(thread, Signals.SIGKILL);
      return;
    }
    if (state.dying) {
      thread.end();
      return;
    }
    if (all.stopped) {
      call.waitsFor(Wait.CONTINUE);
      return;
    }
    for (int signal = state.signals.next(); signal != 0; signal = state.signals.next()) {
      if (state.signals.handler(signal) != Signals.SIG_DFL) {
        if (!handle(signal)) {
          return;
        }
      } else if (Signals.stopsByDefault(signal)) {
        stop(signal);
        return;
      } else {
        tell(signal);
        program.exit(thread, signal);
        return;
      }
    }
    state.restart = 0;
    state.signals.restoreMask();
  }

  /** Tells who watches that a pending signal is delivered. */
  private void tell(int signal) {
    if (thread.watch.active()) {
      thread.watch.signalled(state.signals.peek(signal));
    }
  }

  /** Stops all threads; PM refuses it when nobody could let an orphaned group go on. */
  private void stop(int signal) {
    Turn turn = call.turn();
    tell(signal);
    if (thread.watch.active()) {
      thread.watch.stopped(signal);
    }
    state.signals.remove(signal);
    all.stopped = true;
    program.threads().disturbAll();
    Message m = PmProtocol.Call.STOPPED.encode(turn.scratch(), signal);
    call.await(Wait.CONTINUE, turn.call(turn.role(Role.PM), m));
  }

  /** PM knows of the stop, or refuses it. */
  void stopAnswered(long result) {
    if (result < 0) {
      all.stopped = false;
      program.threads().disturbAll();
    }
  }

  /** Begins a handler; false when it waits for the stack's pages. */
  private boolean handle(int signal) {
    Signals signals = state.signals;
    decideRestart(signals.flags(signal));
    SignalInfo info = signals.peek(signal);
    try {
      SignalFrame.push(call.guest(), signals, info);
      tell(signal);
      signals.remove(signal);
      signals.enterHandler(signal);
    } catch (Absent pages) {
      thread.populate(pages, Wait.FRAME_PAGES);
      return false;
    } catch (Failure noStack) {
      signals.remove(signal);
      noFrame(signal);
    }
    return true;
  }

  /** The stack cannot take the frame: SIGSEGV, and if that is the signal, its default. */
  private void noFrame(int signal) {
    if (signal == Signals.SIGSEGV) {
      program.arrivals().action(Signals.SIGSEGV, Signals.SIG_DFL, 0, 0);
    }
    state.signals.force(SignalInfo.byKernel(Signals.SIGSEGV));
  }

  /** With a handler, an interrupted call answers EINTR or is made again after it. */
  private void decideRestart(long handlerFlags) {
    if (state.restart != 0 && Interruption.failsWith(state.restart, handlerFlags)) {
      Machine machine = call.guest().machine();
      machine.x(A0, -Errno.EINTR);
      machine.pc(machine.pc() + 4);
    }
    state.restart = 0;
    state.resumeAtNanos = 0;
  }
}
