package org.atoll.vcpu;

import static org.atoll.vcpu.Machine.RW;
import static org.atoll.vcpu.Machine.RX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.atoll.abi.Trap;
import org.atoll.hypercall.cpu.Hart;
import org.atoll.hypercall.memory.AddressSpace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Traps, quanta and addresses: what generated programs do not show. */
final class InterpreterTest {
  private static final int CODE = 0x1_0000;
  private static final int DATA = 0x20_0000;
  private static final int T0 = 5;
  private static final int T1 = 6;

  private final Machine machine = new Machine();
  private final Hart hart = machine.hart;

  @AfterEach
  void giveBack() {
    machine.close();
  }

  private void assertTrap(int trap, long pc, long value) {
    Hart before = new Hart();
    before.copyFrom(hart);
    before.pc = pc;
    assertEquals(trap, machine.run(100));
    assertEquals(Long.toHexString(pc), Long.toHexString(hart.pc));
    assertEquals(Long.toHexString(value), Long.toHexString(hart.trapValue));
    assertArrayEquals(
        Arrays.copyOf(before.x, Hart.REGISTERS), Arrays.copyOf(hart.x, Hart.REGISTERS));
    assertArrayEquals(before.f, hart.f);
    assertEquals(before.retired, hart.retired);
  }

  @Test
  void aQuantumRetiresExactlySoManyInstructions() {
    machine.code(CODE, new CodeBuffer().addi(T0, T0, 1).jal(0, -4));
    for (int quantum : new int[] {1, 2, 3, 1000, 1}) {
      long before = hart.retired;
      assertEquals(Trap.QUANTUM_OVER, machine.run(quantum));
      assertEquals(before + quantum, hart.retired);
      assertEquals((hart.retired + 1) / 2, hart.x[T0]);
      assertEquals(CODE + hart.retired % 2 * 4, hart.pc);
    }
  }

  @Test
  void aTrapIsNotRetired() {
    machine.code(CODE, new CodeBuffer().addi(T0, 0, 1).ecall().ebreak());
    assertEquals(Trap.ECALL, machine.run(100));
    assertEquals(CODE + 4, hart.pc);
    assertEquals(1, hart.retired);
    hart.pc += 4;
    assertEquals(Trap.BREAKPOINT, machine.run(100));
    assertEquals(1, hart.retired);
  }

  @Test
  void cycleAndTimeCountRetiredInstructions() {
    machine.code(
        CODE, new CodeBuffer().addi(0, 0, 0).i(0x73, 2, T0, 0, 0xc00).i(0x73, 2, T1, 0, 0xc01));
    machine.run(3);
    assertEquals(1, hart.x[T0]);
    assertEquals(2, hart.x[T1]);
  }

  @Test
  void aLoadFaultsAtTheFirstByteThatIsMissing() {
    machine.map(DATA, new byte[4096], RW);
    machine.code(CODE, new CodeBuffer().i(0x03, 3, T1, T0, 0));
    hart.x[T1] = 99;
    hart.x[T0] = DATA + 4096 - 3;
    assertTrap(Trap.LOAD_FAULT, CODE, DATA + 4096);
    hart.x[T0] = DATA - 3;
    assertTrap(Trap.LOAD_FAULT, CODE, DATA - 3);
    hart.x[T0] = AddressSpace.LIMIT + DATA;
    assertTrap(Trap.LOAD_FAULT, CODE, AddressSpace.LIMIT + DATA);
    hart.x[T0] = -8;
    assertTrap(Trap.LOAD_FAULT, CODE, -8);
  }

  @Test
  void noTranslationThatWasForgottenServesTheFirstOrTheLastPages() {
    long page = 1L << 20;
    machine.map(page, new byte[4096], RW);
    machine.code(CODE, new CodeBuffer().s(0x23, 3, T0, T1, 0));
    hart.x[T0] = page;
    machine.run(1);
    machine.space.protect(page >>> 12, 1, AddressSpace.READ);
    for (int width = 0; width < 4; width++) {
      long code = CODE + 4096 * (width + 1);
      machine.code(code, new CodeBuffer().s(0x23, width, T0, T1, 0).i(0x03, width, T1, T0, 0));
      for (long address : new long[] {0, 1, 2, 3, 5, 8, 9, 1000, 4096, 8191, -4096, -4095, -9}) {
        hart.x[T0] = address;
        hart.pc = code;
        assertTrap(Trap.STORE_FAULT, code, address);
        hart.pc = code + 4;
        assertTrap(Trap.LOAD_FAULT, code + 4, address);
      }
    }
  }

  @Test
  void aStoreThatFaultsInItsSecondPageHasWrittenNothing() {
    machine.map(DATA, new byte[4096], RW);
    machine.code(CODE, new CodeBuffer().s(0x23, 3, T0, T1, 0));
    hart.x[T0] = DATA + 4096 - 3;
    hart.x[T1] = -1;
    assertTrap(Trap.STORE_FAULT, CODE, DATA + 4096);
    var bytes = new byte[3];
    machine.space.read(DATA + 4096 - 3, bytes, 0, 3);
    assertArrayEquals(new byte[3], bytes);
  }

  @Test
  void aFaultThatIsCuredIsCuredForTheSameInstruction() {
    machine.code(CODE, new CodeBuffer().s(0x23, 3, T0, T1, 0).i(0x03, 3, T0, T0, 0));
    hart.x[T0] = DATA;
    hart.x[T1] = 42;
    assertTrap(Trap.STORE_FAULT, CODE, DATA);
    machine.map(DATA, new byte[4096], AddressSpace.READ);
    assertTrap(Trap.STORE_FAULT, CODE, DATA);
    machine.space.protect(DATA >>> 12, 1, RW);
    assertEquals(Trap.QUANTUM_OVER, machine.run(2));
    assertEquals(42, hart.x[T0]);
    assertNotEquals(0, machine.space.entry(DATA >>> 12) & AddressSpace.DIRTY);
  }

  @Test
  void aRightThatWasTakenIsGoneAtTheNextRun() {
    machine.map(DATA, new byte[4096], RW);
    machine.code(CODE, new CodeBuffer().s(0x23, 3, T0, T1, 0).jal(0, -4));
    hart.x[T0] = DATA;
    assertEquals(Trap.QUANTUM_OVER, machine.run(4));
    machine.space.protect(DATA >>> 12, 1, AddressSpace.READ);
    assertTrap(Trap.STORE_FAULT, CODE, DATA);
    machine.space.unmap(CODE >>> 12, 1);
    assertTrap(Trap.FETCH_FAULT, CODE, CODE);
  }

  @Test
  void writesAfterACopyOnWriteGoToTheCopy() {
    machine.map(DATA, new byte[4096], RW);
    machine.code(CODE, new CodeBuffer().s(0x23, 3, T0, T1, 0).jal(0, -4));
    hart.x[T0] = DATA;
    hart.x[T1] = 1;
    machine.run(2);
    var child = new AddressSpace(machine.frames);
    assertTrue(machine.space.shareInto(child));
    assertTrap(Trap.STORE_FAULT, CODE, DATA);
    int copy = machine.frames.allocate();
    machine.frames.copy(AddressSpace.frame(child.entry(DATA >>> 12)), 0, copy, 0, 4096);
    assertTrue(machine.space.map(DATA >>> 12, copy, RW));
    hart.x[T1] = 2;
    machine.run(2);
    assertEquals(2, wordAt(machine.space));
    assertEquals(1, wordAt(child));
  }

  private static int wordAt(AddressSpace space) {
    byte[] word = new byte[Integer.BYTES];
    assertEquals(word.length, space.read(DATA, word, 0, word.length));
    return ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  @Test
  void anInstructionIsFetchedOnlyFromExecutablePages() {
    machine.map(DATA, new byte[4096], RW);
    hart.pc = DATA;
    assertTrap(Trap.FETCH_FAULT, DATA, DATA);
    hart.pc = -4096;
    assertTrap(Trap.FETCH_FAULT, -4096, -4096);
  }

  @Test
  void anInstructionThatStraddlesPagesFaultsInTheSecond() {
    var page = new byte[4096];
    page[4094] = (byte) (0x13 | T0 << 7);
    page[4095] = (byte) (T0 >>> 1);
    machine.map(CODE, page, RX);
    hart.pc = CODE + 4094;
    assertTrap(Trap.FETCH_FAULT, CODE + 4094, CODE + 4096);
    machine.map(CODE + 4096, new byte[] {(byte) 0xf0, 0x07, 0x73, 0, 0, 0}, RX);
    assertEquals(Trap.ECALL, machine.run(10));
    assertEquals(127, hart.x[T0]);
    assertEquals(CODE + 4098, hart.pc);
    hart.pc = CODE + 4094;
    machine.map(CODE + 4096, new byte[] {(byte) 0x10, 0x00, 0x73, 0, 0, 0}, RX);
    assertEquals(Trap.ECALL, machine.run(10));
    assertEquals(1, hart.x[T0]);
  }

  @Test
  void codeOfOneFrameServesTwoSpacesWithDifferentNeighbours() {
    var page = new byte[4096];
    page[4094] = (byte) (0x13 | T0 << 7);
    page[4095] = (byte) (T0 >>> 1);
    machine.map(CODE, page, RX);
    machine.map(CODE + 4096, new byte[] {(byte) 0x10, 0x00, 0x73, 0, 0, 0}, RX);
    var other = new AddressSpace(machine.frames);
    assertTrue(machine.space.shareInto(other));
    int frame = machine.frames.allocate();
    machine.frames.write(frame, 0, new byte[] {0x20, 0x00, 0x73, 0, 0, 0}, 0, 6);
    other.map((CODE >>> 12) + 1, frame, RX);
    for (int i = 0; i < 3; i++) {
      hart.pc = CODE + 4094;
      assertEquals(Trap.ECALL, machine.engine.run(hart, machine.space, 10));
      assertEquals(1, hart.x[T0]);
      hart.pc = CODE + 4094;
      assertEquals(Trap.ECALL, machine.engine.run(hart, other, 10));
      assertEquals(2, hart.x[T0]);
    }
  }

  @Test
  void illegalInstructionsShowTheirBits() {
    machine.code(
        CODE,
        new CodeBuffer()
            .half(0)
            .half(0x9002 - 0x1000)
            .word(0xffff_ffff)
            .word(0x0230_01d3 | 5 << 12)
            .i(0x73, 1, 0, T0, 0xc00)
            .i(0x73, 2, T0, 0, 0x300)
            .word(0x1020_0073));
    long[] bits = {0, 0x8002, 0xffff_ffffL, 0x0230_51d3, 0xc002_9073L, 0x3000_22f3, 0x1020_0073};
    long pc = CODE;
    for (long each : bits) {
      hart.pc = pc;
      assertTrap(Trap.ILLEGAL_INSTRUCTION, pc, each);
      pc += (each & 3) == 3 ? 4 : 2;
    }
  }

  @Test
  void aReservedDynamicRoundingModeIsIllegalOnlyWhereItCounts() {
    machine.code(CODE, new CodeBuffer().word(0x2000_01d3).word(0x0200_71d3));
    hart.fcsr = 5 << 5;
    assertEquals(Trap.ILLEGAL_INSTRUCTION, machine.run(10));
    assertEquals(CODE + 4, hart.pc);
    hart.fcsr = 4 << 5;
    assertEquals(Trap.QUANTUM_OVER, machine.run(1));
  }

  @Test
  void anAtomicThatIsNotAlignedTraps() {
    machine.map(DATA, new byte[4096], RW);
    machine.code(CODE, new CodeBuffer().r(0x2f, 3, 0, T1, T0, T1));
    hart.x[T0] = DATA + 4;
    assertTrap(Trap.MISALIGNED_ATOMIC, CODE, DATA + 4);
  }

  @Test
  void anAtomicOnAReadOnlyPageIsAStoreFault() {
    machine.map(DATA, new byte[4096], AddressSpace.READ);
    machine.code(CODE, new CodeBuffer().r(0x2f, 3, 0, T1, T0, T1));
    hart.x[T0] = DATA;
    assertTrap(Trap.STORE_FAULT, CODE, DATA);
  }

  @Test
  void aReservationDoesNotOutliveATrap() {
    machine.map(DATA, new byte[4096], RW);
    machine.code(
        CODE,
        new CodeBuffer()
            .r(0x2f, 3, 8, T1, T0, 0)
            .r(0x2f, 3, 12, T1, T0, T0)
            .r(0x2f, 3, 8, 7, T0, 0)
            .ecall()
            .r(0x2f, 3, 12, 7, T0, 0));
    hart.x[T0] = DATA;
    assertEquals(Trap.ECALL, machine.run(10));
    assertEquals(0, hart.x[T1]);
    assertEquals(DATA, hart.x[7]);
    hart.pc += 4;
    machine.run(1);
    assertEquals(1, hart.x[7]);
  }

  @Test
  void writesToRegisterZeroAreLost() {
    machine.code(CODE, new CodeBuffer().addi(0, 0, 5).lui(0, 4096).jal(0, 4).addi(T0, 0, 1));
    machine.run(4);
    assertEquals(0, hart.x[0]);
    assertEquals(1, hart.x[T0]);
  }
}
