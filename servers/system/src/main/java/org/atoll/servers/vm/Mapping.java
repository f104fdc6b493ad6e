package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EBADF;
import static org.atoll.abi.Errno.EEXIST;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ENODEV;
import static org.atoll.abi.Errno.ENOMEM;
import static org.atoll.abi.Errno.EOVERFLOW;
import static org.atoll.servers.vm.Protection.MAP_ANONYMOUS;
import static org.atoll.servers.vm.Protection.MAP_FIXED;
import static org.atoll.servers.vm.Protection.MAP_FIXED_NOREPLACE;
import static org.atoll.servers.vm.Protection.MAP_GROWSDOWN;
import static org.atoll.servers.vm.Protection.MAP_HUGETLB;
import static org.atoll.servers.vm.Protection.MAP_NORESERVE;
import static org.atoll.servers.vm.Protection.MAP_POPULATE;
import static org.atoll.servers.vm.Protection.MAP_PRIVATE;
import static org.atoll.servers.vm.Protection.MAP_SHARED;
import static org.atoll.servers.vm.Protection.MAP_SHARED_VALIDATE;
import static org.atoll.servers.vm.Protection.MAP_TYPE;

import org.atoll.abi.Endpoint;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libsys.Row;

/** mmap and munmap. */
final class Mapping {

  /** Pages that MAP_POPULATE makes present at once; the others come when they are touched. */
  private static final int POPULATE_PAGES_MAX = 64;

  private static final int TO_BE_MADE = -1;

  private final State state;
  private final Paging paging;

  Mapping(State state, Paging paging) {
    this.state = state;
    this.paging = paging;
  }

  /** MMAP: at once without a file; with one, VFS is asked for it first. */
  void map(
      Turn turn,
      long request,
      long address,
      long bytes,
      long protection,
      long flags,
      long fd,
      long offset) {
    long refused = check(request, address, bytes, flags, offset);
    if (refused != 0) {
      turn.reply(request, refused);
      return;
    }
    if ((flags & MAP_ANONYMOUS) != 0) {
      anonymous(turn, request, address, bytes, protection, flags);
      return;
    }
    if (fd < 0) {
      turn.reply(request, -EBADF);
      return;
    }
    if (!PageCache.holds(offset, bytes)) {
      turn.reply(request, -EOVERFLOW);
      return;
    }
    long call =
        turn.call(
            turn.role(Role.VFS),
            VfsProtocol.Call.MAP.encode(
                turn.scratch(), Turn.caller(request), fd, protection, flags));
    if (call < 0) {
      turn.reply(request, -ENOMEM);
      return;
    }
    state.calls.add(
        call, Step.MMAP_FILE.ordinal(), request, address, bytes, protection, flags, offset);
  }

  private void anonymous(
      Turn turn, long request, long address, long bytes, long protection, long flags) {
    Region r = region(bytes, protection, flags);
    if (r.is(Region.SHARED)) {
      r.flags |= Region.MAY_WRITE;
      r.shared = TO_BE_MADE;
    }
    turn.reply(request, place(turn, request, address, flags, r));
  }

  private long check(long request, long address, long bytes, long flags, long offset) {
    long type = flags & MAP_TYPE;
    boolean wrongType = type != MAP_PRIVATE && type != MAP_SHARED && type != MAP_SHARED_VALIDATE;
    if (bytes == 0
        || offset % State.PAGE != 0
        || wrongType
        || (flags & MAP_HUGETLB) != 0
        || (flags & MAP_GROWSDOWN) != 0 && type != MAP_PRIVATE) {
      return -EINVAL;
    }
    if (bytes < 0 || bytes > Limits.USER_ADDRESS_END) {
      return -ENOMEM;
    }
    boolean fixed = (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0;
    if (fixed && address % State.PAGE != 0) {
      return -EINVAL;
    }
    if (fixed && (address < 0 || address > Limits.USER_ADDRESS_END - bytes)) {
      return -ENOMEM;
    }
    return state.spaceOf(request) == null ? -ENOMEM : 0;
  }

  /** VFS answered with the file of a mapping, or an error. */
  void fileReady(Turn turn, Row row, Message m) {
    long request = row.w0;
    if (m.w0 < 0) {
      turn.reply(request, m.w0);
      return;
    }
    if (m.w0 == VfsProtocol.NO_FILE) {
      anonymous(turn, request, row.w1, row.w2, row.w3, row.w4);
      return;
    }
    MappedFile file = state.createFile(m.w0, (int) m.w1, m.w2, m.w3, m.w4);
    file.users = 1;
    Region r = region(row.w2, row.w3, row.w4);
    r.file = file.id;
    r.offset = row.w5 / State.PAGE;
    boolean canShareWrites = m.w5 != 0 && Endpoint.home(file.fs) == turn.node();
    if (r.is(Region.SHARED) && r.isWritable() && !canShareWrites) {
      turn.reply(request, -ENODEV);
    } else {
      r.flags |= canShareWrites ? Region.MAY_WRITE : 0;
      turn.reply(request, place(turn, request, row.w1, row.w4, r));
    }
    state.dropFile(turn, file);
  }

  /** Finds room for a region, which is from page 0 on, and enters it; or a negated errno. */
  private long place(Turn turn, long request, long address, long flags, Region r) {
    AddressSpace space = state.spaceOf(request);
    if (space == null) {
      return -ENOMEM;
    }
    long start = choose(space, address, r.end, flags);
    if (start < 0) {
      return start;
    }
    long replaced = overlap(space, start, start + r.end);
    Client client = state.client(Turn.caller(request));
    long total = (space.mappedPages() - replaced + r.end) * State.PAGE;
    boolean overLimit = total > client.spaceBytesMax;
    boolean promised = r.is(Region.COMMITTED) || r.shared == TO_BE_MADE;
    if (overLimit || state.isFull(space) || promised && !state.mayCommit(turn.kernel(), r.end)) {
      return -ENOMEM;
    }
    r.end += start;
    r.start = start;
    r.shared = r.shared == TO_BE_MADE ? state.createMemory(r.pages()).id : r.shared;
    state.unmap(turn, space, r.start, r.end);
    state.enter(space, r);
    space.merge(r.start, r.end);
    if ((flags & MAP_POPULATE) != 0) {
      populate(turn, space, start, r.end);
    }
    return start * State.PAGE;
  }

  /** A region of the wanted kind from page 0 on, without backing. A private one may be written. */
  private static Region region(long bytes, long protection, long flags) {
    long pages = (bytes + State.PAGE - 1) / State.PAGE;
    boolean shared = (flags & MAP_TYPE) != MAP_PRIVATE;
    Region r = new Region(0, pages, Protection.rights(protection), 0);
    r.flags |= shared ? Region.SHARED : Region.MAY_WRITE;
    r.flags |= (flags & MAP_GROWSDOWN) != 0 ? Region.GROWS_DOWN : 0;
    r.flags |= (flags & MAP_NORESERVE) != 0 ? Region.NO_RESERVE : 0;
    r.flags |= commits(r) ? Region.COMMITTED : 0;
    return r;
  }

  /** Whether a region's pages are promised by the region itself: private ones to be written. */
  static boolean commits(Region r) {
    return !r.is(Region.NO_RESERVE) && !r.is(Region.SHARED) && r.isWritable();
  }

  private static long choose(AddressSpace space, long address, long pages, long flags) {
    long page = address / State.PAGE;
    if ((flags & MAP_FIXED_NOREPLACE) != 0) {
      return space.isFree(page, page + pages) ? page : -EEXIST;
    }
    if ((flags & MAP_FIXED) != 0) {
      return page;
    }
    long hint = address <= 0 ? 0 : Math.max(AddressSpace.LOWEST, (address - 1) / State.PAGE + 1);
    if (hint != 0 && hint <= AddressSpace.END - pages && space.isFree(hint, hint + pages)) {
      return hint;
    }
    long room = space.room(pages);
    return room < 0 ? -ENOMEM : room;
  }

  private static long overlap(AddressSpace space, long from, long to) {
    long pages = 0;
    for (Region r : space.regions()) {
      pages += Math.max(0, Math.min(to, r.end) - Math.max(from, r.start));
    }
    return pages;
  }

  private void populate(Turn turn, AddressSpace space, long from, long to) {
    long last = Math.min(to, from + POPULATE_PAGES_MAX);
    for (long page = from; page < last; page++) {
      Region r = space.find(page);
      int access = r != null && r.isWritable() ? KernelCalls.PAGE_WRITE : KernelCalls.PAGE_READ;
      if (paging.touch(turn, space, page, access) != Paging.PRESENT) {
        return;
      }
    }
  }

  /** MUNMAP. */
  void unmap(Turn turn, long request, long address, long bytes) {
    AddressSpace space = state.spaceOf(request);
    if (space == null || !isRange(address, bytes)) {
      turn.reply(request, -EINVAL);
      return;
    }
    long from = address / State.PAGE;
    long to = from + (bytes + State.PAGE - 1) / State.PAGE;
    if (space.splits(from, to) && state.isFull(space)) {
      turn.reply(request, -ENOMEM);
      return;
    }
    state.unmap(turn, space, from, to);
    turn.reply(request, 0);
  }

  /** Whether a range is page-aligned at its start, not empty, and in user memory. */
  static boolean isRange(long address, long bytes) {
    return address >= 0
        && address % State.PAGE == 0
        && bytes > 0
        && bytes <= Limits.USER_ADDRESS_END
        && address <= Limits.USER_ADDRESS_END - bytes;
  }
}
