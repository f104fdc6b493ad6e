package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ENOMEM;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.Turn;

/** madvise, msync and mincore: what may be done with a range, and what is there. */
final class Advice {

  private static final int MADV_WILLNEED = 3;
  private static final int MADV_DONTNEED = 4;
  private static final int MADV_FREE = 8;
  private static final int MADV_DONTFORK = 10;
  private static final int MADV_DOFORK = 11;
  private static final int MADV_DONTDUMP = 16;
  private static final int MADV_DODUMP = 17;
  private static final int MADV_WIPEONFORK = 18;
  private static final int MADV_KEEPONFORK = 19;
  private static final int MADV_COLD = 20;
  private static final int MADV_PAGEOUT = 21;

  private static final int MS_ASYNC = 1;
  private static final int MS_INVALIDATE = 2;
  private static final int MS_SYNC = 4;

  private final State state;

  Advice(State state) {
    this.state = state;
  }

  /** MADVISE: unknown advice (and that for what is not there: huge or merged pages) is EINVAL. */
  void advise(Turn turn, long request, long address, long bytes, long advice) {
    AddressSpace space = state.spaceOf(request);
    boolean empty = bytes == 0 && address % State.PAGE == 0;
    if (space == null || !isKnown(advice) || !empty && !Mapping.isRange(address, bytes)) {
      turn.reply(request, -EINVAL);
      return;
    }
    long from = address / State.PAGE;
    long to = from + (bytes + State.PAGE - 1) / State.PAGE;
    boolean whole = space.covers(from, to);
    if (!isHint(advice) && space.splits(from, to) && state.isFull(space)) {
      turn.reply(request, -ENOMEM);
      return;
    }
    if (!isHint(advice)) {
      for (Region r : space.take(from, to)) {
        if (!apply(turn.kernel(), space, r, (int) advice)) {
          whole = false;
        }
        space.add(r);
      }
      space.merge(from, to);
    }
    turn.reply(request, whole ? 0 : space.covers(from, to) ? -EINVAL : -ENOMEM);
  }

  private static boolean isKnown(long advice) {
    return advice >= 0 && advice <= MADV_DONTNEED
        || advice == MADV_FREE
        || advice == MADV_DONTFORK
        || advice == MADV_DOFORK
        || advice >= MADV_DONTDUMP && advice <= MADV_PAGEOUT;
  }

  private static boolean isHint(long advice) {
    return advice <= MADV_WILLNEED
        || advice == MADV_DONTDUMP
        || advice == MADV_DODUMP
        || advice == MADV_COLD
        || advice == MADV_PAGEOUT;
  }

  /** Whether the region can take the advice. */
  private boolean apply(KernelCalls kernel, AddressSpace space, Region r, int advice) {
    switch (advice) {
      case MADV_DONTNEED -> drop(kernel, space, r);
      case MADV_FREE -> {
        if (!r.isPlain()) {
          return false;
        }
        drop(kernel, space, r);
      }
      case MADV_DONTFORK -> r.flags |= Region.NOT_FORKED;
      case MADV_DOFORK -> r.flags &= ~Region.NOT_FORKED;
      case MADV_WIPEONFORK -> {
        if (!r.isPlain()) {
          return false;
        }
        r.flags |= Region.WIPED_BY_FORK;
      }
      case MADV_KEEPONFORK -> r.flags &= ~Region.WIPED_BY_FORK;
      default -> throw new IllegalStateException("advice " + advice);
    }
    return true;
  }

  private void drop(KernelCalls kernel, AddressSpace space, Region r) {
    state.notePeak(kernel, space);
    kernel.spaceUnmap(space.id, r.start, r.pages());
  }

  /** MSYNC: shared pages are the file's own, so there is nothing to carry. */
  void sync(Turn turn, long request, long address, long bytes, long flags) {
    AddressSpace space = state.spaceOf(request);
    boolean both = (flags & MS_ASYNC) != 0 && (flags & MS_SYNC) != 0;
    boolean unknown = (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) != 0;
    if (space == null || both || unknown || address % State.PAGE != 0) {
      turn.reply(request, -EINVAL);
      return;
    }
    turn.reply(request, bytes == 0 || isMapped(space, address, bytes) ? 0 : -ENOMEM);
  }

  private static boolean isMapped(AddressSpace space, long address, long bytes) {
    long from = address / State.PAGE;
    return Mapping.isRange(address, bytes)
        && space.covers(from, from + (bytes + State.PAGE - 1) / State.PAGE);
  }

  /** MINCORE: a byte for each page, 1 when it would not fault on a file or is there. */
  void incore(Turn turn, long request, long address, long bytes) {
    AddressSpace space = state.spaceOf(request);
    if (space == null || address % State.PAGE != 0) {
      turn.reply(request, -EINVAL);
      return;
    }
    if (bytes != 0 && !isMapped(space, address, bytes)) {
      turn.reply(request, -ENOMEM);
      return;
    }
    long pages = (bytes + State.PAGE - 1) / State.PAGE;
    if (pages > turn.kernel().outBytes(request)) {
      turn.reply(request, -EINVAL);
      return;
    }
    byte[] vector = new byte[(int) pages];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (byte) (isIncore(turn.kernel(), space, address / State.PAGE + i) ? 1 : 0);
    }
    turn.kernel().copyOut(request, 0, vector, 0, vector.length);
    turn.reply(request, 0);
  }

  private boolean isIncore(KernelCalls kernel, AddressSpace space, long page) {
    if (kernel.spaceFrame(space.id, page) >= 0) {
      return true;
    }
    Region r = space.find(page);
    return r != null
        && r.file != 0
        && state.cache.frame(state.file(r.file), r.backingPage(page)) >= 0;
  }
}
