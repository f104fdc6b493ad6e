package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * What the network driver answers to the network server: connections and datagrams to outside of
 * the VOS, cut at the socket as in Xen's PV Calls protocol (connect, release, and a data ring for
 * each active socket).
 *
 * <p>A connection is a handle of the driver's. Its bytes stay in frames of the server's rings: a
 * span is a grant (upper 32 bits), an offset in it (16 bits) and a number of bytes (16 bits); 0 is
 * no span. An address is the halves of an IPv6 address, IPv4 being mapped into it.
 */
public final class OutsideProtocol {

  /** Spans of one call. */
  public static final int SPANS = 6;

  /** A piece of a granted frame. */
  public static long span(int grant, int offset, int bytes) {
    return (long) grant << 32 | (long) offset << 16 | bytes;
  }

  /** The grant of a span. */
  public static int grant(long span) {
    return (int) (span >>> 32);
  }

  /** Where a span begins in its grant. */
  public static int offset(long span) {
    return (int) (span >>> 16) & 0xffff;
  }

  /** Bytes of a span. */
  public static int bytes(long span) {
    return (int) span & 0xffff;
  }

  private OutsideProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /** Answered when the connection is there, or failed. Errors: those of connect(2), EINTR. */
    CONNECT(0x1100, "high:x low:x port", "handle"),

    /**
     * Takes bytes out of the spans; answered when there was room for at least one. Errors:
     * ECONNRESET.
     */
    TRANSMIT(0x1101, "handle span0:x span1:x span2:x span3:x span4:x span5:x", "bytes"),

    /**
     * Puts bytes into the spans; answered when there is at least one; 0: no more come. Errors:
     * ECONNRESET, ETIMEDOUT.
     */
    FILL(0x1102, "handle span0:x span1:x span2:x span3:x span4:x span5:x", "bytes"),

    /** No more bytes follow (half-close). */
    END(0x1103, "handle", "result"),

    /**
     * Closes a connection; with {@code reset} 1 the other end is told so. FILL and TRANSMIT of it
     * are answered ECONNABORTED.
     */
    RELEASE(0x1104, "handle reset", "result"),

    /**
     * Sends a datagram for a socket of the server's, which has this port in the VOS. Errors:
     * ENETUNREACH, EMSGSIZE.
     */
    SEND(0x1105, "socket port connected high:x low:x to <datagram", "bytes"),

    /** A socket for datagrams is closed. */
    FORGET(0x1106, "socket", "result");

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

  /** What is done for each call. */
  public interface Service {

    /** {@link Call#CONNECT}. */
    void connect(Turn turn, long request, long high, long low, long port);

    /** {@link Call#TRANSMIT}. */
    void transmit(
        Turn turn,
        long request,
        long handle,
        long span0,
        long span1,
        long span2,
        long span3,
        long span4,
        long span5);

    /** {@link Call#FILL}. */
    void fill(
        Turn turn,
        long request,
        long handle,
        long span0,
        long span1,
        long span2,
        long span3,
        long span4,
        long span5);

    /** {@link Call#END}. */
    void end(Turn turn, long request, long handle);

    /** {@link Call#RELEASE}. */
    void release(Turn turn, long request, long handle, long reset);

    /** {@link Call#SEND}. */
    void send(
        Turn turn,
        long request,
        long socket,
        long port,
        long connected,
        long high,
        long low,
        long to);

    /** {@link Call#FORGET}. */
    void forget(Turn turn, long request, long socket);
  }

  /** Whether a message is one of these calls. */
  public static boolean isCall(int type) {
    return type >= CALLS[0].number && type < CALLS[0].number + CALLS.length;
  }

  /** Hands a request to its method; answers ENOSYS to a number that is no call. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    if (!isCall(m.type)) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (CALLS[m.type - CALLS[0].number]) {
      case null -> throw new AssertionError("makes the compiler ask for every call below");
      case CONNECT -> service.connect(turn, request, m.w0, m.w1, m.w2);
      case TRANSMIT -> service.transmit(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5, m.w6);
      case FILL -> service.fill(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5, m.w6);
      case END -> service.end(turn, request, m.w0);
      case RELEASE -> service.release(turn, request, m.w0, m.w1);
      case SEND -> service.send(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5);
      case FORGET -> service.forget(turn, request, m.w0);
    }
  }
}
