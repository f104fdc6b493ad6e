package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.junit.jupiter.api.Test;

/** What programs make others keep for them has an end. */
final class BoundsTest {

  private static final int INODES_LEAST = 1_024;

  private final TestVos vos = new TestVos();

  @Test
  void aNameMoreCountsAsAnInode() {
    vos.machine.framesTotal = 20;
    TestVos.Guest p = vos.init();
    p.put("/a", "");
    int names = 0;
    while (p.link("/a", "/n" + names) == 0) {
      names++;
    }
    assertEquals(-Errno.ENOSPC, p.link("/a", "/more"));
    assertEquals(-Errno.ENOSPC, p.open("/new", 0101));
    assertTrue(names < INODES_LEAST && names > INODES_LEAST - 10, "names: " + names);
    assertEquals(0, p.unlink("/n0"));
    assertEquals(0, p.link("/a", "/again"));
  }

  @Test
  void locksAreBoundedOverAllFiles() {
    VfsState state = new VfsState();
    Locks locks = new Locks(state, (turn, file) -> {});
    assertTrue(locks.haveRoom());
    state.locksHeld = Limits.FILE_LOCKS_MAX - 1;
    assertFalse(locks.haveRoom());
  }
}
