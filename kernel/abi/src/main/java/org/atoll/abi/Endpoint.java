package org.atoll.abi;

/**
 * The address of a task: a slot and a generation in one non-negative int, unique in the VOS; it
 * names no node.
 *
 * <p>Slots are leased to nodes in ranges of {@link Limits#SLOTS_PER_NODE}; the lessee is the
 * endpoint's home, where the task is unless a location override says otherwise. The first slot of a
 * range is the node's kernel. A slot is retired before its generation wraps, so that an endpoint
 * never means two tasks.
 */
public final class Endpoint {

  /** No task. */
  public static final int NONE = -1;

  /** Any task, as the source of a {@code receive}. */
  public static final int ANY = -2;

  /** The host, as the source of a notification: an event channel was raised. */
  public static final int HOST = -3;

  private static final int SLOT_BITS = 20;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

  /** Generations of a slot. */
  public static final int GENERATIONS = 1 << (31 - SLOT_BITS);

  private Endpoint() {}

  /** The endpoint of a slot (0 to 2^20 - 1) in a generation (0 to 2047). */
  public static int of(int slot, int generation) {
    return generation << SLOT_BITS | slot;
  }

  /** The slot, unique in the VOS among living tasks. */
  public static int slot(int endpoint) {
    return endpoint & SLOT_MASK;
  }

  /** How often the slot was given out before. */
  public static int generation(int endpoint) {
    return endpoint >>> SLOT_BITS;
  }

  /** The node that leases the slot. */
  public static int home(int endpoint) {
    return slot(endpoint) / Limits.SLOTS_PER_NODE;
  }

  /** The kernel of a node: an addressable task like any other. */
  public static int kernelOf(int node) {
    return of(node * Limits.SLOTS_PER_NODE, 0);
  }

  /** As a trace prints it: {@code slot.generation}, or a word for the special values. */
  public static String toString(int endpoint) {
    return switch (endpoint) {
      case NONE -> "none";
      case ANY -> "any";
      case HOST -> "host";
      default -> slot(endpoint) + "." + generation(endpoint);
    };
  }
}
