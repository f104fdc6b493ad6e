package org.atoll.kernel;

import org.atoll.abi.Errno;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;

/**
 * The kernel calls about address spaces: ranges are checked, then the page table is changed. Who
 * may call was decided before. Owner: the CPU that runs VM's turn.
 */
final class SpaceCalls {

  /** The bits of an entry that kernel calls speak of. */
  static final int FLAGS = AddressSpace.RIGHTS | AddressSpace.SHARED | AddressSpace.DIRTY;

  private final Node node;

  SpaceCalls(Node node) {
    this.node = node;
  }

  private static boolean outside(long page, long count) {
    return page < 0 || count < 0 || page > AddressSpace.PAGE_LIMIT - count;
  }

  /** The last reference gives every frame back, when no CPU can be copying there any more. */
  void release(int id) {
    AddressSpace space = node.spaces.release(id);
    if (space != null) {
      node.quiescence.later(space::clear);
    }
  }

  int map(AddressSpace space, long page, int frame, int flags) {
    if (outside(page, 1) || !node.frameInUse(frame) || (flags & ~FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    return space.map(page, frame, flags) ? 0 : -Errno.ENOMEM;
  }

  int unmap(AddressSpace space, long page, long count) {
    if (outside(page, count)) {
      return -Errno.EINVAL;
    }
    space.unmap(page, count);
    return 0;
  }

  int protect(AddressSpace space, long page, long count, int flags) {
    if (outside(page, count)) {
      return -Errno.EINVAL;
    }
    space.protect(page, count, flags & AddressSpace.RIGHTS);
    return 0;
  }

  int move(AddressSpace space, long from, long to, long count) {
    if (outside(from, count) || outside(to, count) || from < to + count && to < from + count) {
      return -Errno.EINVAL;
    }
    long there = space.nextMapped(to);
    if (there >= 0 && there < to + count) {
      return -Errno.EINVAL;
    }
    return space.move(from, to, count) ? 0 : -Errno.ENOMEM;
  }

  int write(AddressSpace space, long address, byte[] source, int sourceOffset, int bytes) {
    int done = 0;
    while (done < bytes) {
      long at = address + done;
      long entry = space.entry(at >>> Frames.FRAME_SHIFT);
      if (entry == 0) {
        break;
      }
      int offset = (int) at & Frames.FRAME_BYTES - 1;
      int piece = Math.min(bytes - done, Frames.FRAME_BYTES - offset);
      node.frames.write(AddressSpace.frame(entry), offset, source, sourceOffset + done, piece);
      done += piece;
    }
    return done;
  }

  int read(AddressSpace space, long address, byte[] target, int targetOffset, int bytes) {
    int done = 0;
    while (done < bytes) {
      long at = address + done;
      long entry = space.entry(at >>> Frames.FRAME_SHIFT);
      if (entry == 0) {
        break;
      }
      int offset = (int) at & Frames.FRAME_BYTES - 1;
      int piece = Math.min(bytes - done, Frames.FRAME_BYTES - offset);
      node.frames.read(AddressSpace.frame(entry), offset, target, targetOffset + done, piece);
      done += piece;
    }
    return done;
  }

  int give(int endpoint, AddressSpace space) {
    Task task = node.tasks.find(endpoint);
    if (task == null) {
      return -Errno.ESRCH;
    }
    ProcessMachine process = task.process;
    if (process == null) {
      return -Errno.EINVAL;
    }
    process.space(space);
    return 0;
  }
}
