package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.VfsProtocol;

/**
 * A call on a descriptor whose memory is looked at only when the descriptor is good, as Linux does
 * it: when a step cannot read or write its arguments, VFS is asked about the descriptor, and what
 * is wrong with that comes first.
 *
 * @param body the call itself
 * @param question what VFS is asked
 */
record DescriptorFirst(SystemCall.Body body, Question question) implements SystemCall.Body {

  /** A request that fails as the call would, if it got as far as the descriptor. */
  @FunctionalInterface
  interface Question {
    Message encode(Call call);
  }

  /** Word: the errno that stands when the descriptor is good. */
  private static final int ERRNO = 15;

  private static final int F_GETFD = 1;

  /** A call that only wants the descriptor open. */
  static SystemCall.Body open(SystemCall.Body body) {
    return new DescriptorFirst(
        body, c -> VfsProtocol.Call.FCNTL.encode(c.message(), c.intArg(0), F_GETFD, 0));
  }

  /** A call that reads. */
  static SystemCall.Body reads(SystemCall.Body body, long offset) {
    return new DescriptorFirst(
        body, c -> VfsProtocol.Call.READ.encode(c.message(), c.intArg(0), 0, offset));
  }

  /** A call that writes. */
  static SystemCall.Body writes(SystemCall.Body body, long offset) {
    return new DescriptorFirst(body, c -> writesNothing(c, offset));
  }

  /** A WRITE that only wants the descriptor to be good for it. */
  static Message writesNothing(Call c, long offset) {
    int job = VfsProtocol.NO_MESSAGE;
    return VfsProtocol.Call.WRITE.encode(c.message(), c.intArg(0), 0, offset, job);
  }

  /** A call on a file that has places in it. */
  static SystemCall.Body seeks(SystemCall.Body body) {
    int current = 1;
    return new DescriptorFirst(
        body, c -> VfsProtocol.Call.SEEK.encode(c.message(), c.intArg(0), 0, current));
  }

  @Override
  public long run(Call c) {
    if (c.word(ERRNO) != 0) {
      return verdict(c);
    }
    try {
      return body.run(c);
    } catch (Failure failure) {
      if (c.step() > 0) {
        throw failure;
      }
      c.word(ERRNO, failure.errno);
      return c.attempt(Role.VFS, question.encode(c));
    }
  }

  private static long verdict(Call c) {
    long found = c.answer(0);
    boolean lacksTheArgument =
        found == -Errno.EINVAL || found == -Errno.EFAULT || found == -Errno.EMOVED;
    return found >= 0 || lacksTheArgument ? -c.word(ERRNO) : PosixProgram.outcome(c);
  }
}
