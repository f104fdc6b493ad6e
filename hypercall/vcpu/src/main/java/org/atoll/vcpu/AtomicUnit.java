package org.atoll.vcpu;

import static org.atoll.hypercall.memory.HostMemory.EVERYTHING;
import static org.atoll.vcpu.DataTranslations.FAULT;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.atoll.abi.Trap;
import org.atoll.hypercall.cpu.Hart;

/**
 * The A extension (chapter 13), on the host's own atomic accesses: all orderings are the strongest.
 *
 * <p>A reservation is the address and what was read there; {@code sc} is a compare-and-set. So a
 * store of the same value in between goes unseen, as under other emulators.
 *
 * <p>Owner: one engine.
 */
final class AtomicUnit {
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
  private static final int WORD = 3;
  private static final int DOUBLEWORD = 7;

  private final DataTranslations data;

  AtomicUnit(DataTranslations data) {
    this.data = data;
  }

  /** Executes an atomic instruction. Answers a trap, or 0. */
  int execute(Hart hart, long packed) {
    int op = Packed.op(packed);
    long address = hart.x[Packed.rs1(packed)];
    int low = op < Op.LR_D ? WORD : DOUBLEWORD;
    if (!data.aligned(address, low)) {
      return Trap.MISALIGNED_ATOMIC;
    }
    return switch (op) {
      case Op.LR_W, Op.LR_D -> loadReserved(hart, packed, address, low);
      case Op.SC_W, Op.SC_D -> storeConditional(hart, packed, address, low);
      default -> modify(hart, packed, address, low);
    };
  }

  private int loadReserved(Hart hart, long packed, long address, int low) {
    long h = data.readable(address, low);
    if (h == FAULT) {
      return Trap.LOAD_FAULT;
    }
    long value =
        low == WORD ? (int) INT.getVolatile(EVERYTHING, h) : (long) LONG.getVolatile(EVERYTHING, h);
    hart.reservationAddress = address;
    hart.reservationValue = value;
    hart.x[Packed.rd(packed)] = value;
    return 0;
  }

  private int storeConditional(Hart hart, long packed, long address, int low) {
    boolean stored = false;
    if (hart.reservationAddress == address) {
      long value = hart.x[Packed.rs2(packed)];
      long h = data.writable(address, low, value);
      if (h == FAULT) {
        return Trap.STORE_FAULT;
      }
      long expected = hart.reservationValue;
      stored =
          low == WORD
              ? INT.compareAndSet(EVERYTHING, h, (int) expected, (int) value)
              : LONG.compareAndSet(EVERYTHING, h, expected, value);
    }
    hart.dropReservation();
    hart.x[Packed.rd(packed)] = stored ? 0 : 1;
    return 0;
  }

  private int modify(Hart hart, long packed, long address, int low) {
    long value = hart.x[Packed.rs2(packed)];
    long h = data.writable(address, low, value);
    if (h == FAULT) {
      return Trap.STORE_FAULT;
    }
    int op = Packed.op(packed);
    hart.x[Packed.rd(packed)] =
        low == WORD ? modifyWord(op, h, (int) value) : modifyDoubleword(op, h, value);
    return 0;
  }

  private static int modifyWord(int op, long h, int value) {
    return switch (op) {
      case Op.AMOSWAP_W -> (int) INT.getAndSet(EVERYTHING, h, value);
      case Op.AMOADD_W -> (int) INT.getAndAdd(EVERYTHING, h, value);
      case Op.AMOXOR_W -> (int) INT.getAndBitwiseXor(EVERYTHING, h, value);
      case Op.AMOAND_W -> (int) INT.getAndBitwiseAnd(EVERYTHING, h, value);
      case Op.AMOOR_W -> (int) INT.getAndBitwiseOr(EVERYTHING, h, value);
      default -> chooseWord(op, h, value);
    };
  }

  private static int chooseWord(int op, long h, int value) {
    while (true) {
      int old = (int) INT.getVolatile(EVERYTHING, h);
      int chosen =
          switch (op) {
            case Op.AMOMIN_W -> Math.min(old, value);
            case Op.AMOMAX_W -> Math.max(old, value);
            case Op.AMOMINU_W -> Integer.compareUnsigned(old, value) < 0 ? old : value;
            default -> Integer.compareUnsigned(old, value) > 0 ? old : value;
          };
      if (INT.compareAndSet(EVERYTHING, h, old, chosen)) {
        return old;
      }
    }
  }

  private static long modifyDoubleword(int op, long h, long value) {
    return switch (op) {
      case Op.AMOSWAP_D -> (long) LONG.getAndSet(EVERYTHING, h, value);
      case Op.AMOADD_D -> (long) LONG.getAndAdd(EVERYTHING, h, value);
      case Op.AMOXOR_D -> (long) LONG.getAndBitwiseXor(EVERYTHING, h, value);
      case Op.AMOAND_D -> (long) LONG.getAndBitwiseAnd(EVERYTHING, h, value);
      case Op.AMOOR_D -> (long) LONG.getAndBitwiseOr(EVERYTHING, h, value);
      default -> chooseDoubleword(op, h, value);
    };
  }

  private static long chooseDoubleword(int op, long h, long value) {
    while (true) {
      long old = (long) LONG.getVolatile(EVERYTHING, h);
      long chosen =
          switch (op) {
            case Op.AMOMIN_D -> Math.min(old, value);
            case Op.AMOMAX_D -> Math.max(old, value);
            case Op.AMOMINU_D -> Long.compareUnsigned(old, value) < 0 ? old : value;
            default -> Long.compareUnsigned(old, value) > 0 ? old : value;
          };
      if (LONG.compareAndSet(EVERYTHING, h, old, chosen)) {
        return old;
      }
    }
  }
}
