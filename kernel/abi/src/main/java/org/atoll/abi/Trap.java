package org.atoll.abi;

/**
 * Why a virtual CPU stopped: ints, because it stops millions of times a second.
 *
 * <p>After every one but {@link #QUANTUM_OVER}, the program counter is that of the instruction that
 * trapped, which had no effect and is not counted as retired. Whoever completes it (an {@code
 * ecall}, 4 bytes long) advances the program counter.
 */
public final class Trap {

  /** The quantum is over; nothing happened. */
  public static final int QUANTUM_OVER = 0;

  /** Environment call. */
  public static final int ECALL = 1;

  /** Instruction fetch from a page without execute permission; the trap value is the address. */
  public static final int FETCH_FAULT = 2;

  /** Load from a page without read permission; the trap value is the address. */
  public static final int LOAD_FAULT = 3;

  /** Store or atomic to a page without write permission; the trap value is the address. */
  public static final int STORE_FAULT = 4;

  /** Illegal instruction; the trap value is the instruction. */
  public static final int ILLEGAL_INSTRUCTION = 5;

  /** {@code ebreak}. */
  public static final int BREAKPOINT = 6;

  /** Misaligned atomic; the trap value is the address. */
  public static final int MISALIGNED_ATOMIC = 7;

  private Trap() {}

  /** The trap's name, for traces and messages. */
  public static String name(int trap) {
    return switch (trap) {
      case QUANTUM_OVER -> "QUANTUM_OVER";
      case ECALL -> "ECALL";
      case FETCH_FAULT -> "FETCH_FAULT";
      case LOAD_FAULT -> "LOAD_FAULT";
      case STORE_FAULT -> "STORE_FAULT";
      case ILLEGAL_INSTRUCTION -> "ILLEGAL_INSTRUCTION";
      case BREAKPOINT -> "BREAKPOINT";
      case MISALIGNED_ATOMIC -> "MISALIGNED_ATOMIC";
      default -> "trap " + trap;
    };
  }
}
