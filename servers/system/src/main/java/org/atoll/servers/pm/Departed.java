package org.atoll.servers.pm;

import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * What each node did for processes that have ended or gone to another one: it never shrinks, so
 * that a tool sees a processor's times grow alone.
 */
final class Departed {

  private final Usage[] ofNode = new Usage[Limits.NODES_MAX];

  /** User time of those that had a nice value then. */
  private final long[] niceNanos = new long[Limits.NODES_MAX];

  Departed() {
    for (int i = 0; i < ofNode.length; i++) {
      ofNode[i] = new Usage();
    }
  }

  /** A process leaves a node: what was seen of it there is its own past from now on. */
  void leaves(Process p, int node) {
    ofNode[node].add(p.seen);
    niceNanos[node] += p.nice > 0 ? p.seen.userNanos : 0;
    p.used.add(p.seen);
    p.seen.clear();
  }

  /** The usage of all nodes. */
  Usage all() {
    Usage all = new Usage();
    for (Usage usage : ofNode) {
      all.add(usage);
    }
    return all;
  }

  Usage of(int node) {
    return ofNode[node];
  }

  long niceNanos(int node) {
    return niceNanos[node];
  }

  long allNiceNanos() {
    long all = 0;
    for (long nanos : niceNanos) {
      all += nanos;
    }
    return all;
  }

  void save(StateWriter out) {
    for (int i = 0; i < ofNode.length; i++) {
      ofNode[i].save(out);
      out.writeLong(niceNanos[i]);
    }
  }

  void load(StateReader in) {
    for (int i = 0; i < ofNode.length; i++) {
      ofNode[i].load(in);
      niceNanos[i] = in.readLong();
    }
  }
}
