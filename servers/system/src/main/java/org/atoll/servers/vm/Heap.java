package org.atoll.servers.vm;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;

/** The break: plain memory after the program, which its end moves. */
final class Heap {

  private final State state;

  Heap(State state) {
    this.state = state;
  }

  /** BRK: the new break, or the old one when it cannot be moved. */
  void moveBreak(Turn turn, long request, long address) {
    AddressSpace space = state.spaceOf(request);
    if (space == null) {
      turn.reply(request, 0);
      return;
    }
    long before = pagesTo(space.breakEnd);
    long after = pagesTo(address);
    if (address < space.breakStart || address >= Limits.USER_ADDRESS_END) {
      turn.reply(request, space.breakEnd);
      return;
    }
    if (after < before) {
      state.unmap(turn, space, after, before);
    } else if (after > before
        && !grow(turn.kernel(), state.client(Turn.caller(request)), space, address)) {
      turn.reply(request, space.breakEnd);
      return;
    }
    space.breakEnd = address;
    turn.reply(request, address);
  }

  private boolean grow(KernelCalls kernel, Client client, AddressSpace space, long address) {
    long from = pagesTo(space.breakEnd);
    long to = pagesTo(address);
    long mapped = (space.mappedPages() + to - from) * State.PAGE;
    if (address - space.breakStart > client.dataBytesMax
        || mapped > client.spaceBytesMax
        || !space.isFree(from, to)
        || !state.mayCommit(kernel, to - from)) {
      return false;
    }
    int rights = KernelCalls.PAGE_READ | KernelCalls.PAGE_WRITE;
    state.enter(space, new Region(from, to, rights, Region.COMMITTED | Region.MAY_WRITE));
    space.merge(from, to);
    return true;
  }

  private static long pagesTo(long address) {
    return (address + State.PAGE - 1) / State.PAGE;
  }
}
