package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Machine;
import org.atoll.libposix.layout.LittleEndian;

/**
 * What a signal handler finds on its stack: Linux's riscv64 {@code rt_sigframe}, a siginfo and a
 * ucontext, from which rt_sigreturn restores every register.
 */
final class SignalFrame {

  /** Bytes of the frame. */
  static final int BYTES = 1088;

  /** The least that an alternate stack must hold (AT_MINSIGSTKSZ). */
  static final int STACK_BYTES_MIN = 2048;

  private static final int CONTEXT = SignalInfo.BYTES;
  private static final int STACK = CONTEXT + 16;
  private static final int MASK = CONTEXT + 40;
  private static final int REGISTERS = CONTEXT + 176;
  private static final int FLOATS = REGISTERS + 256;
  private static final int FLOAT_STATUS = FLOATS + 256;

  private static final int RA = 1;
  private static final int SP = 2;
  private static final int A0 = 10;

  private SignalFrame() {}

  /**
   * Puts the frame on the stack and lets the handler begin. Decides first: may throw {@link Absent}
   * or {@link Failure}, with nothing changed.
   */
  static void push(Guest guest, Signals signals, SignalInfo info) {
    Machine machine = guest.machine();
    int signal = info.signal();
    long address = top(machine, signals, signal) - BYTES & -16L;
    byte[] frame = new byte[BYTES];
    System.arraycopy(info.encode(), 0, frame, 0, SignalInfo.BYTES);
    saveStack(frame, signals, machine.x(SP));
    LittleEndian.putLong(frame, MASK, signals.maskToRestore());
    saveRegisters(frame, machine);
    guest.write(address, frame);

    if ((signals.stackFlags() & Signals.SS_AUTODISARM) != 0) {
      signals.stack(0, 0, Signals.SS_DISABLE);
    }
    machine.pc(signals.handler(signal));
    machine.x(RA, MemoryLayout.SIGNAL_RETURN);
    machine.x(SP, address);
    machine.x(A0, signal);
    machine.x(A0 + 1, address);
    machine.x(A0 + 2, address + CONTEXT);
  }

  /** rt_sigreturn: takes everything back from the frame at the stack pointer. */
  static void pop(Guest guest, Signals signals) {
    Machine machine = guest.machine();
    long address = machine.x(SP);
    if ((address & 15) != 0) {
      throw new Failure(Errno.EFAULT);
    }
    byte[] frame = guest.read(address, BYTES);
    machine.pc(LittleEndian.getLong(frame, REGISTERS));
    for (int i = 1; i < 32; i++) {
      machine.x(i, LittleEndian.getLong(frame, REGISTERS + 8 * i));
    }
    for (int i = 0; i < 32; i++) {
      machine.f(i, LittleEndian.getLong(frame, FLOATS + 8 * i));
    }
    machine.fcsr(LittleEndian.getInt(frame, FLOAT_STATUS) & 0xff);
    signals.blocked(LittleEndian.getLong(frame, MASK));
    restoreStack(frame, signals);
  }

  private static long top(Machine machine, Signals signals, int signal) {
    long sp = machine.x(SP);
    boolean armed = (signals.stackFlags() & Signals.SS_DISABLE) == 0;
    boolean wanted = (signals.flags(signal) & Signals.SA_ONSTACK) != 0;
    if (!signals.onStack(sp)) {
      return armed && wanted ? signals.stackBase() + signals.stackBytes() : sp;
    }
    if (!signals.onStack(sp - BYTES)) {
      throw new Failure(Errno.EFAULT);
    }
    return sp;
  }

  private static void saveStack(byte[] frame, Signals signals, long sp) {
    LittleEndian.putLong(frame, STACK, signals.stackBase());
    int flags = signals.stackFlags() | (signals.onStack(sp) ? Signals.SS_ONSTACK : 0);
    LittleEndian.putInt(frame, STACK + 8, flags);
    LittleEndian.putLong(frame, STACK + 16, signals.stackBytes());
  }

  private static void restoreStack(byte[] frame, Signals signals) {
    int flags = LittleEndian.getInt(frame, STACK + 8) & ~Signals.SS_ONSTACK;
    if ((flags & ~(Signals.SS_DISABLE | Signals.SS_AUTODISARM)) == 0) {
      signals.stack(
          LittleEndian.getLong(frame, STACK), LittleEndian.getLong(frame, STACK + 16), flags);
    }
  }

  private static void saveRegisters(byte[] frame, Machine machine) {
    LittleEndian.putLong(frame, REGISTERS, machine.pc());
    for (int i = 1; i < 32; i++) {
      LittleEndian.putLong(frame, REGISTERS + 8 * i, machine.x(i));
    }
    for (int i = 0; i < 32; i++) {
      LittleEndian.putLong(frame, FLOATS + 8 * i, machine.f(i));
    }
    LittleEndian.putInt(frame, FLOAT_STATUS, machine.fcsr());
  }
}
