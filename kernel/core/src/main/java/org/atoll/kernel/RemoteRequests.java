package org.atoll.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.atoll.abi.Limits;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The calls that tasks of other nodes make here: records that stand in for the callers' own, with
 * their buffers staged. A table by request, open addressing with linear probing; records that are
 * over are used again, so that a call from another node allocates nothing. Those whose bytes find
 * no room are late: their bytes stay with their callers until they are asked for.
 *
 * <p>Owner: any CPU, under this object's monitor; a node's only CPU has nobody to keep out, and
 * goes without, but for what is late.
 */
final class RemoteRequests {

  /** Records that are kept for use, some hundred bytes each. */
  private static final int SPARE_MAX = 1_024;

  /** Bytes of the places of all in-buffers that are kept while their requests wait. */
  static final long STAGED_BYTES_MAX = 128L << 20;

  /** The same when servers rest: those may all wait for what came when there was no room. */
  private static final long RESTING_BYTES_MAX = 2 * STAGED_BYTES_MAX;

  /** Requests whose bytes are asked for at once, beyond what is kept, when servers rest. */
  static final int MORE = 16;

  private final Frames frames;
  private final Staging staging;

  /** Whether the node has several CPUs. */
  private final boolean shared;

  private @Nullable CallRecord[] table = new CallRecord[64];
  private int size;
  private @Nullable CallRecord spare;
  private int spares;
  private long stagedBytes;

  /** Whose bytes are still with their callers, for there was no room for them: oldest first. */
  private final Set<CallRecord> late = new LinkedHashSet<>();

  /** Whose bytes were asked for since, and have not come; there is room for them. */
  private final Set<CallRecord> asked = new HashSet<>();

  /** None yet, of a node with so many CPUs. */
  RemoteRequests(Frames frames, Staging staging, int cpus) {
    this.frames = frames;
    this.staging = staging;
    this.shared = cpus > 1;
  }

  /** Whether the in-buffer of one more request can be kept, after those that are late. */
  boolean mayStage(int bytes) {
    if (bytes <= Staging.SMALL_BYTES) {
      return true;
    }
    if (!shared) {
      return late.isEmpty() && stagedBytes + place(bytes) <= STAGED_BYTES_MAX;
    }
    synchronized (this) {
      return late.isEmpty() && stagedBytes + place(bytes) <= STAGED_BYTES_MAX;
    }
  }

  /** Bytes of the place that so many take ({@link Staging}); small ones do not count. */
  private static long place(int bytes) {
    return bytes <= Staging.SMALL_BYTES ? 0 : Limits.BUFFER_BYTES_MAX;
  }

  /** There is no room for the in-buffer of a request that begins: it is to be asked for. */
  synchronized void late(CallRecord call, int bytes) {
    call.in.stageLater(bytes);
    late.add(call);
  }

  /** Whether there is a request whose bytes are to be asked for; only on CPU 0. */
  boolean anyLate() {
    return !late.isEmpty();
  }

  /** How many bytes may be kept when servers rest: some more than now, some at a time. */
  synchronized long restingMax() {
    long more = (long) Math.max(0, MORE - asked.size()) * Limits.BUFFER_BYTES_MAX;
    return Math.min(stagedBytes + more, RESTING_BYTES_MAX);
  }

  /**
   * The oldest request whose bytes are to be asked for, if no more than {@code max} bytes are kept
   * with these, for which there is room from now on; or null.
   */
  synchronized @Nullable CallRecord nextLate(long max) {
    CallRecord oldest = late.isEmpty() ? null : late.iterator().next();
    if (oldest == null || stagedBytes + place(oldest.in.length()) > max) {
      return null;
    }
    ask(oldest);
    return oldest;
  }

  /**
   * A request's bytes are asked for now, whether there is room or not; false if they were before.
   */
  synchronized boolean ask(CallRecord call) {
    if (!late.remove(call)) {
      return false;
    }
    asked.add(call);
    stagedBytes += place(call.in.length());
    return true;
  }

  /** Whether a request's bytes are not here yet, so that nobody has seen it. */
  synchronized boolean isLate(CallRecord call) {
    return late.contains(call) || asked.contains(call);
  }

  /** The bytes come that were asked for: the place for them; null when they were not. */
  synchronized byte @Nullable [] comes(CallRecord call) {
    return asked.remove(call) ? call.in.stage(call.in.length()) : null;
  }

  /** A record for a request that arrived, in phase FILLING; null when it is here already. */
  @Nullable CallRecord begin(long request) {
    if (!shared) {
      return enter(request);
    }
    synchronized (this) {
      return enter(request);
    }
  }

  private @Nullable CallRecord enter(long request) {
    if (2 * size >= table.length) {
      grow();
    }
    int at = indexOf(request);
    if (table[at] != null) {
      return null;
    }
    CallRecord call = take();
    call.begin((int) (request >>> 32), (int) request);
    table[at] = call;
    size++;
    return call;
  }

  /** The record of a request, or null. */
  @Nullable CallRecord find(long request) {
    if (!shared) {
      return table[indexOf(request)];
    }
    synchronized (this) {
      return table[indexOf(request)];
    }
  }

  /** Takes a request out that is over. */
  void remove(CallRecord call) {
    if (!shared) {
      leave(call);
      return;
    }
    synchronized (this) {
      leave(call);
    }
  }

  private void leave(CallRecord call) {
    int hole = indexOf(call.token());
    if (table[hole] != call) {
      return;
    }
    size--;
    if (late.isEmpty() || !late.remove(call)) {
      stagedBytes -= place(call.in.length());
    }
    if (!asked.isEmpty()) {
      asked.remove(call);
    }
    table[hole] = null;
    int last = table.length - 1;
    int at = hole + 1 & last;
    for (CallRecord moved = table[at]; moved != null; moved = table[at]) {
      int wanted = start(moved.token());
      if ((at - wanted & last) >= (at - hole & last)) {
        table[hole] = moved;
        table[at] = null;
        hole = at;
      }
      at = at + 1 & last;
    }
  }

  /** Stages the in-buffer of a request that begins; the place for its bytes. */
  byte[] stage(CallRecord call, int bytes) {
    if (!shared) {
      stagedBytes += place(bytes);
    } else {
      synchronized (this) {
        stagedBytes += place(bytes);
      }
    }
    return call.in.stage(bytes);
  }

  /** Keeps a record for use that nobody looks at any more. */
  private void recycle(CallRecord call) {
    if (!shared) {
      keep(call);
      return;
    }
    synchronized (this) {
      keep(call);
    }
  }

  private void keep(CallRecord call) {
    call.free();
    if (spares < SPARE_MAX) {
      spares++;
      call.next = spare;
      spare = call;
    }
  }

  private CallRecord take() {
    CallRecord call = spare;
    if (call == null) {
      call = CallRecord.remote(frames, staging, this::recycle);
    } else {
      spares--;
      spare = call.next;
      call.next = null;
    }
    return call;
  }

  /** Where the record of a request is, or would be. */
  private int indexOf(long request) {
    int at = start(request);
    for (CallRecord call = table[at]; call != null && call.token() != request; call = table[at]) {
      at = at + 1 & table.length - 1;
    }
    return at;
  }

  private int start(long request) {
    return (int) (request * 0x9e37_79b9_7f4a_7c15L >>> 32) & table.length - 1;
  }

  private void grow() {
    @Nullable CallRecord[] old = table;
    table = new CallRecord[2 * old.length];
    for (CallRecord call : old) {
      if (call != null) {
        table[indexOf(call.token())] = call;
      }
    }
  }

  /** The requests of which this is true, by caller and call. */
  synchronized List<CallRecord> which(Predicate<CallRecord> condition) {
    List<CallRecord> found = new ArrayList<>();
    for (CallRecord call : table) {
      if (call != null && condition.test(call)) {
        found.add(call);
      }
    }
    found.sort(Comparator.comparingLong(CallRecord::token));
    return found;
  }
}
