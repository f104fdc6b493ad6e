package org.atoll.vcpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Trap;
import org.atoll.hypercall.cpu.Hart;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Address spaces that take turns on one engine, more of them than it keeps translations of. */
final class TranslationsTest {
  private static final int SPACES = 20;
  private static final long CODE = 0x1_0000;
  private static final long DATA = 0x2_0000;
  private static final int T0 = 5;
  private static final int T1 = 6;
  private static final int LOAD = 0x03;
  private static final int STORE = 0x23;
  private static final int DOUBLEWORD = 3;

  /** Adds the loaded word and a number of the space's own code. */
  private static byte[] adding(int number) {
    return new CodeBuffer()
        .i(LOAD, DOUBLEWORD, T0, T1, 0)
        .addi(T0, T0, number)
        .s(STORE, DOUBLEWORD, T1, T0, 0)
        .ecall()
        .toBytes();
  }

  private final Machine machine = new Machine();
  private final Frames frames = machine.frames;
  private final List<AddressSpace> spaces = new ArrayList<>();

  @AfterEach
  void giveBack() {
    machine.close();
  }

  private void map(AddressSpace space, long address, byte[] bytes, int rights) {
    int frame = frames.allocate();
    frames.write(frame, 0, bytes, 0, bytes.length);
    assertTrue(space.map(address >>> Frames.FRAME_SHIFT, frame, rights));
  }

  private void makeSpaces() {
    for (int i = 0; i < SPACES; i++) {
      AddressSpace space = new AddressSpace(frames);
      map(space, CODE, adding(i), Machine.RX);
      map(space, DATA, new byte[] {(byte) (100 + i)}, Machine.RW);
      spaces.add(space);
    }
  }

  private int run(AddressSpace space) {
    Hart hart = machine.hart;
    hart.pc = CODE;
    hart.x[T1] = DATA;
    return machine.engine.run(hart, space, 100);
  }

  private void assertSees(int space, long word) {
    assertEquals(Trap.ECALL, run(spaces.get(space)));
    assertEquals(word, machine.hart.x[T0], "space " + space);
  }

  @Test
  void eachRunsItsOwnCodeOnItsOwnData() {
    makeSpaces();
    for (int round = 1; round <= 3; round++) {
      for (int i = 0; i < SPACES; i++) {
        assertSees(i, 100 + i + (long) round * i);
      }
    }
    assertSees(1, 105);
    assertSees(19, 195);
    assertSees(1, 106);
  }

  @Test
  void whatChangedInASpaceWhileOthersRanIsSeen() {
    makeSpaces();
    assertSees(3, 106);
    assertSees(4, 108);
    AddressSpace space = spaces.get(3);
    map(space, DATA, new byte[] {7}, Machine.RW);
    assertSees(4, 112);
    assertSees(3, 10);
    space.protect(DATA >>> Frames.FRAME_SHIFT, 1, AddressSpace.READ);
    assertSees(4, 116);
    assertEquals(Trap.STORE_FAULT, run(space));
    space.unmap(DATA >>> Frames.FRAME_SHIFT, 1);
    assertSees(4, 120);
    assertEquals(Trap.LOAD_FAULT, run(space));
    assertEquals(DATA, machine.hart.trapValue);
    map(space, CODE, adding(50), Machine.RX);
    map(space, DATA, new byte[] {1}, Machine.RW);
    assertSees(4, 124);
    assertSees(3, 51);
  }

  @Test
  void aSpaceThatEndedLeavesNothingToOneWithItsFrames() {
    makeSpaces();
    assertSees(5, 110);
    spaces.get(5).clear();
    AddressSpace heir = new AddressSpace(frames);
    map(heir, CODE, adding(9), Machine.RX);
    map(heir, DATA, new byte[] {1}, Machine.RW);
    spaces.set(5, heir);
    assertSees(6, 112);
    assertSees(5, 10);
  }
}
