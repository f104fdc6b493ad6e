package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ENOMEM;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;

import org.atoll.abi.Endpoint;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/** Address spaces at fork and exit, limits, and what is told about sizes. */
final class Lifecycle {

  /** FORK: the child runs in the parent's space. */
  private static final int SHARE = 1;

  private final State state;
  private final Exec exec;
  private final Faults faults;
  private final SharedFutexes futexes;

  Lifecycle(State state, Exec exec, Faults faults, SharedFutexes futexes) {
    this.state = state;
    this.exec = exec;
    this.faults = faults;
    this.futexes = futexes;
  }

  /** FORK. */
  void fork(Turn turn, long request, int parentTask, int childTask, long flags) {
    Client parent = state.clients.get(parentTask);
    if (Turn.caller(request) != turn.role(Role.PM)) {
      turn.reply(request, -EPERM);
    } else if (parent == null || parent.space == 0) {
      turn.reply(request, -ESRCH);
    } else {
      turn.reply(request, fork(turn, parent, childTask, flags));
    }
  }

  private long fork(Turn turn, Client parent, int childTask, long flags) {
    AddressSpace space = state.space(parent.space);
    AddressSpace given = (flags & SHARE) != 0 ? space : copy(turn, space);
    if (given == null) {
      return -ENOMEM;
    }
    given.users += given == space ? 1 : 0;
    Client child = parent.child(childTask);
    child.space = given.id;
    state.clients.put(childTask, child);
    turn.kernel().taskSpace(childTask, given.id);
    return 0;
  }

  /** A lazy copy of a space, or null when its pages cannot be promised, or there is no memory. */
  private @Nullable AddressSpace copy(Turn turn, AddressSpace space) {
    KernelCalls kernel = turn.kernel();
    long committed = 0;
    for (Region r : space.regions()) {
      committed += r.is(Region.COMMITTED) ? r.pages() : 0;
    }
    int regions = space.regions().size();
    boolean room = state.hasRegions(regions, regions) && state.mayCommit(kernel, committed);
    AddressSpace child = room ? state.createSpace(kernel) : null;
    if (child == null) {
      return null;
    }
    if (state.share(kernel, space, child) < 0) {
      state.dropSpace(turn, child);
      return null;
    }
    child.breakStart = space.breakStart;
    child.breakEnd = space.breakEnd;
    child.mapBase = space.mapBase;
    child.stackBytesMax = space.stackBytesMax;
    for (Region r : space.regions()) {
      if (r.is(Region.NOT_FORKED | Region.WIPED_BY_FORK)) {
        kernel.spaceUnmap(child.id, r.start, r.pages());
      }
      if (!r.is(Region.NOT_FORKED)) {
        state.enter(child, r.part(r.start, r.end));
      }
    }
    return child;
  }

  /** EXIT: the peak of present memory goes with the answer. */
  void exit(Turn turn, long request, int task) {
    if (Turn.caller(request) != turn.role(Role.PM)) {
      turn.reply(request, -EPERM);
      return;
    }
    Client c = state.clients.remove(task);
    if (c == null) {
      turn.reply(request, 0, 0);
      return;
    }
    faults.drop(turn, task);
    futexes.drop(turn, task);
    exec.dropBuilding(turn, c);
    long peak = peakOf(turn.kernel(), c);
    if (c.space != 0) {
      state.dropSpace(turn, state.space(c.space));
    }
    turn.reply(request, 0, peak * State.PAGE);
  }

  private long peakOf(KernelCalls kernel, Client c) {
    if (c.space == 0) {
      return c.peakPages;
    }
    AddressSpace space = state.space(c.space);
    state.notePeak(kernel, space);
    return Math.max(c.peakPages, space.peakPages);
  }

  /** LIMIT. */
  void limit(Turn turn, long request, long resource, long bytes, int task) {
    if (task != Endpoint.NONE && Turn.caller(request) != turn.role(Role.PM)) {
      turn.reply(request, -EPERM);
      return;
    }
    Client c = state.client(task == Endpoint.NONE ? Turn.caller(request) : task);
    long most = bytes < 0 ? Long.MAX_VALUE : bytes;
    switch ((int) resource) {
      case Client.LIMIT_DATA -> c.dataBytesMax = most;
      case Client.LIMIT_STACK -> {
        c.stackBytesMax = most;
        if (c.space != 0) {
          state.space(c.space).stackBytesMax = most;
        }
      }
      case Client.LIMIT_SPACE -> c.spaceBytesMax = most;
      default -> {
        turn.reply(request, -EINVAL);
        return;
      }
    }
    turn.reply(request, 0);
  }

  /** INFO. */
  void info(Turn turn, long request, int task) {
    Client c = state.clients.get(task == Endpoint.NONE ? Turn.caller(request) : task);
    if (c == null || c.space == 0) {
      turn.reply(request, -ESRCH);
      return;
    }
    AddressSpace space = state.space(c.space);
    long peak = peakOf(turn.kernel(), c);
    long resident = turn.kernel().spaceResident(space.id);
    turn.scratch()
        .set(
            0,
            0,
            space.mappedPages() * State.PAGE,
            resident * State.PAGE,
            peak * State.PAGE,
            space.pagesOf(Region::isData) * State.PAGE,
            space.pagesOf(Region::isStack) * State.PAGE,
            space.pagesOf(Region::isCode) * State.PAGE);
    turn.reply(request, turn.scratch());
  }

  /** TOTALS. */
  void totals(Turn turn, long request) {
    KernelCalls kernel = turn.kernel();
    turn.reply(
        request,
        (long) kernel.framesTotal() * State.PAGE,
        (long) kernel.framesFree() * State.PAGE,
        (long) state.cache.size() * State.PAGE);
  }
}
