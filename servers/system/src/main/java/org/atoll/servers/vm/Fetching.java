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

  /**
   * Asks for a page, which is not cached, and some after it, unless they are on their way. The key
   * that the page comes under; -1: no memory.
   */
  long begin(Turn turn, MappedFile file, long page) {
    long known = state.cache.find(file, page);
    long key = state.fetching.contains(known) ? known : fetch(turn, file, page);
    long last = Math.min(page + AHEAD_PAGES, (file.bytes + State.PAGE - 1) / State.PAGE);
    for (long p = page + 1; key >= 0 && p < last; p++) {
      if (isWanted(file, p) && fetch(turn, file, p) < 0) {
        break;
      }
    }
    return key;
  }

  private boolean isWanted(MappedFile file, long page) {
    return PageCache.hasKey(page)
        && state.fetching.size() < AHEAD_PAGES_MAX
        && !state.fetching.contains(state.cache.find(file, page))
        && state.cache.frame(file, page) < 0;
  }

  /** Asks for a page; its key, or -1. */
  private long fetch(Turn turn, MappedFile file, long page) {
    boolean here = Endpoint.home(file.fs) == turn.node();
    int frame = here ? -1 : state.allocate(turn.kernel());
    if (!here && frame < 0) {
      return -1;
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
      return -1;
    }
    long key = state.cache.expect(file, page);
    state.calls.add(call, Step.PAGE_FETCHED.ordinal(), key, file.id, frame, page);
    state.fetching.put(key, 1);
    return key;
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
    boolean came = shared > 0 || bytesOnly && lent >= 0;
    if (came) {
      enter(turn, row, bytesOnly ? lent : (int) frame, version);
    }
    state.cache.came(key);
    return came ? 0 : shared < 0 ? shared : -Errno.EIO;
  }

  private void enter(Turn turn, Row row, int frame, long version) {
    MappedFile file = state.fileOrNull(row.w1);
    if (file == null || file.version == version) {
      state.cache.put(turn.kernel(), row.w0, frame);
      return;
    }
    file.version = version;
    long key = state.cache.expect(file, row.w3);
    state.cache.put(turn.kernel(), key, frame);
    state.cache.came(key);
  }
}
