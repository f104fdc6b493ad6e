package org.atoll.vcpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Trap;
import org.atoll.hypercall.cpu.Hart;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.DecodedCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Decoded code is shared, and never older than the guest may see. */
final class DecodedCodeTest {
  private static final int CODE = 0x1_0000;
  private static final int RWX = AddressSpace.RIGHTS;
  private static final int T0 = 5;
  private static final int T1 = 6;
  private static final int T2 = 7;
  private static final int FENCE_I = 0x100f;

  private final Machine machine = new Machine();
  private final Hart hart = machine.hart;

  @AfterEach
  void giveBack() {
    machine.close();
  }

  private static byte[] returning(int value) {
    return new CodeBuffer().addi(T0, 0, value).ecall().toBytes();
  }

  private void assertReturns(long value) {
    hart.pc = CODE;
    assertEquals(Trap.ECALL, machine.run(100));
    assertEquals(value, hart.x[T0]);
  }

  private int frame() {
    return AddressSpace.frame(machine.space.entry(CODE >>> 12));
  }

  private DecodedCode decoded() {
    DecodedCode code = machine.frames.decoded(frame());
    if (code == null) {
      throw new AssertionError("nothing is decoded");
    }
    return code;
  }

  @Test
  void aSecondProcessAndASecondEngineDecodeNothing() {
    machine.map(CODE, returning(1), Machine.RX);
    assertReturns(1);
    DecodedCode first = decoded();
    var other = new AddressSpace(machine.frames);
    assertTrue(machine.space.shareInto(other));
    hart.pc = CODE;
    assertEquals(Trap.ECALL, new Interpreter().run(hart, other, 100));
    assertSame(first, decoded());
  }

  @Test
  void whatTheKernelWritesIsExecutedAtTheNextRun() {
    machine.map(CODE, returning(1), Machine.RX);
    assertReturns(1);
    machine.frames.write(frame(), 0, returning(2), 0, 8);
    assertReturns(2);
  }

  @Test
  void aFrameThatIsReusedForOtherCodeRunsTheOtherCode() {
    machine.map(CODE, returning(1), Machine.RX);
    assertReturns(1);
    int frame = frame();
    machine.space.unmap(CODE >>> 12, 1);
    machine.map(CODE, returning(3), Machine.RX);
    assertEquals(frame, frame());
    assertReturns(3);
  }

  @Test
  void selfModifiedCodeIsSeenAfterAFence() {
    int changed = 8;
    machine.map(
        CODE,
        new CodeBuffer().s(0x23, 2, T1, T2, changed).word(FENCE_I).addi(T0, 0, 1).ecall().toBytes(),
        RWX);
    hart.x[T1] = CODE;
    for (int value = 1; value < 5; value++) {
      hart.x[T2] = (long) value << 20 | T0 << 7 | 0x13;
      assertReturns(value);
    }
  }

  @Test
  void codeWrittenThroughAnotherMappingIsSeenAfterAFence() {
    machine.map(CODE, new CodeBuffer().word(FENCE_I).append(target(1)).toBytes(), Machine.RX);
    machine.frames.retain(frame());
    long alias = 0x5000_0000;
    assertTrue(machine.space.map(alias >>> 12, frame(), Machine.RW));
    assertReturns(1);
    var writer = new AddressSpace(machine.frames);
    machine.frames.retain(frame());
    writer.map(alias >>> 12, frame(), Machine.RW);
    machine.frames.retain(frame());
    writer.map(1, machine.frames.allocate(), Machine.RX);
    machine.frames.write(
        AddressSpace.frame(writer.entry(1)),
        0,
        new CodeBuffer().s(0x23, 2, T1, T2, 4).ecall().toBytes(),
        0,
        8);
    var other = new Hart();
    other.pc = 4096;
    other.x[T1] = alias;
    other.x[T2] = 9 << 20 | T0 << 7 | 0x13;
    assertEquals(Trap.ECALL, new Interpreter().run(other, writer, 10));
    assertReturns(9);
  }

  private static CodeBuffer target(int value) {
    return new CodeBuffer().addi(T0, 0, value).ecall();
  }

  @Test
  void aFenceKeepsDecodedCodeThatDidNotChange() {
    machine.map(CODE, returning(1), Machine.RX);
    assertReturns(1);
    DecodedCode first = decoded();
    machine.frames.fenceInstructions();
    assertReturns(1);
    assertSame(first, decoded());
  }

  @Test
  void aFenceDropsDecodedCodeThatChanged() {
    machine.map(CODE, returning(1), RWX);
    assertReturns(1);
    DecodedCode first = decoded();
    hart.x[T1] = CODE;
    hart.x[T2] = 4 << 20 | T0 << 7 | 0x13;
    machine.map(0x9000, new CodeBuffer().s(0x23, 2, T1, T2, 0).ecall().toBytes(), Machine.RX);
    hart.pc = 0x9000;
    machine.run(10);
    machine.frames.fenceInstructions();
    assertReturns(4);
    assertNotSame(first, decoded());
  }

  @Test
  void pagesThatWereWrittenAndThenMadeExecutableRunWhatWasWritten() {
    machine.map(CODE, returning(1), RWX);
    assertReturns(1);
    machine.space.protect(CODE >>> 12, 1, Machine.RW);
    machine.map(0x9000, new CodeBuffer().s(0x23, 2, T1, T2, 0).ecall().toBytes(), Machine.RX);
    hart.x[T1] = CODE;
    hart.x[T2] = 6 << 20 | T0 << 7 | 0x13;
    hart.pc = 0x9000;
    machine.run(10);
    machine.space.protect(CODE >>> 12, 1, Machine.RX);
    assertReturns(6);
  }
}
