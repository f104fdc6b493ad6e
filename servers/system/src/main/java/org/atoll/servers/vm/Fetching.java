package org.atoll.servers.vm;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.libsys.Row;

/**
 * The way of file pages into the page cache: each is asked for once, however many wait for it, and
 * some after it are asked for along with it.
 */
final class Fetching {

  /** Pages asked for with one that is missing. */
  private static final int AHEAD_PAGES = 8;

  /** Pages on their way at once, besides those that somebody waits for. */
  private static final int AHEAD_PAGES_MAX = 1024;

  private final State state;

  Fetching(State state) {
    this.state = state;
  }

  /** Asks for a page and some after it, unless they are on their way; false: no memory. */
  boolean begin(Turn turn, MappedFile file, long page, long key) {
    if (!state.fetching.contains(key) && !fetch(turn, file, page, key)) {
      return false;
    }
    long last = Math.min(page + AHEAD_PAGES, (file.bytes + State.PAGE - 1) / State.PAGE);
    for (long p = page + 1; p < last && state.fetching.size() < AHEAD_PAGES_MAX; p++) {
      long ahead = state.cache.key(file, p);
      boolean wanted =
          ahead >= 0 && !state.fetching.contains(ahead) && state.cache.frame(ahead) < 0;
      if (wanted && !fetch(turn, file, p, ahead)) {
        break;
      }
    }
    return true;
  }

  private boolean fetch(Turn turn, MappedFile file, long page, long key) {
    boolean here = Endpoint.home(file.fs) == turn.node();
    int frame = here ? -1 : state.allocate(turn.kernel());
    if (!here && frame < 0) {
      return false;
    }
    FsProtocol.Call.PAGE.encode(turn.scratch(), file.inode, page, turn.node());
    long call =
        here
            ? turn.call(file.fs, turn.scratch())
            : turn.callWithFrame(file.fs, turn.scratch(), frame, 0, State.PAGE);
    if (call < 0) {
      if (frame >= 0) {
        turn.kernel().frameRelease(frame);
      }
      return false;
    }
    state.calls.add(call, Step.PAGE_FETCHED.ordinal(), key, file.id, frame, page);
    state.fetching.put(key, 1);
    return true;
  }

  /**
   * A page came, or did not. It enters the cache under the version that it came with.
   *
   * @param shared 1: the frame is the file's own; 0: the bytes are in the frame that was lent for
   *     them; or a negated errno
   * @return 0, or a negated errno
   */
  long fetched(Turn turn, Row row, long shared, long frame, long version) {
    long key = row.w0;
    int lent = (int) row.w2;
    state.fetching.remove(key);
    boolean bytesOnly = shared == 0;
    if (lent >= 0 && !bytesOnly) {
      turn.kernel().frameRelease(lent);
    }
    if (shared < 0 || bytesOnly && lent < 0) {
      return shared < 0 ? shared : -Errno.EIO;
    }
    enter(turn, row, key, bytesOnly ? lent : (int) frame, version);
    return 0;
  }

  private void enter(Turn turn, Row row, long askedKey, int frame, long version) {
    long key = askedKey;
    MappedFile file = state.fileOrNull(row.w1);
    if (file != null && file.version != version) {
      file.version = version;
      key = state.cache.key(file, row.w3);
    }
    if (state.cache.frame(key) >= 0) {
      turn.kernel().frameRelease(frame);
    } else {
      state.cache.put(key, frame);
    }
  }
}
