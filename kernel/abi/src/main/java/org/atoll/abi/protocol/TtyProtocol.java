package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * What the terminal server answers besides {@link DeviceProtocol} and, for its devices' names,
 * {@link FsProtocol}: the questions and news of other servers.
 */
public final class TtyProtocol {

  private TtyProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /** One-way, from PM: the leader of a session has ended, which so loses its terminal. */
    LEADER_ENDED(0xa00, "session", ""),

    /**
     * The controlling terminal of a session, by its device number, and its foreground group; 0 and
     * -1 when it has none.
     */
    TERMINAL_OF(0xa01, "session", "device:x foreground");

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

  /** What the server does for each call. */
  public interface Service {

    /** {@link Call#LEADER_ENDED}. */
    void leaderEnded(Turn turn, int source, long session);

    /** {@link Call#TERMINAL_OF}. */
    void terminalOf(Turn turn, long request, long session);
  }

  /** Hands a request to its method; answers ENOSYS to a number that is no call. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    int index = m.type - CALLS[0].number;
    if (index < 0 || index >= CALLS.length) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (CALLS[index]) {
      case TERMINAL_OF -> service.terminalOf(turn, request, m.w0);
      case LEADER_ENDED -> turn.reply(request, -Errno.ENOSYS);
    }
  }

  /** Hands a one-way message to its method; what nobody sends that way is dropped. */
  public static void deliver(Service service, Turn turn, Message m) {
    if (m.type == Call.LEADER_ENDED.number) {
      service.leaderEnded(turn, m.source, m.w0);
    }
  }
}
