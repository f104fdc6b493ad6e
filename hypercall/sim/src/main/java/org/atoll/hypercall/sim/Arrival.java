package org.atoll.hypercall.sim;

/**
 * What comes out of a wire: a frame, the news that a node is up or down, or that it took what was
 * sent to it.
 *
 * @param bytes the frame's, copied when it was sent
 * @param count bytes that were taken
 */
record Arrival(Kind kind, int node, byte[] bytes, int count) {

  enum Kind {
    FRAME,
    UP,
    DOWN,
    TAKEN
  }

  private static final byte[] NONE = {};

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
