package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EFAULT;
import static org.atoll.abi.Errno.EINTR;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EIO;
import static org.atoll.abi.Errno.ENOMEM;
import static org.atoll.abi.KernelCalls.PAGE_WRITE;

import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.libsys.Row;

/**
 * The requests that touch pages: faults, POPULATE, and the writes of an exec. One that has to wait
 * for a page is a row, and begins again at the page where it stopped once the page is there.
 */
final class Faults {

  /** What a waiting request is; saved by ordinal. Words: key, address, bytes, access, done. */
  enum Waiting {
    FAULT,
    POPULATE,
    EXEC_WRITE
  }

  private static final Waiting[] KINDS = Waiting.values();
  private static final long POPULATE_BYTES_MAX = 1 << 20;

  private final State state;
  private final Paging paging;

  Faults(State state, Paging paging) {
    this.state = state;
    this.paging = paging;
  }

  /** FAULT. */
  void fault(Turn turn, long request, long address, long access) {
    goOn(turn, request, Waiting.FAULT, address, 1, access, 0);
  }

  /** POPULATE. */
  void populate(Turn turn, long request, long address, long bytes, long access) {
    if (bytes <= 0) {
      turn.reply(request, bytes == 0 ? 0 : -EINVAL);
      return;
    }
    long most = Math.min(bytes, POPULATE_BYTES_MAX);
    goOn(turn, request, Waiting.POPULATE, address, most, access, 0);
  }

  /** EXEC_WRITE. */
  void execWrite(Turn turn, long request, long address) {
    long bytes = turn.kernel().inBytes(request);
    if (bytes == 0) {
      turn.reply(request, 0);
      return;
    }
    long access = PAGE_WRITE | Paging.PRIVILEGED;
    goOn(turn, request, Waiting.EXEC_WRITE, address, bytes, access, 0);
  }

  private void goOn(
      Turn turn, long request, Waiting kind, long address, long bytes, long access, long from) {
    AddressSpace space =
        kind == Waiting.EXEC_WRITE ? state.buildingOf(request) : state.spaceOf(request);
    long done = from;
    while (done < bytes) {
      long at = address + done;
      int result =
          space == null || at < 0 || at >= Limits.USER_ADDRESS_END
              ? -EFAULT
              : paging.touch(turn, space, at / State.PAGE, (int) access);
      if (result == Paging.AWAITED) {
        state.waiting.add(request, kind.ordinal(), paging.awaited(), address, bytes, access, done);
        return;
      }
      if (result < 0) {
        end(turn, request, kind, address, done, result);
        return;
      }
      done = Math.min(bytes, (at / State.PAGE + 1) * State.PAGE - address);
    }
    end(turn, request, kind, address, done, 0);
  }

  /** Answers: with what was done, or why not. */
  private void end(Turn turn, long request, Waiting kind, long address, long done, long failure) {
    switch (kind) {
      case FAULT -> turn.reply(request, failure);
      case POPULATE ->
          turn.reply(request, done > 0 || failure == 0 ? done : populateErrno(failure));
      case EXEC_WRITE -> {
        AddressSpace space = state.buildingOf(request);
        if (failure != 0 || space == null) {
          turn.reply(request, failure == -ENOMEM ? -ENOMEM : -EFAULT);
        } else {
          turn.reply(request, write(turn, request, space, address, (int) done));
        }
      }
    }
  }

  private static long populateErrno(long failure) {
    return failure == -ENOMEM || failure == -EINTR ? failure : -EFAULT;
  }

  private static long write(Turn turn, long request, AddressSpace space, long address, int bytes) {
    byte[] data = new byte[bytes];
    turn.kernel().copyIn(request, 0, data, 0, bytes);
    return turn.kernel().spaceWrite(space.id, address, data, 0, bytes);
  }

  /** A page came (0), or did not: all that wait for it go on, or fail. */
  void pageCame(Turn turn, long key, long result) {
    int at = state.waiting.first();
    long last = state.waiting.size();
    for (long i = 0; i < last; i++) {
      int next = state.waiting.next(at);
      Row row = state.waiting.at(at);
      if (row.w0 == key) {
        resume(turn, state.waiting.take(row.key), result);
      }
      at = next;
    }
  }

  private void resume(Turn turn, Row row, long result) {
    long request = row.key;
    Waiting kind = KINDS[row.step];
    if (result == 0) {
      goOn(turn, request, kind, row.w1, row.w2, row.w3, row.w4);
    } else {
      end(turn, request, kind, row.w1, row.w4, result == -ENOMEM ? -ENOMEM : -EIO);
    }
  }

  /** The caller wants its request to end: a fault is simply made again. */
  void cancelled(Turn turn, long request) {
    if (!state.waiting.contains(request)) {
      return;
    }
    Row row = state.waiting.take(request);
    Waiting kind = KINDS[row.step];
    end(turn, request, kind, row.w1, row.w4, kind == Waiting.FAULT ? 0 : -EINTR);
  }

  /** The process is gone: nothing of it waits any more. */
  void drop(Turn turn, int task) {
    int at = state.waiting.first();
    while (at >= 0) {
      int next = state.waiting.next(at);
      long request = state.waiting.key(at);
      if (Turn.caller(request) == task) {
        state.waiting.remove(request);
        turn.reply(request, -EINTR);
      }
      at = next;
    }
  }
}
