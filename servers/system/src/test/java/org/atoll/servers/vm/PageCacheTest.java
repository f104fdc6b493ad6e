package org.atoll.servers.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.atoll.abi.StateWriter;
import org.atoll.libsys.testing.KernelRecorder;
import org.junit.jupiter.api.Test;

class PageCacheTest {

  private final KernelRecorder memory = new VmFixture().memory;
  private final PageCache cache = new PageCache();
  private final MappedFile file = new MappedFile(1, 77, VmFixture.LOCAL_FS, 9, 1, 0);
  private final MappedFile other = new MappedFile(2, 78, VmFixture.LOCAL_FS, 9, 2, 0);

  @Test
  void aLookUpLeavesNothingBehind() {
    int empty = savedBytes();
    assertEquals(-1, cache.frame(file, 5));
    assertEquals(-1, cache.find(file, 5));
    assertEquals(empty, savedBytes());
  }

  @Test
  void aPageThatDoesNotComeLeavesNothingBehind() {
    int empty = savedBytes();
    long key = cache.expect(file, 5);
    assertEquals(key, cache.find(file, 5));
    cache.came(key);
    assertEquals(-1, cache.find(file, 5));
    assertEquals(empty, savedBytes());
  }

  @Test
  void aPageIsFoundUnderItsVersionUntilItGivesWay() {
    int frame = memory.frameAllocate();
    long key = cache.expect(file, 5);
    cache.put(memory, key, frame);
    cache.came(key);
    assertEquals(frame, cache.frame(file, 5));
    assertEquals(-1, cache.frame(other, 5));
    assertNotEquals(cache.find(file, 5), cache.find(file, 6));
    cache.evict(memory);
    assertEquals(-1, cache.find(file, 5));
  }

  @Test
  void pagesBehindTheLastOneAreNeverFound() {
    long key = cache.expect(file, 0);
    cache.put(memory, key, memory.frameAllocate());
    assertEquals(-1, cache.frame(file, 1L << 32));
    assertEquals(-1, cache.frame(file, -1));
  }

  private int savedBytes() {
    StateWriter out = new StateWriter();
    cache.save(out);
    return out.toBytes().length;
  }
}
