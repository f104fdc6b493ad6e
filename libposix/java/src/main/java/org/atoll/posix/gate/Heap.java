package org.atoll.posix.gate;

/**
 * The Java heap, which all Java programs of a node and the node itself share: a program that would
 * fill it gets its {@link OutOfMemoryError} before the node needs the rest.
 */
final class Heap {

  /** What of the heap is the node's, at least: one part in so many. */
  private static final int NODE_SHARE = 5;

  private Heap() {}

  /** Fails when the heap is nearly full, of what is alive. */
  static void look() {
    if (isFull()) {
      System.gc();
      if (isFull()) {
        throw new OutOfMemoryError("the programs of this node fill its Java heap");
      }
    }
  }

  private static boolean isFull() {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    return used > runtime.maxMemory() - runtime.maxMemory() / NODE_SHARE;
  }
}
