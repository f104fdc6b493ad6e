package org.atoll.libposix;

import org.atoll.abi.Limits;

/** Where exec puts things in a process's address space: always the same places. */
final class MemoryLayout {

  /**
   * A page of ours, readable and executable, that holds what a signal handler returns to. It is the
   * last page below the end of user memory but one, which stays empty.
   */
  static final long SIGNAL_RETURN = Limits.USER_ADDRESS_END - 2 * Limits.PAGE_BYTES;

  /** End of the stack; an empty page lies between it and {@link #SIGNAL_RETURN}. */
  static final long STACK_TOP = SIGNAL_RETURN - Limits.PAGE_BYTES;

  /** Load address of a position-independent program: two thirds of user memory, as on Linux. */
  static final long PROGRAM_BIAS = Limits.USER_ADDRESS_END / 3 * 2 & -Limits.PAGE_BYTES;

  /** Load address of the interpreter: below where VM places mappings by itself. */
  static final long INTERPRETER_BIAS = 0x20_0000_0000L;

  /** The most that a stack grows when its limit is infinite. */
  static final long STACK_BYTES_MAX = 1L << 30;

  private MemoryLayout() {}

  /** {@code li a7, 139; ecall}: rt_sigreturn. */
  static byte[] signalReturnCode() {
    return new byte[] {(byte) 0x93, 0x08, (byte) 0xb0, 0x08, 0x73, 0, 0, 0};
  }
}
