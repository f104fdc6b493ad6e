package org.atoll.posix;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Machine;
import org.atoll.abi.Message;
import org.atoll.abi.Program;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Trap;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VmProtocol;

/**
 * The program of every process: traps of the virtual CPU become messages to servers, and answers
 * become results in registers.
 *
 * <p>A state machine without a stack: what a process is in the middle of is its {@link Call}; what
 * it is, its {@link ProcessState}. Between two turns both are data.
 */
public final class PosixProgram implements Program {

  private static final int STATE_VERSION = 1;

  /** The most that VM makes present in one call. */
  private static final long POPULATE_BYTES_MAX = 1L << 20;

  private final Missing missing;
  private final ProcessState process = new ProcessState();
  private final Exec exec = new Exec();
  private final Call call = new Call(process, exec, this::state);
  private final Delivery delivery = new Delivery(this, call);

  /** An empty program, which waits for {@link ProcessProtocol.Call#EXEC} or {@link #load}. */
  public PosixProgram(Missing missing) {
    this.missing = missing;
  }

  // ---- the machine's traps

  @Override
  public void trap(Turn turn, int trap) {
    call.enter(turn);
    Machine machine = call.guest().machine();
    switch (trap) {
      case Trap.ECALL -> systemCall(machine);
      case Trap.FETCH_FAULT -> fault(turn, machine.trapValue(), KernelCalls.PAGE_EXECUTE);
      case Trap.LOAD_FAULT -> fault(turn, machine.trapValue(), KernelCalls.PAGE_READ);
      case Trap.STORE_FAULT -> fault(turn, machine.trapValue(), KernelCalls.PAGE_WRITE);
      case Trap.ILLEGAL_INSTRUCTION ->
          delivery.force(SignalInfo.fault(Signals.SIGILL, SignalInfo.ILL_ILLOPC, machine.pc()));
      case Trap.BREAKPOINT ->
          delivery.force(SignalInfo.fault(Signals.SIGTRAP, SignalInfo.TRAP_BRKPT, machine.pc()));
      case Trap.MISALIGNED_ATOMIC ->
          delivery.force(
              SignalInfo.fault(Signals.SIGBUS, SignalInfo.BUS_ADRALN, machine.trapValue()));
      default -> {
        // QUANTUM_OVER: nothing happened.
      }
    }
  }

  @Override
  public boolean runnable() {
    return call.waitsFor() == Wait.NOTHING;
  }

  private void systemCall(Machine machine) {
    SystemCall row = SystemCalls.row(machine.x(17));
    call.begin(machine, row == null ? Interruption.NONE : row.interruption());
    step();
  }

  private void fault(Turn turn, long address, int access) {
    process.faultAddress = address;
    Message m = VmProtocol.Call.FAULT.encode(turn.scratch(), address, access);
    call.await(Wait.FAULT, turn.call(turn.role(Role.VM), m));
  }

  private void faultAnswered(long result) {
    long address = process.faultAddress;
    switch ((int) -Math.min(result, 0)) {
      case 0 -> delivery.run();
      case Errno.EFAULT ->
          delivery.force(SignalInfo.fault(Signals.SIGSEGV, SignalInfo.SEGV_MAPERR, address));
      case Errno.EACCES ->
          delivery.force(SignalInfo.fault(Signals.SIGSEGV, SignalInfo.SEGV_ACCERR, address));
      case Errno.EIO ->
          delivery.force(SignalInfo.fault(Signals.SIGBUS, SignalInfo.BUS_ADRERR, address));
      default -> exit(Signals.SIGKILL);
    }
  }

  // ---- the steps of a call

  /** Runs the call's next step. */
  void step() {
    if (process.signals.killed()) {
      exit(Signals.SIGKILL);
      return;
    }
    try {
      ended(body().run(call));
    } catch (Absent pages) {
      populate(pages, Wait.PAGES);
    } catch (Failure failure) {
      ended(call.progress() > 0 ? call.progress() : -failure.errno);
    }
  }

  private SystemCall.Body body() {
    if (exec.running()) {
      return exec;
    }
    SystemCall row = SystemCalls.row(call.number());
    if (row == null || row.body() == null) {
      missing.called(call.number(), row == null ? Long.toString(call.number()) : row.name());
      return c -> -Errno.ENOSYS;
    }
    return row.body();
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
      exit(result == Call.FATAL ? Signals.SIGKILL : process.exitStatus);
      return;
    }
    if (Interruption.isCode(result)) {
      process.restart = (int) result;
    } else if (result != Call.DONE) {
      Machine machine = call.guest().machine();
      machine.x(10, forProgram(result));
      machine.pc(machine.pc() + 4);
      process.resumeAtNanos = 0;
      process.signals.restoreMask();
    }
    call.end();
    delivery.run();
  }

  @Override
  public void answered(Turn turn, long id, Message m) {
    if (id != call.waitingFor()) {
      return;
    }
    call.enter(turn);
    Wait wait = call.waitsFor();
    call.await(wait, 0);
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
      case CONTINUE -> {
        if (result < 0) {
          delivery.run();
        }
      }
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
    if (result == -Errno.EINTR && call.interruption() != Interruption.NONE) {
      return call.progress() > 0 ? call.progress() : call.interruption().code;
    }
    return result;
  }

  /** For steps that see errors themselves: what the call's result is, given one. */
  static long outcome(Call call) {
    return switch ((int) -Math.min(call.answer(0), 0)) {
      case Errno.ERESTARTCALL -> Interruption.AGAIN;
      case Errno.EINTR -> call.interruption().code;
      default -> call.answer(0);
    };
  }

  /** The negated errno of a server as a program may see it. */
  static long forProgram(long result) {
    return switch ((int) Math.max(-result, 0)) {
      case Errno.EDEADSRCDST, Errno.EMOVED, Errno.ECALLDENIED -> -Errno.EIO;
      case Errno.ENOTREADY, Errno.ELOCKED -> -Errno.EAGAIN;
      default -> result;
    };
  }

  // ---- messages

  @Override
  public void request(Turn turn, long request, Message m) {
    call.enter(turn);
    boolean empty = call.waitsFor() == Wait.PROGRAM;
    if (m.type == ProcessProtocol.Call.LIMIT.number() && !empty) {
      LimitCalls.asked(turn, request, process, m);
      return;
    }
    if (m.type != ProcessProtocol.Call.EXEC.number() || !empty) {
      turn.reply(request, -(empty ? Errno.ENOSYS : Errno.EINVAL));
      return;
    }
    byte[] program = new byte[turn.kernel().inBytes(request)];
    turn.kernel().copyIn(request, 0, program, 0, program.length);
    if (!exec.beginFirst(call, program)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    process.pid = (int) m.w0;
    process.firstExec = request;
    step();
  }

  @Override
  public void message(Turn turn, Message m) {
    call.enter(turn);
    if (m.type == ProcessProtocol.Call.SIGNAL.number()) {
      delivery.arrived(new SignalInfo((int) m.w0, (int) m.w1, (int) m.w2, (int) m.w3, m.w4));
    } else if (m.type == ProcessProtocol.Call.FORKED.number() && call.waitsFor() == Wait.FORKED) {
      process.pid = (int) m.w0;
      process.timers.limitCpu(turn, process.limits);
      step();
    } else if (m.type == ProcessProtocol.Call.MOVED.number() && call.waitsFor() == Wait.MOVED) {
      process.timers.arrive(turn.kernel());
      call.arrived();
      step();
    }
  }

  @Override
  public void alarm(Turn turn, long tag) {
    call.enter(turn);
    if (tag == Timers.SLEEP) {
      if (call.waitsFor() == Wait.EVENT) {
        step();
      }
      return;
    }
    SignalInfo info = process.timers.expired(turn.kernel(), turn.self(), (int) tag);
    if (info != null && tag == Timers.CPU_LIMIT && process.limits.cpuIsOver(turn)) {
      info = SignalInfo.byKernel(Signals.SIGKILL);
    }
    if (info != null) {
      delivery.arrived(info);
    }
  }

  @Override
  public void notified(Turn turn, int source) {
    // Nothing notifies a process.
  }

  @Override
  public void cancelled(Turn turn, long request) {
    // The only request is EXEC, which ends soon by itself.
  }

  /** Ends the process with a wait status; nothing happens after it. */
  void exit(int waitStatus) {
    Turn turn = call.turn();
    call.waitsFor(Wait.OVER);
    if (process.firstExec != 0) {
      turn.reply(process.firstExec, -Errno.EINTR);
      process.firstExec = 0;
      return;
    }
    turn.call(turn.role(Role.PM), PmProtocol.Call.EXIT.encode(turn.scratch(), waitStatus));
  }

  ProcessState process() {
    return process;
  }

  // ---- the whole as data

  @Override
  public Program fork() {
    PosixProgram child = new PosixProgram(missing);
    child.load(new StateReader(state()));
    child.process.becomeChild();
    child.call.becomeChild();
    return child;
  }

  /** What {@link #save} writes. */
  byte[] state() {
    StateWriter out = new StateWriter();
    save(out);
    return out.toBytes();
  }

  @Override
  public void save(StateWriter out) {
    out.version(STATE_VERSION);
    process.save(out);
    call.save(out);
    exec.save(out);
  }

  @Override
  public void load(StateReader in) {
    in.version(STATE_VERSION);
    process.load(in);
    call.load(in);
    exec.load(in);
  }
}
