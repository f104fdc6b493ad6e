package org.atoll.abi;

/**
 * System calls of Atoll's own, far outside Linux's numbers: what a POSIX program has no name for.
 * Made like any other: the number in {@code a7}, arguments from {@code a0} on, the result or a
 * negated errno in {@code a0}.
 */
public final class AtollCall {

  /** {@code node()}: the node that the caller runs on. */
  public static final int NODE = 0xa7010;

  /**
   * {@code onnode(node)}: the caller's next successful exec takes it to that node; -1: it stays.
   * Errors: ENXIO (no such node, or it is down).
   */
  public static final int ON_NODE = 0xa7011;

  /**
   * {@code processes(start, buffer, bytes)}: records ({@link
   * org.atoll.abi.protocol.ProcessRecord}) of the processes from pid {@code start} on, in pid
   * order; the result is their number, 0 when there are no more. Errors: EFAULT, EINVAL (no room
   * for one record).
   */
  public static final int PROCESSES = 0xa7012;

  /** {@code nodes(up)}: how many nodes are up; a 64-bit word with a bit for each goes to up. */
  public static final int NODES = 0xa7013;

  private AtollCall() {}
}
