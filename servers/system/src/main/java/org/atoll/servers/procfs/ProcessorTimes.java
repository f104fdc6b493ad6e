package org.atoll.servers.procfs;

import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** The time that processors spent on processes, one processor a node, in nanoseconds. */
final class ProcessorTimes {

  /** Under this number: what was spent by all, on nodes that are down too. */
  static final int ALL = -1;

  /** User time of processes without a nice value. */
  static final int USER = 0;

  /** User time of those with one. */
  static final int NICE = 1;

  static final int SYSTEM = 2;
  private static final int KINDS = 3;

  private final Map<Integer, long[]> ofNode = new TreeMap<>();

  /** Adds to a node's times alone. */
  void add(int node, long user, long nice, long system) {
    long[] times = ofNode.computeIfAbsent(node, key -> new long[KINDS]);
    times[USER] += user;
    times[NICE] += nice;
    times[SYSTEM] += system;
  }

  /** Adds to a node's times and those of all. */
  void addBoth(int node, long user, long nice, long system) {
    add(node, user, nice, system);
    add(ALL, user, nice, system);
  }

  /** User, nice and system time of a node, or of all. */
  long[] of(int node) {
    return ofNode.getOrDefault(node, new long[KINDS]);
  }

  /** What of its time a node has spent. */
  long busyNanos(int node) {
    long[] times = of(node);
    return times[USER] + times[NICE] + times[SYSTEM];
  }

  void save(StateWriter out) {
    out.writeInt(ofNode.size());
    ofNode.forEach((node, times) ->
        out.writeInt(node).writeLong(times[USER]).writeLong(times[NICE]).writeLong(times[SYSTEM]));
  }

  void load(StateReader in) {
    for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
      add(in.readInt(), in.readLong(), in.readLong(), in.readLong());
    }
  }
}
