package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * What the network server answers to the network driver: what came from outside of the VOS.
 * Addresses are as in {@link OutsideProtocol}.
 */
public final class ArrivalProtocol {

  /** Flag of ATTACH: programs may connect to outside. */
  public static final int CONNECTS = 1;

  /** Flag of ATTACH: datagrams go out, to anybody or to those who sent some. */
  public static final int DATAGRAMS = 2;

  private ArrivalProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * The driver begins. Answered only at the end of one of the two: each learns so of the other's.
     * Connections of an earlier driver are reset.
     */
    ATTACH(0x1200, "flags:x", "result"),

    /**
     * A connection arrived for a port of the VOS; answered when its listener has room. Errors:
     * ECONNREFUSED.
     */
    CONNECTION(0x1201, "handle port high:x low:x from", "result"),

    /** A datagram arrived for a socket, or, when that is 0, for who has the port. */
    DATAGRAM(0x1202, "socket port high:x low:x from <datagram", "result"),

    /** What a socket sent is refused by its receiver. */
    REFUSED(0x1203, "socket error", "result");

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

    /** {@link Call#ATTACH}. */
    void attach(Turn turn, long request, long flags);

    /** {@link Call#CONNECTION}. */
    void connection(
        Turn turn, long request, long handle, long port, long high, long low, long from);

    /** {@link Call#DATAGRAM}. */
    void datagram(Turn turn, long request, long socket, long port, long high, long low, long from);

    /** {@link Call#REFUSED}. */
    void refused(Turn turn, long request, long socket, long error);
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
      case ATTACH -> service.attach(turn, request, m.w0);
      case CONNECTION -> service.connection(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case DATAGRAM -> service.datagram(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case REFUSED -> service.refused(turn, request, m.w0, m.w1);
    }
  }
}
