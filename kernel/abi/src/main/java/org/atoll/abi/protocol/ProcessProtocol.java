package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/** What a process's task is told. Sent by PM. */
public final class ProcessProtocol {

  private ProcessProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * The first program of a fresh process, whose pid is this: path, arguments and environment in
     * the in-buffer, see {@link ExecImage}, whose constants why takes; answered 0 when it runs, or
     * with the errno of execve.
     */
    EXEC(0x200, "pid <program", "result why"),

    /** One-way, to the child of a fork: go on, as this process. */
    FORKED(0x201, "pid parent", ""),

    /**
     * One-way: a signal with its siginfo (si_code, si_pid, si_uid, si_value), for this thread, or
     * for the process when that is 0.
     */
    SIGNAL(0x202, "signal code pid uid value thread", ""),

    /**
     * One-way: the move to this node that the process asked for is complete; it goes on with its
     * exec.
     */
    MOVED(0x203, "node", ""),

    /**
     * From PM: a resource limit of the process, and with flag 1 a new one, of which PM then tells
     * VFS or VM; the answer has the old. Errors: EINVAL, EPERM.
     */
    LIMIT(0x204, "flags:x resource soft hard", "result soft hard"),

    /**
     * What the process's program knows of it, and of its threads from one on (0: the oldest), as
     * {@link ThreadRecord}s behind their head; count is of all threads. Errors: EINVAL (no room for
     * the head, or no program yet).
     */
    ABOUT(0x205, "first >table", "bytes count");

    private final int number;
    private final Signature signature;

    Call(int number, String request, String answer) {
      this.number = number;
      this.signature = Signature.of(request, answer);
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Signature signature() {
      return signature;
    }
  }

  private static final Call[] CALLS = Call.values();

  /** What the server does for each call. Words keep their 64 bits; the server checks them. */
  public interface Service {

    /** {@link Call#EXEC}. */
    void exec(Turn turn, long request, long pid);

    /** {@link Call#LIMIT}. */
    void limit(Turn turn, long request, long flags, long resource, long soft, long hard);

    /** {@link Call#ABOUT}. */
    void about(Turn turn, long request, long first);

    /** {@link Call#FORKED}. */
    void forked(Turn turn, int source, long pid, long parent);

    /** {@link Call#SIGNAL}. */
    void signal(
        Turn turn, int source, long signal, long code, long pid, long uid, long value, long thread);

    /** {@link Call#MOVED}. */
    void moved(Turn turn, int source, long node);
  }

  /** Hands a request to its method; answers ENOSYS to a number that is no call. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    int index = m.type - CALLS[0].number;
    if (index < 0 || index >= CALLS.length) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (CALLS[index]) {
      case EXEC -> service.exec(turn, request, m.w0);
      case LIMIT -> service.limit(turn, request, m.w0, m.w1, m.w2, m.w3);
      case ABOUT -> service.about(turn, request, m.w0);
      case FORKED, SIGNAL, MOVED -> turn.reply(request, -Errno.ENOSYS);
    }
  }

  /** Hands a one-way message to its method; what nobody sends that way is dropped. */
  public static void deliver(Service service, Turn turn, Message m) {
    int index = m.type - CALLS[0].number;
    if (index < 0 || index >= CALLS.length) {
      return;
    }
    switch (CALLS[index]) {
      case FORKED -> service.forked(turn, m.source, m.w0, m.w1);
      case SIGNAL -> service.signal(turn, m.source, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5);
      case MOVED -> service.moved(turn, m.source, m.w0);
      default -> {}
    }
  }
}
