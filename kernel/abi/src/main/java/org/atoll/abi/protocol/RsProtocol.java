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

    /**
     * The services as rows of text: name, endpoint, node, version, restarts, events handled, CPU
     * time in milliseconds, state.
     */
    SERVICES(0x801, ">table", "result"),

    /**
     * From a node's boot: the node is a member, and this is its VM. Answered when PM knows. Errors:
     * EINVAL.
     */
    JOIN(0x802, "node vm:ep", "result"),

    /** One-way, from a kernel: the node is dead. */
    NODE_DOWN(0x803, "node", ""),

    /**
     * From a boot task: it cannot do its work, for the reason that is a line of text. The VOS ends
     * and shows the line.
     */
    FAIL(0x804, "<reason", "result"),

    /** One-way, from a kernel: a service that RS watches has failed, and waits to be renewed. */
    FAILED(0x805, "task:ep", ""),

    /**
     * A new service from an image of this node. Errors: EEXIST, and those of the kernel's START.
     */
    START(0x806, "<name", "task:ep"),

    /**
     * The service begins anew, without state. Errors: ENOENT, EPERM (its loss ends the VOS), and
     * those of the kernel's RENEW.
     */
    RESTART(0x807, "<name >reason", "result bytes"),

    /**
     * The service goes on with the code that was offered last, from the state that the old one
     * saves. Errors: ENOENT, and those of the kernel's RENEW, with the reason.
     */
    UPDATE(0x808, "<name >reason", "result bytes"),

    /** The service fails as by a mistake of its own. Errors: ENOENT, those of the kernel's FAIL. */
    KILL(0x809, "<name", "result"),

    /** The endpoint of a service. Errors: ENOENT. */
    FIND(0x80a, "<name", "task:ep");

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

    /** {@link Call#NODE_DOWN}. */
    void nodeDown(Turn turn, int source, long node);

    /** {@link Call#FAIL}. */
    void fail(Turn turn, long request);

    /** {@link Call#FAILED}. */
    void failed(Turn turn, int source, int task);

    /** {@link Call#START}. */
    void start(Turn turn, long request);

    /** {@link Call#RESTART}. */
    void restart(Turn turn, long request);

    /** {@link Call#UPDATE}. */
    void update(Turn turn, long request);

    /** {@link Call#KILL}. */
    void kill(Turn turn, long request);

    /** {@link Call#FIND}. */
    void find(Turn turn, long request);
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
      case FAIL -> service.fail(turn, request);
      case START -> service.start(turn, request);
      case RESTART -> service.restart(turn, request);
      case UPDATE -> service.update(turn, request);
      case KILL -> service.kill(turn, request);
      case FIND -> service.find(turn, request);
      case NODE_DOWN, FAILED -> turn.reply(request, -Errno.ENOSYS);
    }
  }

  /** Hands a one-way message to its method; what nobody sends that way is dropped. */
  public static void deliver(Service service, Turn turn, Message m) {
    if (m.type == Call.NODE_DOWN.number) {
      service.nodeDown(turn, m.source, m.w0);
    } else if (m.type == Call.FAILED.number) {
      service.failed(turn, m.source, (int) m.w0);
    }
  }
}
