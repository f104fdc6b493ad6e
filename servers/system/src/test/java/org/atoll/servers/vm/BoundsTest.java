package org.atoll.servers.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Limits;
import org.atoll.libsys.testing.KernelRecorder;
import org.junit.jupiter.api.Test;

/** How many regions there may be. */
final class BoundsTest {

  private final State state = new State();
  private final KernelRecorder kernel = new VmFixture().memory;

  private AddressSpace space(int regions) {
    AddressSpace space = state.createSpace(kernel);
    for (int i = 0; i < regions; i++) {
      space.add(new Region(100 + 2L * i, 101 + 2L * i, 0, 0));
    }
    return space;
  }

  @Test
  void aSpaceHasAsManyRegionsAsLinuxGivesIt() {
    assertFalse(state.isFull(space(Limits.REGIONS_PER_SPACE_MAX - 1)));
    assertTrue(state.isFull(space(Limits.REGIONS_PER_SPACE_MAX)));
  }

  @Test
  void theSpacesOfANodeShareWhatItHasButEachMayHaveAFew() {
    int most = Limits.REGIONS_PER_NODE_MAX;
    for (int left = most; left > 0; left -= 65_536) {
      space(65_536);
    }
    assertTrue(state.isFull(space(1_000)));
    assertFalse(state.isFull(space(10)));
    assertFalse(state.hasRegions(1_000, 1_000));
  }

  @Test
  void aRangeSplitsTheRegionsThatReachOverItsEnds() {
    AddressSpace space = space(0);
    space.add(new Region(100, 110, 0, 0));
    assertTrue(space.splits(105, 200));
    assertTrue(space.splits(90, 105));
    assertTrue(space.splits(102, 103));
    assertFalse(space.splits(100, 110));
    assertFalse(space.splits(90, 200));
    assertEquals(1, space.regions().size());
  }
}
