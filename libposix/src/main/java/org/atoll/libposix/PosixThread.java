package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Machine;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Trap;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VmProtocol;

/**
 * One thread of a process: what its hart's traps and the answers to its messages make of it.
 *
 * <p>A state machine without a stack: what it is in the middle of is its {@link Call}; what it is,
 * its {@link ThreadState}. Between two turns both are data. Owner: the process's task; it is the
 * current thread whenever one of its methods runs.
 */
final class PosixThread {

  /** The most that VM makes present in one call. */
  private static final long POPULATE_BYTES_MAX = 1L << 20;

  final ThreadState state;
  final Call call;
  final Watch watch;
  final Delivery delivery;
  private final PosixProgram program;
  private final ProcessState process;

  /** A thread that is in no call and waits for its program. */
  PosixThread(PosixProgram program) {
    this.program = program;
    this.process = program.process();
    this.state = new ThreadState(process.signals);
    this.call = new Call(program, state);
    this.watch = new Watch(program, state, call);
    this.delivery = new Delivery(program, this);
  }

  /** Whether its guest code is to run. */
  boolean runs() {
    return call.waitsFor() == Wait.NOTHING;
  }

  // ---- traps

  /** Its hart stopped, for a reason other than the end of its quantum. */
  void trap(int trap) {
    Machine machine = call.guest().machine();
    switch (trap) {
      case Trap.ECALL -> systemCall(machine);
      case Trap.FETCH_FAULT -> fault(machine.trapValue(), KernelCalls.PAGE_EXECUTE);
      case Trap.LOAD_FAULT -> fault(machine.trapValue(), KernelCalls.PAGE_READ);
      case Trap.STORE_FAULT -> fault(machine.trapValue(), KernelCalls.PAGE_WRITE);
      case Trap.ILLEGAL_INSTRUCTION ->
          delivery.force(SignalInfo.fault(Signals.SIGILL, SignalInfo.ILL_ILLOPC, machine.pc()));
      case Trap.BREAKPOINT ->
          delivery.force(SignalInfo.fault(Signals.SIGTRAP, SignalInfo.TRAP_BRKPT, machine.pc()));
      case Trap.MISALIGNED_ATOMIC ->
          delivery.force(
              SignalInfo.fault(Signals.SIGBUS, SignalInfo.BUS_ADRALN, machine.trapValue()));
      default -> throw new IllegalStateException("trap " + trap);
    }
  }

  private void systemCall(Machine machine) {
    SystemCall row = SystemCalls.row(machine.x(17));
    call.begin(machine, row == null ? Interruption.NONE : row.interruption());
    if (watch.active()) {
      watch.begins();
    }
    step();
  }

  private void fault(long address, int access) {
    Turn turn = call.turn();
    state.faultAddress = address;
    Message m = VmProtocol.Call.FAULT.encode(turn.scratch(), address, access);
    call.await(Wait.FAULT, turn.call(turn.role(Role.VM), m));
  }

  private void faultAnswered(long result) {
    long address = state.faultAddress;
    switch ((int) -Math.min(result, 0)) {
      case 0 -> delivery.run();
      case Errno.EFAULT ->
          delivery.force(SignalInfo.fault(Signals.SIGSEGV, SignalInfo.SEGV_MAPERR, address));
      case Errno.EACCES ->
          delivery.force(SignalInfo.fault(Signals.SIGSEGV, SignalInfo.SEGV_ACCERR, address));
      case Errno.EIO ->
          delivery.force(SignalInfo.fault(Signals.SIGBUS, SignalInfo.BUS_ADRERR, address));
      default -> program.exit(this, Signals.SIGKILL);
    }
  }

  // ---- the steps of a call

  /** Runs the call's next step. */
  void step() {
    if (process.signals.killed && !process.ending) {
      program.exit(this, Signals.SIGKILL);
      return;
    }
    try {
      call.receive();
      if (watch.active()) {
        watch.step();
      }
      ended(body().run(call));
    } catch (Absent pages) {
      populate(pages, Wait.PAGES);
    } catch (Failure failure) {
      ended(call.progress() > 0 ? call.progress() : -failure.errno);
    }
  }

  private SystemCall.Body body() {
    if (process.ending) {
      return ThreadEnd::ofProcess;
    }
    if (state.dying) {
      return ThreadEnd::ofThread;
    }
    if (process.execHart == state.hart) {
      return program.exec();
    }
    return program.body(call.number());
  }

  /** Asks VM for pages; then the step, or the delivery, runs again. */
  void populate(Absent pages, Wait then) {
    Turn turn = call.turn();
    long bytes = Math.min(pages.bytes, POPULATE_BYTES_MAX);
    Message m = VmProtocol.Call.POPULATE.encode(turn.scratch(), pages.address, bytes, pages.access);
    call.absent(pages.address);
    call.await(then, turn.call(turn.role(Role.VM), m));
  }

  /** A step's result: written, unless the call goes on or a signal decides what it is. */
  private void ended(long result) {
    if (result == Call.LATER) {
      return;
    }
    if (result == Call.FATAL || result == Call.EXIT) {
      program.exit(this, result == Call.FATAL ? Signals.SIGKILL : process.exitStatus);
      return;
    }
    if (result == Call.THREAD_EXIT) {
      program.ended(this);
      return;
    }
    state.signals.await(0);
    if (Interruption.isCode(result)) {
      state.restart = (int) result;
    } else if (result != Call.DONE) {
      Machine machine = call.guest().machine();
      machine.x(10, PosixProgram.forProgram(result));
      machine.pc(machine.pc() + 4);
      state.resumeAtNanos = 0;
      state.signals.restoreMask();
    }
    if (watch.active()) {
      watch.answered(PosixProgram.forProgram(result));
    }
    call.end();
    delivery.run();
  }

  /** The alarm of its call went off. */
  void timeIsUp() {
    if (call.waitsFor() == Wait.EVENT) {
      step();
    } else if (call.waitsFor() == Wait.OUTCOME) {
      call.cancel();
    }
  }

  /** The answer that it waits for is here. */
  void answered(Message m) {
    Wait wait = call.waitsFor();
    call.await(wait, 0);
    if (state.dying && !call.isEnding()) {
      end();
      return;
    }
    long result = m.w0;
    switch (wait) {
      case FAULT -> faultAnswered(result);
      case PAGES -> {
        populated(result);
        step();
      }
      case FRAME_PAGES -> {
        populated(result);
        delivery.run();
      }
      case RESULT -> ended(outcome(result));
      case STEP -> {
        if (result < 0) {
          ended(outcome(result));
        } else {
          call.take(m);
          step();
        }
      }
      case OUTCOME, MOVED -> {
        call.take(m);
        step();
      }
      case CONTINUE -> delivery.stopAnswered(result);
      default -> throw new IllegalStateException("answer while waiting for " + wait);
    }
  }

  private void populated(long bytes) {
    if (bytes <= 0) {
      call.unreachable();
    }
  }

  /** A server's result; that it was cancelled becomes what Linux makes of the call. */
  private long outcome(long result) {
    if (result == -Errno.ERESTARTCALL) {
      return call.progress() > 0 ? call.progress() : Interruption.AGAIN;
    }
    if (result == -Errno.ENORESTART) {
      return call.progress() > 0 ? call.progress() : -Errno.EINTR;
    }
    if (result == -Errno.EINTR && call.interruption() != Interruption.NONE) {
      return call.progress() > 0 ? call.progress() : call.interruption().code;
    }
    return result;
  }

  // ---- the end

  /** It is to end: at once, or when the server that it waits for has answered. */
  void die() {
    state.dying = true;
    if (call.waitingFor() != 0) {
      call.cancel();
    } else {
      program.threads().disturb(this);
    }
  }

  /** Begins its end: {@link ThreadEnd} is its last call. */
  void end() {
    process.futexes.remove(state.hart);
    call.cancelSleep();
    call.beginEnd();
    step();
  }

  void save(StateWriter out) {
    state.save(out);
    call.save(out);
    watch.save(out);
  }

  void load(StateReader in) {
    state.load(in);
    call.load(in);
    watch.load(in);
  }
}
