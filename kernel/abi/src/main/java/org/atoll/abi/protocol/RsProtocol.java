package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/** The reincarnation server: starts and watches servers and drivers. */
public final class RsProtocol {

  private RsProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /** From a server or boot task that RS was told to wait for: it is ready. */
    UP(0x800, "", "result"),

    /** The services, as rows of text. */
    SERVICES(0x801, ">table", "result"),

    /**
     * From a node's boot: the node is a member, and this is its VM. Answered when PM knows. Errors:
     * EINVAL.
     */
    JOIN(0x802, "node vm:ep", "result");

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

    /** {@link Call#UP}. */
    void up(Turn turn, long request);

    /** {@link Call#SERVICES}. */
    void services(Turn turn, long request);

    /** {@link Call#JOIN}. */
    void join(Turn turn, long request, long node, long vm);
  }

  /** Hands a request to its method; answers ENOSYS to a number that is no call. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    int index = m.type - CALLS[0].number;
    if (index < 0 || index >= CALLS.length) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (CALLS[index]) {
      case UP -> service.up(turn, request);
      case SERVICES -> service.services(turn, request);
      case JOIN -> service.join(turn, request, m.w0, m.w1);
    }
  }
}
