package org.atoll.vcpu.hosted;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.atoll.abi.HostedProcess;
import org.atoll.abi.Trap;
import org.atoll.hypercall.cpu.Hart;
import org.atoll.hypercall.cpu.HostedEngine;
import org.atoll.hypercall.memory.AddressSpace;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program of the host in the place of a hart's instructions: what the program does shows in
 * the hart's registers and as its traps, so that all the rest is a process like any other.
 *
 * <p>The program counter tells what is going on. It is at the gate, an {@code ecall}, while a
 * system call is to be made; behind it when the call has its result; at a signal's place when its
 * handler is to run; at place 0 while the program is in code of its own. A call that is interrupted
 * or made again, and handlers within handlers, follow from that alone.
 *
 * <p>Owner: the CPU during a run, which it spends waiting for the program's thread; that thread
 * meanwhile.
 */
public final class HostedCpu implements HostedEngine, HostedProcess {

  private static final System.Logger LOG = System.getLogger("org.atoll.vcpu");

  private static final int INSTRUCTION_BYTES = 4;
  private static final int SP = 2;
  private static final int S1 = 9;
  private static final int A0 = 10;
  private static final int A7 = 17;
  private static final int S2 = 18;
  private static final int ARGUMENTS = 6;

  /** What a system call costs of a quantum. */
  private static final int CALL_COST = 20;

  private static final int CLONE = 220;
  private static final int SIGNAL_RETURN = 139;
  private static final int EXIT_GROUP = 94;
  private static final int SIGCHLD = 17;

  private final Executor threads;
  private final Body body;
  private final Baton baton = new Baton();
  private final @Nullable IntConsumer[] handlers = new @Nullable IntConsumer[PLACES];

  private @Nullable Hart hart;
  private @Nullable AddressSpace space;
  private int budget;
  private int trap;
  private boolean started;

  /** The thread has ended by a mistake of its own: the program can do nothing more. */
  private boolean broken;

  private long stackPointer;
  private long gate;
  private long places;

  /**
   * The engine of one process.
   *
   * @param threads runs the program on a thread of its own, for as long as it lives
   * @param body the program
   */
  public HostedCpu(Executor threads, Body body) {
    this.threads = threads;
    this.body = body;
  }

  // ---- the CPU's side

  @Override
  public int run(Hart current, AddressSpace memory, int quantumInstructions) {
    hart = current;
    space = memory;
    budget = quantumInstructions;
    if (!started) {
      started = true;
      start(current);
    }
    if (!broken) {
      baton.run();
    }
    current.retired += Math.max(1, quantumInstructions - budget);
    return trap;
  }

  /** The registers are as the call has them that began the program. */
  private void start(Hart first) {
    stackPointer = first.x[SP];
    gate = first.x[A0 + 1];
    places = first.x[A0 + 2];
    first.pc = places;
    threads.execute(this::live);
  }

  @Override
  public void close() {
    if (started) {
      baton.drop();
    }
  }

  // ---- the program's side

  private void live() {
    try {
      baton.await();
      int status = body.run(this);
      while (true) {
        call(EXIT_GROUP, status);
      }
    } catch (Ended over) {
      // Nobody waits for the thread any more.
    } catch (Throwable unexpected) {
      if (!baton.dropped()) {
        LOG.log(System.Logger.Level.ERROR, "the engine of a Java program failed", unexpected);
      }
      broken = true;
      trap = Trap.ILLEGAL_INSTRUCTION;
      baton.leave();
    }
  }

  private Hart hart() {
    baton.check();
    return Objects.requireNonNull(hart);
  }

  private AddressSpace space() {
    baton.check();
    return Objects.requireNonNull(space);
  }

  /** Traps; the handlers of signals that are delivered run before it returns. */
  private void trap(int kind) {
    trap = kind;
    baton.pass();
    while (inHandler()) {
      handle();
    }
  }

  private boolean inHandler() {
    long place = hart().pc - places;
    return place > 0 && place < (long) PLACES * INSTRUCTION_BYTES;
  }

  private void handle() {
    Hart current = hart();
    int signal = (int) (current.pc - places) / INSTRUCTION_BYTES;
    long frame = current.x[SP];
    try {
      IntConsumer handler = handlers[signal];
      if (handler != null) {
        handler.accept(signal);
      }
    } finally {
      comeBack(frame);
    }
  }

  /** All registers are again what they were before the handler. */
  private void comeBack(long frame) {
    Hart current = hart();
    current.x[SP] = frame;
    current.x[A7] = SIGNAL_RETURN;
    current.pc = gate;
    trap = Trap.ECALL;
    baton.pass();
  }

  @Override
  public long stackPointer() {
    return stackPointer;
  }

  @Override
  public long call(int number, long... arguments) {
    Hart current = hart();
    current.x[A7] = number;
    for (int i = 0; i < ARGUMENTS; i++) {
      current.x[A0 + i] = i < arguments.length ? arguments[i] : 0;
    }
    budget -= CALL_COST;
    current.pc = gate;
    while (current.pc == gate) {
      trap(Trap.ECALL);
    }
    return current.x[A0];
  }

  @Override
  public long fork(long table, int failures) {
    Hart current = hart();
    current.x[S1] = table;
    current.x[S2] = failures;
    return call(CLONE, SIGCHLD);
  }

  @Override
  public void read(long address, byte[] target, int offset, int bytes) {
    int done = space().read(address, target, offset, bytes);
    while (done < bytes) {
      fault(Trap.LOAD_FAULT, address + done);
      done += space().read(address + done, target, offset + done, bytes - done);
    }
  }

  @Override
  public void write(long address, byte[] source, int offset, int bytes) {
    int done = space().write(address, source, offset, bytes);
    while (done < bytes) {
      fault(Trap.STORE_FAULT, address + done);
      done += space().write(address + done, source, offset + done, bytes - done);
    }
  }

  private void fault(int kind, long address) {
    Hart current = hart();
    current.trapValue = address;
    current.pc = places;
    trap(kind);
  }

  @Override
  public long handler(int signal, IntConsumer handler) {
    handlers[signal] = handler;
    return places + (long) signal * INSTRUCTION_BYTES;
  }

  @Override
  public boolean poll(int instructions) {
    budget -= instructions;
    if (budget > 0) {
      baton.check();
      return false;
    }
    budget = 0;
    hart().pc = places;
    trap(Trap.QUANTUM_OVER);
    return true;
  }
}
