package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * The console driver: the three streams of the command (0 in, 1 out, 2 err). It keeps nothing: what
 * is not asked for is not read from the host.
 *
 * <p>Every call answers EINVAL to a stream that is none of the three, and EBADF to one that the
 * command was started without.
 */
public final class ConsoleProtocol {

  /** Flag: answer EAGAIN (WATCH: 0) where the call would have to wait. */
  public static final int NO_WAIT = 1;

  /**
   * Event of WATCH: the terminal's size is not the one that the last STATUS of the stream answered.
   */
  public static final int RESIZED = 0x1000;

  private ConsoleProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * Waits for input: 0 at its end. Readers of a stream are served in the order they came. Errors:
     * EINTR (cancelled), EAGAIN (flag), EIO.
     */
    READ(0x700, "stream bytes flags:x >data", "bytes"),

    /**
     * Answered when the host has taken all of it; fewer bytes when cancelled or failed half-way.
     * Errors, nothing being taken: EPIPE, EIO, ENOSPC, EINTR (cancelled), EAGAIN (flag).
     */
    WRITE(0x701, "stream bytes flags:x <data", "bytes"),

    /**
     * Answered when one of the events (POLLIN 1, POLLOUT 4, RESIZED 0x1000: the terminal's size is
     * not the one that the last STATUS of the stream answered), POLLERR (8) or POLLHUP (16) is
     * there. Errors: EINTR (cancelled).
     */
    WATCH(0x702, "stream events:x flags:x", "events:x"),

    /**
     * Kind: 0 terminal, 1 pipe, socket or other, 2 regular file, 3 closed, 4 null device. Rows and
     * columns are those of a terminal.
     */
    STATUS(0x703, "stream", "kind rows columns"),

    /**
     * Sets the host's terminal, which streams 0 and 1 are: raw 1 gives every byte as it comes and
     * goes (8 bit, no echo, no signals, no translation, no flow control), raw 0 what it was before.
     * The host gives it back at the end by itself. Errors: ENOTTY (the streams are not one
     * terminal), EINVAL (neither 0 nor 1), EIO (its session has another owner).
     */
    MODE(0x704, "raw", "result");

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

  /** What the driver does for each call. Words keep their 64 bits; the driver checks them. */
  public interface Service {

    /** {@link Call#READ}. */
    void read(Turn turn, long request, long stream, long bytes, long flags);

    /** {@link Call#WRITE}. */
    void write(Turn turn, long request, long stream, long bytes, long flags);

    /** {@link Call#WATCH}. */
    void watch(Turn turn, long request, long stream, long events, long flags);

    /** {@link Call#STATUS}. */
    void status(Turn turn, long request, long stream);

    /** {@link Call#MODE}. */
    void mode(Turn turn, long request, long raw);
  }

  /** Hands a request to its method; answers ENOSYS to a number that is no call. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    int index = m.type - CALLS[0].number;
    if (index < 0 || index >= CALLS.length) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (CALLS[index]) {
      case null -> throw new AssertionError("makes the compiler ask for every call below");
      case READ -> service.read(turn, request, m.w0, m.w1, m.w2);
      case WRITE -> service.write(turn, request, m.w0, m.w1, m.w2);
      case WATCH -> service.watch(turn, request, m.w0, m.w1, m.w2);
      case STATUS -> service.status(turn, request, m.w0);
      case MODE -> service.mode(turn, request, m.w0);
    }
  }
}
