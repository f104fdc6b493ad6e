package org.atoll.hypercall.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AddressSpaceTest {
  private static final int R = AddressSpace.READ;
  private static final int W = AddressSpace.WRITE;
  private static final int X = AddressSpace.EXECUTE;
  private static final long LAST = AddressSpace.PAGE_LIMIT - 1;

  private final Arena arena = Arena.ofShared();
  private final Frames frames = new Frames(arena.allocate(64 * 4096, 4096).address(), 64);
  private final AddressSpace space = new AddressSpace(frames);

  @AfterEach
  void giveBack() {
    arena.close();
  }

  private int map(long page, int flags) {
    int frame = frames.allocate();
    assertTrue(space.map(page, frame, flags));
    return frame;
  }

  @Test
  void aMappedPageHasItsFrameAndRights() {
    int frame = map(LAST, R | X);
    assertEquals(frame, AddressSpace.frame(space.entry(LAST)));
    assertEquals(R | X | AddressSpace.MAPPED, space.entry(LAST) & 0xfff);
    assertEquals(0, space.entry(LAST - 1));
    assertEquals(0, space.entry(-1));
    assertEquals(0, space.entry(AddressSpace.PAGE_LIMIT));
    assertEquals(1, space.residentPages());
  }

  @Test
  void mappingAgainReleasesTheFrameThatWasThere() {
    int first = map(5, R);
    long version = space.version();
    int second = map(5, R);
    assertEquals(0, frames.references(first));
    assertEquals(second, AddressSpace.frame(space.entry(5)));
    assertEquals(1, space.residentPages());
    assertNotEquals(version, space.version());
  }

  @Test
  void onlyUserPagesCanBeMapped() {
    int frame = frames.allocate();
    assertThrows(
        IllegalArgumentException.class, () -> space.map(AddressSpace.PAGE_LIMIT, frame, R));
    assertThrows(IllegalArgumentException.class, () -> space.map(-1, frame, R));
    assertThrows(IllegalArgumentException.class, () -> space.unmap(LAST, 2));
    assertThrows(IllegalArgumentException.class, () -> space.protect(1, Long.MAX_VALUE, R));
  }

  @Test
  void unmappingReleasesWhatIsThereAndNothingElse() {
    int before = map(99, R);
    int first = map(100, R);
    int far = map(100_000, R);
    int after = map(100_001, R);
    space.unmap(100, 100_001 - 100);
    assertEquals(0, frames.references(first));
    assertEquals(0, frames.references(far));
    assertEquals(1, frames.references(before));
    assertEquals(1, frames.references(after));
    assertEquals(2, space.residentPages());
  }

  @Test
  void rightsCanBeTakenAndGivenBackWhileTheFrameStays() {
    int frame = map(7, R | W);
    long version = space.version();
    space.protect(0, LAST, 0);
    assertEquals(AddressSpace.MAPPED, space.entry(7) & 0xfff);
    assertEquals(frame, AddressSpace.frame(space.entry(7)));
    assertNotEquals(version, space.version());
    space.protect(7, 1, R | W);
    assertEquals(R | W, space.entry(7) & AddressSpace.RIGHTS);
  }

  @Test
  void aRightThatIsAddedDoesNotMoveTheVersion() {
    map(7, R);
    long version = space.version();
    space.protect(7, 1, R | W);
    map(8, R);
    assertEquals(version, space.version());
  }

  @Test
  void aPageIsDirtyFromTheFirstWriteUntilItIsCleaned() {
    map(7, R | W);
    assertEquals(0, space.entry(7) & AddressSpace.DIRTY);
    assertNotEquals(0, space.entryForWrite(7) & AddressSpace.DIRTY);
    assertNotEquals(0, space.entry(7) & AddressSpace.DIRTY);
    long version = space.version();
    space.clean(7);
    assertEquals(0, space.entry(7) & AddressSpace.DIRTY);
    assertNotEquals(version, space.version());
    map(8, R);
    assertEquals(0, space.entryForWrite(8));
    assertEquals(0, space.entry(8) & AddressSpace.DIRTY);
  }

  @Test
  void aForkSharesEveryPageAndTakesTheRightToWritePrivateOnes() {
    int code = map(16, R | X);
    int heap = map(1000, R | W);
    int shared = map(LAST, R | W | AddressSpace.SHARED);
    long version = space.version();
    var child = new AddressSpace(frames);
    assertTrue(space.shareInto(child));
    for (long page : new long[] {16, 1000, LAST}) {
      assertEquals(space.entry(page), child.entry(page));
    }
    assertEquals(R, space.entry(1000) & AddressSpace.RIGHTS);
    assertEquals(R | W, space.entry(LAST) & AddressSpace.RIGHTS);
    assertEquals(2, frames.references(code));
    assertEquals(2, frames.references(heap));
    assertEquals(2, frames.references(shared));
    assertEquals(3, child.residentPages());
    assertNotEquals(version, space.version());
  }

  @Test
  void parentAndChildChangeApartAfterAFork() {
    int heap = map(1000, R | W);
    var child = new AddressSpace(frames);
    assertTrue(space.shareInto(child));
    child.clear();
    assertEquals(1, frames.references(heap));
    assertEquals(heap, AddressSpace.frame(space.entry(1000)));
    assertEquals(0, child.residentPages());
    space.clear();
    assertEquals(0, frames.references(heap));
    assertEquals(64, frames.freeFrames());
  }

  @Test
  void aWalkMeetsMappedPagesInOrderAndNothingElse() {
    for (long page : new long[] {LAST, 3, 70_000, 255, 256}) {
      map(page, R);
    }
    long[] expected = {3, 255, 256, 70_000, LAST};
    long page = -1;
    for (long each : expected) {
      page = space.nextMapped(page + 1);
      assertEquals(each, page);
    }
    assertEquals(-1, space.nextMapped(page + 1));
  }

  @Test
  void copiesStopAtTheFirstPageWithoutTheRight() {
    map(10, R | W);
    map(11, R);
    long address = (10L << 12) + 4000;
    assertEquals(96 + 4096, space.readable(address, 10_000));
    assertEquals(96, space.writable(address, 10_000));
    assertEquals(5, space.readable(address, 5));
    assertEquals(0, space.readable(address - 8000, 5));
    var bytes = new byte[10_000];
    assertEquals(96 + 4096, space.read(address, bytes, 0, bytes.length));
    assertEquals(96, space.write(address, bytes, 0, bytes.length));
    assertEquals(0, space.read(-8, bytes, 0, 16));
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length);
    assertEquals(96 + 4096, space.read(address, buffer, 0, bytes.length));
    assertEquals(96, space.write(address, buffer, 0, bytes.length));
    assertEquals(0, space.read(-8, buffer, 0, 16));
  }

  @Test
  void whatIsCopiedInComesOutAcrossPages() {
    map(10, R | W);
    map(11, R | W);
    long address = (11L << 12) - 3;
    byte[] bytes = {1, 2, 3, 4, 5, 6};
    assertEquals(6, space.write(address, bytes, 0, 6));
    var back = new byte[6];
    assertEquals(6, space.read(address, back, 0, 6));
    assertArrayEquals(bytes, back);
    int frame = frames.allocate();
    assertEquals(6, space.readIntoFrame(address, frame, 100, 6));
    assertEquals(6, space.writeFromFrame(address + 1, frame, 100, 6));
    assertEquals(6, space.read(address + 1, back, 0, 6));
    assertArrayEquals(bytes, back);
    assertNotEquals(0, space.entry(11) & AddressSpace.DIRTY);
  }

  @Test
  void anEmptySpaceTakesNoMemory() {
    map(3, R);
    map(LAST, R);
    space.unmap(0, AddressSpace.PAGE_LIMIT);
    assertEquals(64, frames.freeFrames());
  }

  @Test
  void aMapThatFindsNoFrameForItsTablesChangesNothing() {
    map(3, R);
    int frame = frames.allocate();
    exhaust(1);
    assertFalse(space.map(LAST, frame, R));
    assertEquals(1, frames.references(frame));
    assertEquals(1, frames.freeFrames());
    assertEquals(1, space.residentPages());
    assertTrue(space.map(600, frame, R));
    assertEquals(0, frames.freeFrames());
  }

  @Test
  void aForkThatFindsNoFrameForItsTablesLeavesTheChildEmpty() {
    int first = map(3, R | W);
    map(LAST, R | W);
    exhaust(4);
    var child = new AddressSpace(frames);
    assertFalse(space.shareInto(child));
    assertEquals(0, child.residentPages());
    assertEquals(1, frames.references(first));
    assertEquals(4, frames.freeFrames());
  }

  @Test
  void movedPagesKeepTheirFramesAndFlags() {
    int first = map(511, R | W | AddressSpace.DIRTY);
    int second = map(513, R);
    assertTrue(space.move(510, 70_000, 4));
    assertEquals(first, AddressSpace.frame(space.entry(70_001)));
    assertEquals(R | W | AddressSpace.DIRTY | AddressSpace.MAPPED, space.entry(70_001) & 0xfff);
    assertEquals(second, AddressSpace.frame(space.entry(70_003)));
    assertEquals(-1, space.nextMapped(70_004));
    assertEquals(70_001, space.nextMapped(0));
    space.clear();
    assertEquals(64, frames.freeFrames());
  }

  @Test
  void aMoveThatFindsNoFrameForItsTablesMovesNothing() {
    map(511, R);
    map(512, R);
    exhaust(1);
    assertFalse(space.move(511, 1023 + 512, 2));
    assertEquals(1, frames.freeFrames());
    assertEquals(511, space.nextMapped(0));
    assertEquals(2, space.residentPages());
  }

  /** Takes all frames but so many. */
  private void exhaust(int left) {
    while (frames.freeFrames() > left) {
      frames.allocate();
    }
  }
}
