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
   * {@code sendrec(endpoint, message, in, inBytes, out, outBytes)}: calls a task and waits for its
   * answer, whose words replace those of the message, the first of them being the callee's result.
   * The number of the message is {@link org.atoll.abi.protocol.Protocols#FIRST_OWN} or above.
   * Buffers have up to {@link Limits#BUFFER_BYTES_MAX} bytes. Errors: ESRCH (no such task, or it
   * ended before it answered), EPERM (a number of the system's, a kernel), EMSGSIZE, EFAULT, EINTR
   * (the callee may have acted all the same).
   */
  public static final int SENDREC = 0xA7010;

  /**
   * {@code receive(source, message, timeoutNanos)}: waits for what comes from a task, or from
   * {@link Endpoint#ANY}; a timeout below 0 is none. The result is the request to answer, or 0 for
   * a one-way message, a notification (type {@link BlockingIpc#NOTIFICATION}) and for the news that
   * nobody waits for the answer to request {@code w0} any more ({@link BlockingIpc#CANCELLED}).
   * Errors: ETIMEDOUT, EINTR, EFAULT.
   */
  public static final int RECEIVE = 0xA7011;

  /** {@code reply(request, message)}: answers with the words. Errors: ESRCH, EFAULT. */
  public static final int REPLY = 0xA7012;

  /** {@code notify(endpoint)}: sets the caller's bit there. Errors: ESRCH, EPERM. */
  public static final int NOTIFY = 0xA7013;

  /**
   * {@code copyIn(request, offset, buffer, bytes)}: from the in-buffer of a request that is to be
   * answered; the result is the number of bytes, fewer at its end. Errors: ESRCH, EINVAL, EFAULT.
   */
  public static final int COPY_IN = 0xA7014;

  /** {@code copyOut(request, offset, buffer, bytes)}: into the out-buffer, see COPY_IN. */
  public static final int COPY_OUT = 0xA7015;

  /** {@code inBytes(request)}: the size of its in-buffer. Errors: ESRCH. */
  public static final int IN_BYTES = 0xA7016;

  /** {@code outBytes(request)}: the room of its out-buffer. Errors: ESRCH. */
  public static final int OUT_BYTES = 0xA7017;

  /** {@code self()}: the caller's endpoint. */
  public static final int SELF = 0xA7018;

  /** {@code endpoint(pid)}: that of a process. Errors: ESRCH. */
  public static final int ENDPOINT = 0xA7019;

  /**
   * {@code publish(name)}: from now on the name, which begins with {@link
   * org.atoll.abi.protocol.DsProtocol#USER}, means the caller, until it ends or takes it back.
   * Errors: EEXIST, EPERM (a name outside of that), EINVAL, ENAMETOOLONG, EDQUOT, ENOSPC, EFAULT.
   */
  public static final int PUBLISH = 0xA701A;

  /**
   * {@code lookup(name)}: the endpoint that a name means: a service's, or what a program has
   * published. Errors: ENOENT, EINVAL, ENAMETOOLONG, EFAULT.
   */
  public static final int LOOKUP = 0xA701B;

  /** {@code withdraw(name)}: takes a name back. Errors: ENOENT, EPERM (another's), EINVAL. */
  public static final int WITHDRAW = 0xA701C;

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

  /** The last number that is set aside for these calls. */
  public static final int LAST = 0xA70FF;

  private AtollCall() {}
}
