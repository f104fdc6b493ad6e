package org.atoll.libposix;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Program;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Trap;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.Protocols;
import org.jspecify.annotations.Nullable;

/**
 * The program of every process: traps of its harts become messages to servers, and answers become
 * results in registers.
 *
 * <p>A state machine without a stack: each event concerns one of its {@link Threads}, which becomes
 * the current one and does with it what is to be done; at the end of the turn those react that it
 * disturbed, and one that can run gets the machine. What they share is {@link ProcessState}.
 */
public final class PosixProgram implements Program {

  private static final int STATE_VERSION = 3;

  private final Missing missing;
  private final Watcher watcher;
  private final ProcessState process = new ProcessState();
  private final Exec exec = new Exec();
  private final Threads threads;
  private final Arrivals arrivals;

  /** An empty program, which waits for {@link ProcessProtocol.Call#EXEC} or {@link #load}. */
  public PosixProgram(Missing missing) {
    this(missing, Watcher.NONE);
  }

  /** An empty program whose calls and signals are watched. */
  public PosixProgram(Missing missing, Watcher watcher) {
    this.missing = missing;
    this.watcher = watcher;
    this.threads = new Threads(process.cpu, () -> new PosixThread(this));
    this.arrivals = new Arrivals(process, threads);
  }

  Watcher watcher() {
    return watcher;
  }

  ProcessState process() {
    return process;
  }

  Exec exec() {
    return exec;
  }

  Threads threads() {
    return threads;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  // ---- the machine's traps

  @Override
  public void trap(Turn turn, int trap) {
    PosixThread thread = threads.current();
    threads.select(turn, thread);
    if (trap == Trap.QUANTUM_OVER) {
      threads.rotate(turn);
      return;
    }
    thread.trap(trap);
    settle(turn);
  }

  @Override
  public boolean runnable() {
    return threads.current().runs();
  }

  /** The end of a turn: who was disturbed reacts, and who can run gets the machine. */
  private void settle(Turn turn) {
    arrivals.route();
    if (threads.alone() && threads.calm()) {
      return;
    }
    PosixThread running = threads.current();
    for (PosixThread t = threads.takeDisturbed(); t != null; t = threads.takeDisturbed()) {
      threads.select(turn, t);
      t.delivery.react();
    }
    if (running.runs() && threads.has(running)) {
      threads.select(turn, running);
    }
    threads.choose(turn);
  }

  /** What a system call does. */
  SystemCall.Body body(long number) {
    SystemCall row = SystemCalls.row(number);
    if (row == null || row.body() == null) {
      missing.called(number, row == null ? Long.toString(number) : row.name());
      return c -> -Errno.ENOSYS;
    }
    return row.body();
  }

  @Override
  public void answered(Turn turn, long id, Message m) {
    PosixThread thread = threads.waitingFor(id);
    if (thread != null) {
      threads.select(turn, thread);
      thread.answered(m);
      settle(turn);
    }
  }

  /** For steps that see errors themselves: what the call's result is, given one. */
  static long outcome(Call call) {
    return switch ((int) -Math.min(call.answer(0), 0)) {
      case Errno.ERESTARTCALL -> Interruption.AGAIN;
      case Errno.ENORESTART -> -Errno.EINTR;
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
    PosixThread thread = threads.current();
    threads.select(turn, thread);
    if (m.type >= Protocols.FIRST_OWN) {
      process.inbox.request(turn, request, m);
      threads.disturbReceivers();
      settle(turn);
      return;
    }
    boolean empty = thread.call.waitsFor() == Wait.PROGRAM;
    if (m.type == ProcessProtocol.Call.LIMIT.number() && !empty) {
      LimitCalls.asked(clocks(turn), request, process, m);
    } else if (m.type == ProcessProtocol.Call.ABOUT.number() && !empty) {
      About.answer(turn, request, process, threads, m.w0);
    } else if (m.type != ProcessProtocol.Call.EXEC.number() || !empty) {
      turn.reply(request, -(empty ? Errno.ENOSYS : Errno.EINVAL));
    } else {
      beginFirst(turn, request, m, thread);
    }
  }

  private void beginFirst(Turn turn, long request, Message m, PosixThread thread) {
    byte[] program = new byte[turn.kernel().inBytes(request)];
    turn.kernel().copyIn(request, 0, program, 0, program.length);
    if (!exec.beginFirst(thread.call, program)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    identify((int) m.w0, thread);
    process.firstExec = request;
    if (thread.watch.active()) {
      thread.watch.first(program);
    }
    thread.step();
  }

  private void identify(int pid, PosixThread thread) {
    process.pid = pid;
    thread.state.id = pid;
  }

  @Override
  public void message(Turn turn, Message m) {
    PosixThread thread = threads.current();
    threads.select(turn, thread);
    Wait wait = thread.call.waitsFor();
    if (m.type >= Protocols.FIRST_OWN) {
      process.inbox.message(m);
      threads.disturbReceivers();
    } else if (m.type == ProcessProtocol.Call.SIGNAL.number()) {
      SignalInfo info = new SignalInfo((int) m.w0, (int) m.w1, (int) m.w2, (int) m.w3, m.w4);
      arrivals.arrived(turn, info, (int) m.w5);
    } else if (m.type == ProcessProtocol.Call.FORKED.number() && wait == Wait.FORKED) {
      identify((int) m.w0, thread);
      process.timers.limitCpu(clocks(turn), process.limits);
      if (thread.watch.active()) {
        thread.watch.born();
      }
      thread.step();
    } else if (m.type == ProcessProtocol.Call.MOVED.number() && wait == Wait.MOVED) {
      threads.arrive();
      process.cpu.arrive();
      process.timers.arrive(clocks(turn));
      thread.call.arrived();
      if (thread.watch.active()) {
        thread.watch.named();
      }
      thread.step();
    }
    settle(turn);
  }

  @Override
  public void alarm(Turn turn, long tag) {
    if ((int) tag == Timers.SLEEP) {
      PosixThread sleeper = threads.byHart((int) (tag >>> Integer.SIZE));
      if (sleeper != null) {
        threads.select(turn, sleeper);
        sleeper.timeIsUp();
      }
    } else {
      threads.select(turn, threads.current());
      timer(turn, (int) tag);
    }
    settle(turn);
  }

  private Clocks clocks(Turn turn) {
    return new Clocks(turn, process.cpu, threads);
  }

  private void timer(Turn turn, int tag) {
    int thread = process.timers.threadOf(tag);
    SignalInfo info = process.timers.expired(clocks(turn), tag);
    if (info != null
        && tag == Timers.CPU_LIMIT
        && process.limits.cpuIsOver(process.cpu.nanos(turn))) {
      info = SignalInfo.byKernel(Signals.SIGKILL);
    }
    if (info != null) {
      arrivals.arrived(turn, info, thread);
    }
  }

  @Override
  public void notified(Turn turn, int source) {
    PosixThread thread = threads.current();
    threads.select(turn, thread);
    if (source == Endpoint.HOST) {
      process.woken = true;
      threads.disturb(thread);
    } else {
      process.inbox.notified(source);
      threads.disturbReceivers();
    }
    settle(turn);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    if (process.inbox.cancel(turn, request)) {
      threads.select(turn, threads.current());
      threads.disturbReceivers();
      settle(turn);
    }
  }

  // ---- the end

  /** A thread ends the process with a wait status: first it gives up the locks of all threads. */
  void exit(PosixThread by, int waitStatus) {
    if (process.ending) {
      over(by.call);
      return;
    }
    process.ending = true;
    process.exitStatus = waitStatus;
    for (PosixThread thread : threads.all()) {
      if (thread.watch.active()) {
        thread.watch.ended(waitStatus);
      }
      if (thread != by) {
        thread.call.waitsFor(Wait.OVER);
      }
    }
    by.call.beginEnd();
    by.step();
  }

  /** Nothing happens after it. */
  private void over(Call last) {
    Turn turn = last.turn();
    last.waitsFor(Wait.OVER);
    if (process.firstExec != 0) {
      turn.reply(process.firstExec, -Errno.EINTR);
      process.firstExec = 0;
      return;
    }
    Message m = PmProtocol.Call.EXIT.encode(turn.scratch(), process.exitStatus);
    turn.call(turn.role(Role.PM), m);
  }

  /** A thread is over; others go on. */
  void ended(PosixThread thread) {
    Turn turn = thread.call.turn();
    if (thread.watch.active()) {
      thread.watch.ended(0);
    }
    if (thread.state.id != process.pid) {
      Message m = PmProtocol.Call.THREAD_END.encode(turn.scratch(), thread.state.id);
      turn.send(turn.role(Role.PM), m);
    }
    threads.remove(turn, thread);
    PosixThread waits = threads.byHart(process.execHart);
    if (waits != null && threads.alone()) {
      threads.disturb(waits);
    }
  }

  // ---- the whole as data

  @Override
  public @Nullable Program fork(int hart) {
    PosixThread thread = threads.byHart(hart);
    if (thread == null || thread.call.waitingFor() == 0) {
      return null;
    }
    PosixProgram child = new PosixProgram(missing, watcher);
    child.load(new StateReader(state()));
    child.process.becomeChild();
    child.threads.becomeChild(hart);
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
    threads.save(out);
    exec.save(out);
  }

  @Override
  public void load(StateReader in) {
    in.version(STATE_VERSION);
    process.load(in);
    threads.load(in);
    exec.load(in);
  }
}
