package org.atoll.kernel;

import org.atoll.abi.Errno;
import org.atoll.abi.Machine;
import org.atoll.abi.Message;
import org.atoll.abi.Program;
import org.atoll.hypercall.cpu.Hart;
import org.atoll.hypercall.memory.AddressSpace;
import org.jspecify.annotations.Nullable;

/** A process's hart, memory and program. Owner: whoever holds its task's token. */
final class ProcessMachine implements Machine {

  private final Hart hart = new Hart();
  private final Program program;
  private volatile AddressSpace space;
  private @Nullable CpuTurn turn;

  ProcessMachine(Program program, AddressSpace space) {
    this.program = program;
    this.space = space;
  }

  /** A copy for the child of a fork, with another, empty space. */
  ProcessMachine fork(AddressSpace empty) {
    ProcessMachine child = new ProcessMachine(program.fork(), empty);
    child.hart.copyFrom(hart);
    child.hart.retired = 0;
    child.hart.dropReservation();
    return child;
  }

  Program program() {
    return program;
  }

  Hart hart() {
    return hart;
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

  @Override
  public void reset() {
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
