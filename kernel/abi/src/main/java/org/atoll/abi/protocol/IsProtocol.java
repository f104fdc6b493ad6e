package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/** The information server: tables of what the system looks like, as rows of text with a title. */
public final class IsProtocol {

  private IsProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * A table by its name. Snapshot 0 makes the table now, and answers its first bytes and its
     * total size; when that is more than the out-buffer takes, the answer's snapshot, which is not
     * 0, gives the rest of the same table: from an offset on, until its end was read. Errors:
     * ENOENT (no such table), EINVAL, ESTALE (the snapshot was dropped for later ones), EINTR, and
     * those of the server whose table it is.
     */
    TABLE(0xd00, "snapshot offset <name >rows", "bytes total snapshot"),

    /** The names of the tables, a line each. */
    NAMES(0xd01, ">names", "bytes"),

    /** Memory of a node, or with -1 of all that are up. Errors: EINVAL, ENXIO (it is not up). */
    MEMORY(0xd02, "node", "totalBytes freeBytes cachedBytes");

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

    /** {@link Call#TABLE}. */
    void table(Turn turn, long request, long snapshot, long offset);

    /** {@link Call#NAMES}. */
    void names(Turn turn, long request);

    /** {@link Call#MEMORY}. */
    void memory(Turn turn, long request, long node);
  }

  /** Hands a request to its method; answers ENOSYS to a number that is no call. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    int index = m.type - CALLS[0].number;
    if (index < 0 || index >= CALLS.length) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (CALLS[index]) {
      case TABLE -> service.table(turn, request, m.w0, m.w1);
      case NAMES -> service.names(turn, request);
      case MEMORY -> service.memory(turn, request, m.w0);
    }
  }
}
