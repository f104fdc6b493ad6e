package org.atoll.kernel;

import java.util.Arrays;
import java.util.Objects;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Machine;
import org.atoll.abi.Message;
import org.atoll.abi.Program;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.cpu.Hart;
import org.atoll.hypercall.cpu.HostedEngine;
import org.atoll.hypercall.cpu.HostedEngines;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * A process's harts, memory and program. Owner: whoever holds its task's token.
 *
 * <p>Invariant: {@link #hart}, the current one, is among {@link #harts}, of which {@link #count}
 * are not null.
 */
final class ProcessMachine implements Machine {

  private Hart hart = new Hart();
  private @Nullable Hart[] harts = {hart};
  private int count = 1;

  /** Instructions that harts retired which are no more. */
  private long retiredBefore;

  private final Program program;
  private volatile AddressSpace space;
  private @Nullable CpuTurn turn;

  /** What runs instead of guest memory's instructions, if anything does. */
  private @Nullable HostedEngine hosted;

  ProcessMachine(Program program, AddressSpace space) {
    this.program = program;
    this.space = space;
  }

  /**
   * A copy for the child of a fork, with one hart and another, empty space; null when that hart is
   * not at rest.
   */
  @Nullable ProcessMachine fork(int number, AddressSpace empty) {
    Program copy = number < 0 || number >= harts.length ? null : program.fork(number);
    if (copy == null) {
      return null;
    }
    ProcessMachine child = new ProcessMachine(copy, empty);
    child.hart.copyFrom(hart(number));
    child.hart.retired = 0;
    child.hart.dropReservation();
    return child;
  }

  Program program() {
    return program;
  }

  /** The current hart. */
  Hart hart() {
    return hart;
  }

  /** How many harts there are. */
  int harts() {
    return count;
  }

  /** Instructions that all harts have retired. */
  long retired() {
    long retired = retiredBefore;
    for (Hart each : harts) {
      retired += each == null ? 0 : each.retired;
    }
    return retired;
  }

  private Hart hart(int number) {
    return Objects.requireNonNull(harts[number], "no such hart");
  }

  AddressSpace space() {
    return space;
  }

  /** Gives it another address space. */
  void space(AddressSpace other) {
    space = other;
    hart.dropReservation();
  }

  /** Names the turn in which calls are made. */
  void turn(CpuTurn current) {
    turn = current;
  }

  @Override
  public int makeHart() {
    if (count == Limits.THREADS_MAX) {
      return -Errno.EAGAIN;
    }
    int number = 0;
    while (number < harts.length && harts[number] != null) {
      number++;
    }
    if (number == harts.length) {
      harts = Arrays.copyOf(harts, 2 * number);
    }
    Hart made = new Hart();
    made.copyFrom(hart);
    made.retired = 0;
    made.dropReservation();
    harts[number] = made;
    count++;
    return number;
  }

  @Override
  public void selectHart(int number) {
    hart = hart(number);
    hart.dropReservation();
  }

  @Override
  public void dropHart(int number) {
    Hart dropped = hart(number);
    if (dropped == hart) {
      throw new IllegalStateException("the current hart cannot end");
    }
    retiredBefore += dropped.retired;
    harts[number] = null;
    count--;
  }

  @Override
  public boolean shared(long address) {
    return (space.entry(address >>> Frames.FRAME_SHIFT) & AddressSpace.SHARED) != 0;
  }

  @Override
  public long pc() {
    return hart.pc;
  }

  @Override
  public void pc(long value) {
    hart.pc = value;
  }

  @Override
  public long x(int register) {
    return hart.x[register];
  }

  @Override
  public void x(int register, long value) {
    if (register != 0) {
      hart.x[register] = value;
    }
  }

  @Override
  public long f(int register) {
    return hart.f[register];
  }

  @Override
  public void f(int register, long bits) {
    hart.f[register] = bits;
  }

  @Override
  public int fcsr() {
    return hart.fcsr;
  }

  @Override
  public void fcsr(int value) {
    hart.fcsr = value & 0xff;
  }

  @Override
  public long trapValue() {
    return hart.trapValue;
  }

  /** What runs the process: its own engine, or the CPU's. */
  Engine engine(Engine ofCpu) {
    HostedEngine own = hosted;
    return own == null ? ofCpu : own;
  }

  @Override
  public boolean host() {
    CpuTurn current = turn;
    HostedEngines engines = current == null ? null : current.here().hosted();
    if (current == null || engines == null || hosted != null || count != 1) {
      return false;
    }
    hosted = engines.start(current.here().channel(current.self())::raise);
    return true;
  }

  /** Ends what the host runs for the process. */
  void endHosted() {
    HostedEngine own = hosted;
    if (own != null) {
      hosted = null;
      own.close();
    }
  }

  @Override
  public void reset() {
    endHosted();
    long retired = hart.retired;
    hart.copyFrom(new Hart());
    hart.retired = retired;
  }

  @Override
  public long readable(long address, long bytes) {
    return space.readable(address, bytes);
  }

  @Override
  public long writable(long address, long bytes) {
    return space.writable(address, bytes);
  }

  @Override
  public int copyIn(long address, byte[] target, int offset, int bytes) {
    return space.read(address, target, offset, bytes);
  }

  @Override
  public int copyOut(long address, byte[] source, int offset, int bytes) {
    return space.write(address, source, offset, bytes);
  }

  @Override
  public long call(
      int destination, Message m, long inAddress, int inBytes, long outAddress, int outBytes) {
    CpuTurn current = turn;
    if (current == null) {
      return -Errno.EINVAL;
    }
    return current.callWithMemory(destination, m, space, inAddress, inBytes, outAddress, outBytes);
  }

  @Override
  public void fenceInstructions() {
    space.frames().fenceInstructions();
  }
}
