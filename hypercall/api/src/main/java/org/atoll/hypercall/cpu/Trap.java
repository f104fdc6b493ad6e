package org.atoll.hypercall.cpu;

/**
 * Why a run came back: ints, because a run ends millions of times a second.
 *
 * <p>After every one but {@link #QUANTUM_OVER}, {@code Hart.pc} is that of the instruction that
 * trapped, it had no effect, and it is not counted as retired. Whoever completes it (an {@code
 * ecall}) advances the pc.
 */
public final class Trap {
  /** The instructions asked for have retired. */
  public static final int QUANTUM_OVER = 0;

  /** {@code ecall}: 4 bytes long. */
  public static final int ECALL = 1;

  /** {@code ebreak} or {@code c.ebreak}. */
  public static final int BREAKPOINT = 2;

  /** No such instruction, or a reserved rounding mode. {@code Hart.trapValue}: its bits. */
  public static final int ILLEGAL_INSTRUCTION = 3;

  /** The instruction cannot be fetched. {@code Hart.trapValue}: first byte that cannot. */
  public static final int FETCH_FAULT = 4;

  /** Something cannot be read. {@code Hart.trapValue}: first byte that cannot. */
  public static final int LOAD_FAULT = 5;

  /** Something cannot be written. {@code Hart.trapValue}: first byte that cannot. */
  public static final int STORE_FAULT = 6;

  /** An atomic access that is not aligned to its size. {@code Hart.trapValue}: its address. */
  public static final int MISALIGNED_ATOMIC = 7;

  private Trap() {}

  /** The trap's name, for traces and messages. */
  public static String name(int trap) {
    return switch (trap) {
      case QUANTUM_OVER -> "QUANTUM_OVER";
      case ECALL -> "ECALL";
      case BREAKPOINT -> "BREAKPOINT";
      case ILLEGAL_INSTRUCTION -> "ILLEGAL_INSTRUCTION";
      case FETCH_FAULT -> "FETCH_FAULT";
      case LOAD_FAULT -> "LOAD_FAULT";
      case STORE_FAULT -> "STORE_FAULT";
      case MISALIGNED_ATOMIC -> "MISALIGNED_ATOMIC";
      default -> "trap " + trap;
    };
  }
}
