package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** The number behind an eventfd(2): unsigned, and never {@link #NEVER} by a write. */
final class Counter extends Source {

  /** One more than the number can become. */
  static final long NEVER = -1;

  private long count;

  /** Whether a read takes one, not all. */
  private boolean semaphore;

  Counter(long id, long initial, boolean semaphore) {
    super(id, Kind.COUNTER);
    this.count = initial;
    this.semaphore = semaphore;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** What a read gives. */
  long take() {
    long taken = semaphore ? 1 : count;
    count -= taken;
    return taken;
  }

  /** Whether so much more has room. */
  boolean takes(long more) {
    return Long.compareUnsigned(NEVER - count, more) > 0;
  }

  void add(long more) {
    count += more;
  }

  @Override
  int ready(long pending) {
    int ready = count == 0 ? 0 : Readiness.IN;
    return ready | (takes(1) ? Readiness.OUT : 0);
  }

  @Override
  void saveOwn(StateWriter out) {
    out.writeLong(count).writeBoolean(semaphore);
  }

  @Override
  void loadOwn(StateReader in) {
    count = in.readLong();
    semaphore = in.readBoolean();
  }
}
