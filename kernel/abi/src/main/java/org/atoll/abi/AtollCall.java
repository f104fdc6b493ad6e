package org.atoll.abi;

/**
 * System calls of Atoll's own, far outside Linux's numbers: what a POSIX program has no name for.
 * Made like any other: the number in {@code a7}, arguments from {@code a0} on, the result or a
 * negated errno in {@code a0}.
 */
public final class AtollCall {

  /**
   * {@code onnode(node)}: the caller's next successful exec runs on that node. Errors: ENXIO (no
   * such node, or it is down).
   */
  public static final int ONNODE = 0xA7001;

  /** {@code node()}: the node that the caller runs on. */
  public static final int NODE = 0xA7002;

  /**
   * {@code processes(buffer, bytes, first)}: fills the buffer with records ({@link
   * org.atoll.abi.protocol.ProcessRecord}) of the processes from pid {@code first} on, in pid
   * order; the result is the number of bytes, 0 when there are no more. Errors: EFAULT, EINVAL (no
   * room for one record).
   */
  public static final int PROCESSES = 0xA7003;

  /**
   * {@code java(stack, gate, places)}: what the process runs from now on is the {@code java}
   * command of its node. {@code stack} is the stack pointer that the program began with; {@code
   * gate} the address of an {@code ecall}, where its system calls are made; at {@code places} are
   * {@link HostedProcess#PLACES} words of 4 bytes, of which the first stands for its own code and
   * each other one for the handler of a signal. Errors: ENOSYS (the node has no such command),
   * EBUSY (there is more than one thread).
   */
  public static final int JAVA = 0xA7020;

  /**
   * {@code host_wait()}: waits until the host has done what the program asked of it. May return
   * early. Errors: EINTR.
   */
  public static final int HOST_WAIT = 0xA7021;

  private AtollCall() {}
}
