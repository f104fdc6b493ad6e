package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EAGAIN;
import static org.atoll.abi.Errno.EDEADLK;
import static org.atoll.abi.Errno.EFAULT;
import static org.atoll.abi.Errno.EINTR;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EPERM;

import org.atoll.abi.Turn;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Who waits at a word of memory that processes share, whatever the address that it has in each. To
 * compare the word and to wait is one turn, so that no wake is lost in between.
 *
 * <p>A row is a request that waits; its words: file system or {@link #NO_FILE}, inode or shared
 * memory, position in it, bits; or, of one that wants the lock which the word is, no bits, but its
 * thread. The rows are in the order in which they are woken.
 */
final class SharedFutexes {

  private static final long NO_FILE = -1;

  /** In a word that is a lock: the thread that has it, and what else is known (futex(2)). */
  private static final int OWNER = 0x3fff_ffff;

  private static final int OWNER_DIED = 0x4000_0000;
  private static final int WAITERS = 0x8000_0000;

  private final State state;
  private final Rows waiters;

  SharedFutexes(State state) {
    this.state = state;
    this.waiters = state.futexes;
  }

  /** A word of shared memory. */
  private record Place(long fs, long object, long position) {

    boolean is(Row row) {
      return row.w0 == fs && row.w1 == object && row.w2 == position;
    }
  }

  /** FUTEX_WAIT. */
  void await(Turn turn, long request, long address, long value, long bits) {
    Place place = place(request, address);
    byte[] word = new byte[Integer.BYTES];
    if (place == null || !read(turn, request, address, word)) {
      turn.reply(request, place == null ? -EINVAL : -EFAULT);
    } else if (number(word) != (int) value) {
      turn.reply(request, -EAGAIN);
    } else {
      waiters.add(request, 0, place.fs, place.object, place.position, bits);
    }
  }

  /** FUTEX_WAKE. */
  void wake(Turn turn, long request, long address, long count, long bits) {
    Place place = place(request, address);
    turn.reply(request, place == null ? -EINVAL : wake(turn, place, count, bits));
  }

  /** FUTEX_REQUEUE. */
  void requeue(Turn turn, long request, long address, long wakes, long second, long moves) {
    Place from = place(request, address);
    Place to = place(request, second);
    if (from == null || to == null) {
      turn.reply(request, -EINVAL);
      return;
    }
    long woken = wake(turn, from, wakes, -1L);
    turn.reply(request, woken + move(from, to, moves));
  }

  // ---- locks

  /** FUTEX_LOCK. */
  void lock(Turn turn, long request, long address, long thread, boolean waits) {
    Place place = place(request, address);
    byte[] word = new byte[Integer.BYTES];
    if (place == null || !read(turn, request, address, word)) {
      turn.reply(request, place == null ? -EINVAL : -EFAULT);
      return;
    }
    int value = number(word);
    int owner = value & OWNER;
    if (owner == 0) {
      int more = first(place) < 0 ? 0 : WAITERS;
      turn.reply(request, write(turn, request, address, value & OWNER_DIED | (int) thread | more));
    } else if (owner == thread || !waits) {
      turn.reply(request, owner == thread ? -EDEADLK : -EAGAIN);
    } else {
      long result = write(turn, request, address, value | WAITERS);
      if (result < 0) {
        turn.reply(request, result);
      } else {
        waiters.add(request, 0, place.fs, place.object, place.position, 0, thread);
      }
    }
  }

  /** FUTEX_UNLOCK. */
  void unlock(Turn turn, long request, long address, long thread, boolean left) {
    Place place = place(request, address);
    byte[] word = new byte[Integer.BYTES];
    if (place == null || !read(turn, request, address, word)) {
      turn.reply(request, place == null ? -EINVAL : -EFAULT);
    } else if (!left && (number(word) & OWNER) != thread) {
      turn.reply(request, -EPERM);
    } else {
      turn.reply(request, pass(turn, request, address, place, left ? OWNER_DIED : 0));
    }
  }

  private long pass(Turn turn, long request, long address, Place place, int died) {
    int at = first(place);
    if (at < 0) {
      return write(turn, request, address, died);
    }
    long heir = waiters.key(at);
    int thread = (int) waiters.at(at).w4;
    waiters.remove(heir);
    int more = first(place) < 0 ? 0 : WAITERS;
    long result = write(turn, request, address, thread | died | more);
    turn.reply(heir, result);
    return result;
  }

  /** The first that waits for a lock, or -1. */
  private int first(Place place) {
    for (int at = waiters.first(); at >= 0; at = waiters.next(at)) {
      Row row = waiters.at(at);
      if (place.is(row) && row.w4 != 0) {
        return at;
      }
    }
    return -1;
  }

  private long write(Turn turn, long request, long address, int value) {
    AddressSpace space = state.spaceOf(request);
    byte[] word = new byte[Integer.BYTES];
    for (int i = 0; i < word.length; i++) {
      word[i] = (byte) (value >>> Byte.SIZE * i);
    }
    boolean written =
        space != null
            && turn.kernel().spaceWrite(space.id, address, word, 0, word.length) == word.length;
    return written ? 0 : -EFAULT;
  }

  // ---- waiting and waking

  private long wake(Turn turn, Place place, long count, long bits) {
    long woken = 0;
    int at = waiters.first();
    while (at >= 0 && woken < count) {
      int next = waiters.next(at);
      Row row = waiters.at(at);
      if (place.is(row) && (row.w3 & bits) != 0) {
        long request = row.key;
        waiters.remove(request);
        turn.reply(request, 0);
        woken++;
      }
      at = next;
    }
    return woken;
  }

  /** Those that are moved come after all that wait already. */
  private long move(Place from, Place to, long count) {
    long moved = 0;
    long looked = waiters.size();
    int at = waiters.first();
    while (looked-- > 0 && moved < count) {
      int next = waiters.next(at);
      Row row = waiters.at(at);
      if (from.is(row) && row.w4 == 0) {
        long request = row.key;
        long bits = row.w3;
        waiters.remove(request);
        waiters.add(request, 0, to.fs, to.object, to.position, bits);
        moved++;
      }
      at = next;
    }
    return moved;
  }

  /** The caller wants its wait to end; whether it was one. */
  boolean cancelled(Turn turn, long request) {
    if (!waiters.contains(request)) {
      return false;
    }
    waiters.remove(request);
    turn.reply(request, -EINTR);
    return true;
  }

  /** The process is gone. */
  void drop(Turn turn, int task) {
    int at = waiters.first();
    while (at >= 0) {
      int next = waiters.next(at);
      long request = waiters.key(at);
      if (Turn.caller(request) == task) {
        cancelled(turn, request);
      }
      at = next;
    }
  }

  /** Where a caller's address is, or null when that is no shared memory. */
  private @Nullable Place place(long request, long address) {
    AddressSpace space = state.spaceOf(request);
    Region r = space == null || address < 0 ? null : space.find(address / State.PAGE);
    if (r == null || !r.is(Region.SHARED)) {
      return null;
    }
    long position = r.backingPage(address / State.PAGE) * State.PAGE + address % State.PAGE;
    if (r.file == 0) {
      return new Place(NO_FILE, r.shared, position);
    }
    MappedFile file = state.file(r.file);
    return new Place(file.fs, file.inode, position);
  }

  private boolean read(Turn turn, long request, long address, byte[] word) {
    AddressSpace space = state.spaceOf(request);
    return space != null
        && turn.kernel().spaceRead(space.id, address, word, 0, word.length) == word.length;
  }

  private static int number(byte[] word) {
    int number = 0;
    for (int i = 0; i < word.length; i++) {
      number |= (word[i] & 0xff) << Byte.SIZE * i;
    }
    return number;
  }
}
