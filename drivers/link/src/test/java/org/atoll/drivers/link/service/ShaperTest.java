package org.atoll.drivers.link.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ShaperTest {

  private final Shaper shaper = new Shaper();

  @Test
  void withoutAShapeBytesArriveAtOnce() {
    assertEquals(5, shaper.arrives(1_000_000, 5));
  }

  @Test
  void piecesFollowEachOtherAtTheRate() {
    shaper.shape(new Shape(1_000_000, 0));
    assertEquals(1_000_000, shaper.arrives(1_000, 0));
    assertEquals(3_000_000, shaper.arrives(2_000, 500));
    assertEquals(11_000_000, shaper.arrives(1_000, 10_000_000));
  }

  @Test
  void aDelayAddsToEachPieceAndHoldsNoneUp() {
    shaper.shape(new Shape(0, 700));
    assertEquals(700, shaper.arrives(1_000, 0));
    assertEquals(701, shaper.arrives(1_000, 1));
  }

  @Test
  void aShapeThatWouldLookLikeDeathIsNone() {
    assertThrows(IllegalArgumentException.class, () -> new Shape(999, 0));
    assertThrows(IllegalArgumentException.class, () -> new Shape(0, 1_000_000_001));
    assertThrows(IllegalArgumentException.class, () -> new Shape(0, -1));
  }
}
