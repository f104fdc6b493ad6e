package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EFAULT;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ENOMEM;

import org.atoll.abi.Limits;
import org.atoll.abi.Turn;

/** mremap: a mapping shrinks, grows where it is, or moves with its pages. */
final class Remapping {

  private static final int MAYMOVE = 1;
  private static final int FIXED = 2;
  private static final int DONTUNMAP = 4;

  private final State state;

  Remapping(State state) {
    this.state = state;
  }

  /** MREMAP. */
  void remap(
      Turn turn,
      long request,
      long address,
      long oldBytes,
      long newBytes,
      long flags,
      long newAddress) {
    AddressSpace space = state.spaceOf(request);
    long refused = check(address, oldBytes, newBytes, flags, newAddress);
    if (space == null || refused != 0) {
      turn.reply(request, space == null ? -EFAULT : refused);
      return;
    }
    long from = address / State.PAGE;
    long oldPages = (oldBytes + State.PAGE - 1) / State.PAGE;
    long newPages = (newBytes + State.PAGE - 1) / State.PAGE;
    Region r = space.find(from);
    if (r == null || from + Math.min(oldPages, newPages) > r.end) {
      turn.reply(request, -EFAULT);
      return;
    }
    long result;
    if ((flags & (FIXED | DONTUNMAP)) == 0 && newPages <= oldPages) {
      state.unmap(turn, space, from + newPages, from + oldPages);
      result = address;
    } else if (from + oldPages > r.end) {
      result = -EFAULT;
    } else {
      Client client = state.client(Turn.caller(request));
      long page =
          resize(turn, client, space, from, oldPages, newPages, flags, newAddress / State.PAGE);
      result = page < 0 ? page : page * State.PAGE;
    }
    turn.reply(request, result);
  }

  private static long check(
      long address, long oldBytes, long newBytes, long flags, long newAddress) {
    boolean fixed = (flags & FIXED) != 0;
    boolean keep = (flags & DONTUNMAP) != 0;
    if ((flags & ~(MAYMOVE | FIXED | DONTUNMAP)) != 0
        || (fixed || keep) && (flags & MAYMOVE) == 0
        || keep && oldBytes != newBytes
        || !Mapping.isRange(address, oldBytes)
        || newBytes <= 0
        || newBytes > Limits.USER_ADDRESS_END) {
      return -EINVAL;
    }
    if (fixed) {
      boolean apart = newAddress + newBytes <= address || address + oldBytes <= newAddress;
      return Mapping.isRange(newAddress, newBytes) && apart ? 0 : -EINVAL;
    }
    return 0;
  }

  /** The page where the mapping is afterwards, or a negated errno. */
  private long resize(
      Turn turn,
      Client client,
      AddressSpace space,
      long from,
      long oldPages,
      long newPages,
      long flags,
      long newPage) {
    Region r = space.find(from);
    if (r == null || (flags & DONTUNMAP) != 0 && !r.isPlain()) {
      return -EINVAL;
    }
    long more = (flags & DONTUNMAP) != 0 ? newPages : Math.max(0, newPages - oldPages);
    boolean overLimit = (space.mappedPages() + more) * State.PAGE > client.spaceBytesMax;
    if (overLimit || r.is(Region.COMMITTED) && !state.mayCommit(turn.kernel(), more)) {
      return -ENOMEM;
    }
    boolean inPlace = (flags & (FIXED | DONTUNMAP)) == 0 && from + oldPages == r.end;
    long end = from + newPages;
    if (inPlace && end <= AddressSpace.END && space.isFree(r.end, end)) {
      state.commit(r.is(Region.COMMITTED) ? end - r.end : 0);
      r.end = end;
      space.merge(from, end);
      return from;
    }
    if ((flags & MAYMOVE) == 0) {
      return -ENOMEM;
    }
    long to = (flags & FIXED) != 0 ? newPage : space.room(newPages);
    return to < 0 || state.isFull(space)
        ? -ENOMEM
        : move(turn, space, from, oldPages, to, newPages, flags);
  }

  private long move(
      Turn turn, AddressSpace space, long from, long oldPages, long to, long newPages, long flags) {
    state.unmap(turn, space, to, to + newPages);
    if (newPages < oldPages) {
      state.unmap(turn, space, from + newPages, from + oldPages);
    }
    Region old = space.find(from);
    if (old == null) {
      return -EFAULT;
    }
    Region moved = old.part(from, from + Math.min(oldPages, newPages));
    long carried = moved.pages();
    moved.start = to;
    moved.end = to + newPages;
    state.enter(space, moved);
    if (state.move(turn.kernel(), space, from, to, carried) < 0) {
      state.unmap(turn, space, to, to + newPages);
      return -ENOMEM;
    }
    if ((flags & DONTUNMAP) == 0) {
      state.unmap(turn, space, from, from + carried);
    }
    space.merge(to, moved.end);
    return to;
  }
}
