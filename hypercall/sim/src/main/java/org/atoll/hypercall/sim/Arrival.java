package org.atoll.hypercall.sim;

/**
 * What comes out of a wire: a frame, the news that a node is up or down, or that it took what was
 * sent to it.
 */
final class Arrival {

  enum Kind {
    FRAME,
    UP,
    DOWN,
    TAKEN
  }

  private static final byte[] NONE = {};

  final Kind kind;

  /** Which node it is from or about. */
  final int node;

  /** The frame, copied when it was sent. */
  final byte[] bytes;

  /** Bytes that were taken. */
  final int count;

  private Arrival(Kind kind, int node, byte[] bytes, int count) {
    this.kind = kind;
    this.node = node;
    this.bytes = bytes;
    this.count = count;
  }

  static Arrival frame(int from, byte[] bytes) {
    return new Arrival(Kind.FRAME, from, bytes, 0);
  }

  static Arrival up(int node) {
    return new Arrival(Kind.UP, node, NONE, 0);
  }

  static Arrival down(int node) {
    return new Arrival(Kind.DOWN, node, NONE, 0);
  }

  static Arrival taken(int by, int count) {
    return new Arrival(Kind.TAKEN, by, NONE, count);
  }
}
