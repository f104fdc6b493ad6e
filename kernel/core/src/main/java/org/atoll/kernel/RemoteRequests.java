package org.atoll.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The calls that tasks of other nodes make here: records that stand in for the callers' own, with
 * their buffers staged. Owner: any CPU, under this object's monitor.
 */
final class RemoteRequests {

  private final Frames frames;
  private final TreeMap<Long, CallRecord> records = new TreeMap<>();

  RemoteRequests(Frames frames) {
    this.frames = frames;
  }

  /** A record for a request that arrived, in phase FILLING; null when it is here already. */
  synchronized @Nullable CallRecord begin(long request) {
    if (records.containsKey(request)) {
      return null;
    }
    CallRecord call = new CallRecord(frames, (int) (request >>> 32));
    call.remote = true;
    call.begin((int) request);
    records.put(request, call);
    return call;
  }

  /** The record of a request, or null. */
  synchronized @Nullable CallRecord find(long request) {
    return records.get(request);
  }

  /** Takes a request out that is over. */
  synchronized void remove(CallRecord call) {
    records.remove(call.token(), call);
  }

  /** The requests of which this is true, by caller and call. */
  synchronized List<CallRecord> which(Predicate<CallRecord> condition) {
    List<CallRecord> found = new ArrayList<>();
    for (CallRecord call : records.values()) {
      if (condition.test(call)) {
        found.add(call);
      }
    }
    return found;
  }
}
