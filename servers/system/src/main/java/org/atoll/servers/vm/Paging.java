package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EACCES;
import static org.atoll.abi.Errno.EFAULT;
import static org.atoll.abi.Errno.EIO;
import static org.atoll.abi.Errno.ENOMEM;
import static org.atoll.abi.KernelCalls.PAGE_EXECUTE;
import static org.atoll.abi.KernelCalls.PAGE_READ;
import static org.atoll.abi.KernelCalls.PAGE_SHARED;
import static org.atoll.abi.KernelCalls.PAGE_WRITE;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Makes one page of an address space present with the rights that its region gives: zeros, a copy
 * of what is shared with another, a page of a file, or more stack.
 */
final class Paging {

  /** {@link #touch}: the page is there. */
  static final int PRESENT = 0;

  /** {@link #touch}: the page is on its way; {@link #awaited} says which. */
  static final int AWAITED = 1;

  /** Added to an access: whatever the region's rights are (an exec fills its own pages). */
  static final int PRIVILEGED = 0x100;

  /** Pages around a read fault that are mapped with it when they are cached: a power of two. */
  private static final int AROUND_PAGES = 16;

  /** Free pages kept between a stack and the mapping below (Linux stack_guard_gap). */
  private static final int GUARD_PAGES = 256;

  private final State state;
  private final Fetching fetching;
  private long awaited;

  Paging(State state, Fetching fetching) {
    this.state = state;
    this.fetching = fetching;
  }

  /** The key of the page that the last {@link #touch} waits for. */
  long awaited() {
    return awaited;
  }

  /** Makes a page present for an access: PRESENT, AWAITED, or a negated errno. */
  int touch(Turn turn, AddressSpace space, long page, int access) {
    Region r = space.find(page);
    if (r == null) {
      r = growStack(turn.kernel(), space, page);
    }
    if (r == null) {
      return -EFAULT;
    }
    if (!allows(r, access)) {
      return -EACCES;
    }
    int frame = turn.kernel().spaceFrame(space.id, page);
    if (frame >= 0) {
      return open(turn.kernel(), space, r, page, frame, access);
    }
    return bring(turn, space, r, page, access);
  }

  private static boolean allows(Region r, int access) {
    if ((access & PRIVILEGED) != 0) {
      return true;
    }
    return switch (access) {
      case PAGE_WRITE -> r.isWritable();
      case PAGE_EXECUTE -> (r.rights & PAGE_EXECUTE) != 0;
      default -> (r.rights & (PAGE_READ | PAGE_WRITE)) != 0;
    };
  }

  private @Nullable Region growStack(KernelCalls kernel, AddressSpace space, long page) {
    Region r = space.from(page);
    if (r == null || !r.is(Region.GROWS_DOWN) || page < AddressSpace.LOWEST) {
      return null;
    }
    long more = r.start - page;
    Region below = space.below(page);
    boolean tooBig = r.end - page > space.stackBytesMax / State.PAGE;
    boolean tooClose =
        below != null && !below.is(Region.GROWS_DOWN) && below.end + GUARD_PAGES > page;
    if (tooBig || tooClose || !state.mayCommit(kernel, more)) {
      return null;
    }
    r.start = page;
    state.commit(r.is(Region.COMMITTED) ? more : 0);
    return r;
  }

  /** A present page that does not allow the access: a first write, or rights that changed. */
  private int open(
      KernelCalls kernel, AddressSpace space, Region r, long page, int frame, int access) {
    boolean alone = r.is(Region.SHARED) || kernel.frameReferences(frame) == 1;
    if (alone) {
      kernel.spaceProtect(space.id, page, 1, r.pageRights());
      return PRESENT;
    }
    if ((access & PAGE_WRITE) == 0) {
      kernel.spaceProtect(space.id, page, 1, r.pageRights() & ~PAGE_WRITE);
      return PRESENT;
    }
    int copy = state.allocate(kernel);
    if (copy < 0) {
      return -ENOMEM;
    }
    kernel.frameCopy(frame, 0, copy, 0, State.PAGE);
    return state.map(kernel, space, page, copy, r.pageRights());
  }

  private int bring(Turn turn, AddressSpace space, Region r, long page, int access) {
    KernelCalls kernel = turn.kernel();
    if (r.file != 0 && fileBytes(r, page) > 0) {
      return bringFile(turn, space, r, page, access);
    }
    if (r.shared != 0) {
      return bringShared(kernel, space, r, page);
    }
    int frame = state.allocate(kernel);
    if (frame < 0) {
      return -ENOMEM;
    }
    return state.map(kernel, space, page, frame, r.pageRights());
  }

  private int bringShared(KernelCalls kernel, AddressSpace space, Region r, long page) {
    SharedMemory memory = state.memory(r.shared);
    if (r.backingPage(page) >= memory.promisedPages) {
      return -EIO;
    }
    int frame = (int) memory.frames.get(r.backingPage(page), -1);
    if (frame < 0) {
      frame = state.allocate(kernel);
      if (frame < 0) {
        return -ENOMEM;
      }
      memory.frames.put(r.backingPage(page), frame);
    }
    kernel.frameRetain(frame);
    return state.map(kernel, space, page, frame, r.pageRights() | PAGE_SHARED);
  }

  private int bringFile(Turn turn, AddressSpace space, Region r, long page, int access) {
    MappedFile file = state.file(r.file);
    long wanted = r.backingPage(page);
    if (!PageCache.hasKey(wanted)) {
      return -EIO;
    }
    int frame = state.cache.frame(file, wanted);
    if (frame < 0) {
      awaited = fetching.begin(turn, file, wanted);
      return awaited < 0 ? -ENOMEM : AWAITED;
    }
    int result = install(turn.kernel(), space, r, page, frame, access);
    if (result == PRESENT && (access & PAGE_WRITE) == 0) {
      mapAround(turn.kernel(), space, r, page);
    }
    return result;
  }

  /** Maps a cached page, or a copy of it when it is to be written or ends in zeros. */
  private int install(
      KernelCalls kernel, AddressSpace space, Region r, long page, int frame, int access) {
    boolean copied =
        fileBytes(r, page) < State.PAGE || (access & PAGE_WRITE) != 0 && !r.is(Region.SHARED);
    kernel.frameRetain(frame);
    if (!copied) {
      int rights =
          r.is(Region.SHARED) ? r.pageRights() | PAGE_SHARED : r.pageRights() & ~PAGE_WRITE;
      return state.map(kernel, space, page, frame, rights);
    }
    int copy = state.allocate(kernel);
    int result = -ENOMEM;
    if (copy >= 0) {
      kernel.frameCopy(frame, 0, copy, 0, fileBytes(r, page));
      result = state.map(kernel, space, page, copy, r.pageRights());
    }
    kernel.frameRelease(frame);
    return result;
  }

  /** Bytes of a page that are the file's; zeros follow. None where mremap went past them all. */
  private static int fileBytes(Region r, long page) {
    return r.zeroFrom == Region.NOWHERE
        ? State.PAGE
        : (int) Math.clamp(r.zeroFrom - r.backingPage(page) * State.PAGE, 0L, State.PAGE);
  }

  /** Maps the cached neighbours of a page that was read: most are asked for soon. */
  private void mapAround(KernelCalls kernel, AddressSpace space, Region r, long page) {
    MappedFile file = state.file(r.file);
    long first = Math.max(r.start, page & -AROUND_PAGES);
    long last = Math.min(r.end, (page & -AROUND_PAGES) + AROUND_PAGES);
    for (long p = first; p < last; p++) {
      if (fileBytes(r, p) < State.PAGE || kernel.spaceFrame(space.id, p) >= 0) {
        continue;
      }
      int frame = state.cache.frame(file, r.backingPage(p));
      if (frame >= 0 && install(kernel, space, r, p, frame, PAGE_READ) < 0) {
        return;
      }
    }
  }
}
