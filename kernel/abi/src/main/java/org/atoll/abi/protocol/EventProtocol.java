package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * Descriptors of events: counters, timers, signals, and sets of others to wait for (eventfd(2),
 * timerfd_create(2), signalfd(2), epoll(7)). VFS answers, for the process that calls.
 *
 * <p>Flags are Linux's for riscv64. Reading and writing are VFS's READ and WRITE. A read of a
 * descriptor of signals is answered EMOVED, with their set and whether it may wait: what is pending
 * the process knows itself.
 */
public final class EventProtocol {

  /** The number of the first call. */
  public static final int FIRST = 0xf00;

  private EventProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /** As eventfd2(2). Errors: EINVAL, EMFILE, ENFILE. */
    COUNTER(0xf00, "initial flags:x", "fd"),

    /** As timerfd_create(2). Errors: EINVAL, EPERM, EMFILE, ENFILE. */
    TIMER(0xf01, "clock flags:x", "fd"),

    /**
     * As timerfd_settime(2); now is the caller's monotonic clock, which another node's differs
     * from. Answers what was set before. Errors: EBADF, EINVAL.
     */
    SET_TIMER(0xf02, "fd flags:x value:ns interval:ns now:ns", "result left:ns interval:ns"),

    /** As timerfd_gettime(2). Errors: EBADF, EINVAL. */
    GET_TIMER(0xf03, "fd", "result left:ns interval:ns"),

    /** As signalfd4(2): fd -1 makes one. Errors: EBADF, EINVAL, EMFILE, ENFILE. */
    SIGNALS(0xf04, "fd set:x flags:x", "fd"),

    /** As epoll_create1(2). Errors: EINVAL, EMFILE, ENFILE. */
    EPOLL(0xf05, "flags:x", "fd"),

    /** As epoll_ctl(2). Errors: EBADF, EPERM, EINVAL, EEXIST, ENOENT, ELOOP, ENOSPC. */
    CONTROL(0xf06, "epoll operation fd events:x data:x", "result"),

    /**
     * As epoll_wait(2); a timeout &lt; 0 waits for ever. Pending: the signals that are pending for
     * the caller; arrivals: how many have come to it so far. Errors: EBADF, EINVAL, EINTR.
     */
    AWAIT(0xf07, "epoll most timeout:ns pending:x arrivals >events", "ready");

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

  /** What VFS does for each call. */
  public interface Service {

    /** {@link Call#COUNTER}. */
    void counter(Turn turn, long request, long initial, long flags);

    /** {@link Call#TIMER}. */
    void timer(Turn turn, long request, long clock, long flags);

    /** {@link Call#SET_TIMER}. */
    void setTimer(
        Turn turn, long request, long fd, long flags, long value, long interval, long now);

    /** {@link Call#GET_TIMER}. */
    void getTimer(Turn turn, long request, long fd);

    /** {@link Call#SIGNALS}. */
    void signals(Turn turn, long request, long fd, long set, long flags);

    /** {@link Call#EPOLL}. */
    void epoll(Turn turn, long request, long flags);

    /** {@link Call#CONTROL}. */
    void control(
        Turn turn, long request, long epoll, long operation, long fd, long events, long data);

    /** {@link Call#AWAIT}. */
    void await(
        Turn turn, long request, long epoll, long most, long timeout, long pending, long arrivals);
  }

  /** Hands a request to the method of its call; a number that is none of them answers ENOSYS. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    int index = m.type - FIRST;
    if (index < 0 || index >= CALLS.length) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (CALLS[index]) {
      case COUNTER -> service.counter(turn, request, m.w0, m.w1);
      case TIMER -> service.timer(turn, request, m.w0, m.w1);
      case SET_TIMER -> service.setTimer(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case GET_TIMER -> service.getTimer(turn, request, m.w0);
      case SIGNALS -> service.signals(turn, request, m.w0, m.w1, m.w2);
      case EPOLL -> service.epoll(turn, request, m.w0);
      case CONTROL -> service.control(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case AWAIT -> service.await(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
    }
  }
}
