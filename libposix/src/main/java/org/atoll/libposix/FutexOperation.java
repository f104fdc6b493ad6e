package org.atoll.libposix;

import org.atoll.abi.Errno;

/**
 * The third value of FUTEX_WAKE_OP: an operation on a word and a comparison of what it was
 * (futex(2)).
 */
record FutexOperation(int encoded) {

  private int operand() {
    int operand = encoded << 8 >> 20;
    boolean shifted = (encoded & 0x8000_0000) != 0;
    return shifted ? 1 << operand : operand;
  }

  /** The word's new value. Fails with ENOSYS. */
  int result(int old) {
    return switch (encoded >>> 28 & 7) {
      case 0 -> operand();
      case 1 -> old + operand();
      case 2 -> old | operand();
      case 3 -> old & ~operand();
      case 4 -> old ^ operand();
      default -> throw new Failure(Errno.ENOSYS);
    };
  }

  /** Whether the comparison holds for the old value. Fails with ENOSYS. */
  boolean holds(int old) {
    int with = encoded << 20 >> 20;
    return switch (encoded >>> 24 & 15) {
      case 0 -> old == with;
      case 1 -> old != with;
      case 2 -> old < with;
      case 3 -> old <= with;
      case 4 -> old > with;
      case 5 -> old >= with;
      default -> throw new Failure(Errno.ENOSYS);
    };
  }
}
