package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EACCES;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ENOMEM;
import static org.atoll.abi.KernelCalls.PAGE_WRITE;

import java.util.List;
import org.atoll.abi.Turn;

/**
 * mprotect. Regions change one after the other from the lowest on; the first that cannot, or a
 * hole, ends it, and what was changed stays so (as in Linux).
 */
final class Reprotection {

  private static final int PROT_GROWSDOWN = 0x0100_0000;

  private final State state;

  Reprotection(State state) {
    this.state = state;
  }

  /** MPROTECT. */
  void protect(Turn turn, long request, long address, long bytes, long protection) {
    AddressSpace space = state.spaceOf(request);
    long rights = protection & ~PROT_GROWSDOWN;
    if (space == null || address % State.PAGE != 0 || (rights & ~Protection.PROT_ALL) != 0) {
      turn.reply(request, -EINVAL);
      return;
    }
    if (bytes == 0) {
      turn.reply(request, 0);
      return;
    }
    if (!Mapping.isRange(address, bytes)) {
      turn.reply(request, -ENOMEM);
      return;
    }
    long from = address / State.PAGE;
    long to = from + (bytes + State.PAGE - 1) / State.PAGE;
    Region first = space.find(from);
    if ((protection & PROT_GROWSDOWN) != 0 && first != null) {
      if (!first.is(Region.GROWS_DOWN)) {
        turn.reply(request, -EINVAL);
        return;
      }
      from = first.start;
    }
    boolean noRoom = space.splits(from, to) && state.isFull(space);
    turn.reply(
        request, noRoom ? -ENOMEM : protect(turn, space, from, to, Protection.rights(rights)));
  }

  private long protect(Turn turn, AddressSpace space, long from, long to, int rights) {
    List<Region> pieces = space.take(from, to);
    long result = 0;
    long expected = from;
    for (Region r : pieces) {
      if (result == 0) {
        result = r.start == expected ? change(turn, space, r, rights) : -ENOMEM;
        expected = r.end;
      }
      space.add(r);
    }
    space.merge(from, to);
    return result == 0 && expected < to ? -ENOMEM : result;
  }

  private long change(Turn turn, AddressSpace space, Region r, int rights) {
    if ((rights & PAGE_WRITE) != 0 && !r.is(Region.MAY_WRITE)) {
      return -EACCES;
    }
    int before = r.rights;
    r.rights = rights;
    boolean commits = !r.is(Region.COMMITTED) && Mapping.commits(r);
    if (commits && !state.mayCommit(turn.kernel(), r.pages())) {
      r.rights = before;
      return -ENOMEM;
    }
    if (commits) {
      r.flags |= Region.COMMITTED;
      state.commit(r.pages());
    }
    int hardware = r.is(Region.SHARED) ? r.pageRights() : r.pageRights() & ~PAGE_WRITE;
    turn.kernel().spaceProtect(space.id, r.start, r.pages(), hardware);
    return 0;
  }
}
