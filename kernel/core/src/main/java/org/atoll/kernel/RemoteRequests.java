package org.atoll.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The calls that tasks of other nodes make here: records that stand in for the callers' own, with
 * their buffers staged. A table by request, open addressing with linear probing; records that are
 * over are used again, so that a call from another node allocates nothing.
 *
 * <p>Owner: any CPU, under this object's monitor; a node's only CPU has nobody to keep out, and
 * goes without.
 */
final class RemoteRequests {

  /** Records that are kept for use, some hundred bytes each. */
  private static final int SPARE_MAX = 1_024;

  /** Bytes of all in-buffers that are kept while their requests wait. */
  static final long STAGED_BYTES_MAX = 256L << 20;

  private final Frames frames;
  private final Staging staging;

  /** Whether the node has several CPUs. */
  private final boolean shared;

  private @Nullable CallRecord[] table = new CallRecord[64];
  private int size;
  private @Nullable CallRecord spare;
  private int spares;
  private long stagedBytes;

  /** None yet, of a node with so many CPUs. */
  RemoteRequests(Frames frames, Staging staging, int cpus) {
    this.frames = frames;
    this.staging = staging;
    this.shared = cpus > 1;
  }

  /** Whether the in-buffer of one more request can be kept. */
  boolean mayStage(int bytes) {
    if (!shared) {
      return stagedBytes + bytes <= STAGED_BYTES_MAX;
    }
    synchronized (this) {
      return stagedBytes + bytes <= STAGED_BYTES_MAX;
    }
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
    stagedBytes -= call.in.length();
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
      stagedBytes += bytes;
    } else {
      synchronized (this) {
        stagedBytes += bytes;
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
