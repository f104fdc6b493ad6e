package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * The data store: values under names that one task publishes and others retrieve or subscribe to
 * (MINIX's DS). Every service is there under its name, as a label that RS publishes.
 *
 * <p>A name has 1 to {@link #NAME_BYTES_MAX} bytes, none of them a blank, a control character or a
 * star. Services publish under any name but those of others; processes under names that begin with
 * {@link #USER}, which they share by user: the same user, or root, may replace and delete them.
 * What a process publishes goes when it ends, what a service publishes stays when it begins anew.
 */
public final class DsProtocol {

  /** Longest name, in bytes. */
  public static final int NAME_BYTES_MAX = 80;

  /** Longest string, memory or checkpoint, in bytes. */
  public static final int VALUE_BYTES_MAX = 61_440;

  /** What the names of processes begin with. */
  public static final String USER = "user/";

  /** What the names of checkpoints begin with; the name of the service follows. */
  public static final String CHECKPOINT = "checkpoint/";

  /** Type, of a retrieval: whatever it is. */
  public static final int ANY = 0;

  /** Type: 32 bits, without a sign. */
  public static final int U32 = 1;

  /** Type: 64 bits. */
  public static final int U64 = 2;

  /** Type: a text. */
  public static final int STRING = 3;

  /** Type: bytes. */
  public static final int MEMORY = 4;

  /** Type: an endpoint. */
  public static final int LABEL = 5;

  /** Flag of PUBLISH: replaces what is there under the name, instead of EEXIST. */
  public static final int OVERWRITE = 1;

  /** Flag of SUBSCRIBE: what is there counts as changed. */
  public static final int INITIAL = 1;

  /** Flag of CHECK: wait until something has changed, instead of ENOENT. */
  public static final int WAIT = 1;

  private DsProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * Puts a value under a name. Value is that of the number types; a string or memory follows the
     * name in the in-buffer. A label is the caller's own endpoint, but RS's is the value. Errors:
     * EEXIST, EPERM (another's name; a process outside of user/), EINVAL, E2BIG (the value), EDQUOT
     * (the caller has too much), ENOSPC (all have), EAGAIN.
     */
    PUBLISH(0xc00, "flags:x type value nameBytes <entry", "result"),

    /**
     * What is under a name: its value, and who published it. The answer's bytes are the string or
     * memory, as far as there is room; result is its whole size, 0 for other types. Errors: ENOENT
     * (not there, or of another type), EPERM (another's checkpoint), EINVAL.
     */
    RETRIEVE(0xc01, "type <name >bytes", "bytes value:x owner:ep type"),

    /** Errors: ENOENT, EPERM (another's), EINVAL, EAGAIN. */
    DELETE(0xc02, "<name", "result"),

    /**
     * From now on changes of names that match are told to the caller, by a notification and by
     * CHECK; again the same pattern: only INITIAL is done. A pattern is a name, or the beginning of
     * names and a star. Errors: EINVAL, EDQUOT, ENOSPC, EAGAIN.
     */
    SUBSCRIBE(0xc03, "flags:x <pattern", "result"),

    /** Changes that match are not told any more. Errors: ENOENT, EINVAL. */
    UNSUBSCRIBE(0xc04, "<pattern", "result"),

    /**
     * Takes the next changed name that the caller subscribed to: type, value and owner as they are
     * now; type {@link DsProtocol#ANY} when there is nothing any more. Names come in their own
     * order, each once however often it has changed. Who waits here is not notified, and is
     * answered EDEADSRCDST when the data store begins anew, empty: time to subscribe and to publish
     * again. Errors: ENOENT (nothing has changed), EOVERFLOW (too much has changed to be kept: list
     * anew), EINTR (cancelled), EBUSY (waits already).
     */
    CHECK(0xc05, "flags:x >name", "nameBytes type value:x owner:ep"),

    /**
     * Rows of text in the order of names, from the first after a name on (none: from the first of
     * all): name, type, owner, user, bytes, value; more is 1 when they did not all fit.
     */
    LIST(0xc06, "<after >table", "bytes more"),

    /**
     * From a service: keeps this state under {@link DsProtocol#CHECKPOINT} and its name, to be
     * given back when it begins anew after a failure; an empty state takes it away. Errors: EPERM
     * (no service), E2BIG, EDQUOT, ENOSPC.
     */
    CHECKPOINT(0xc07, "<state", "result");

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

    /** {@link Call#PUBLISH}. */
    void publish(Turn turn, long request, long flags, long type, long value, long nameBytes);

    /** {@link Call#RETRIEVE}. */
    void retrieve(Turn turn, long request, long type);

    /** {@link Call#DELETE}. */
    void delete(Turn turn, long request);

    /** {@link Call#SUBSCRIBE}. */
    void subscribe(Turn turn, long request, long flags);

    /** {@link Call#UNSUBSCRIBE}. */
    void unsubscribe(Turn turn, long request);

    /** {@link Call#CHECK}. */
    void check(Turn turn, long request, long flags);

    /** {@link Call#LIST}. */
    void list(Turn turn, long request);

    /** {@link Call#CHECKPOINT}. */
    void checkpoint(Turn turn, long request);
  }

  /** Hands a request to its method; answers ENOSYS to a number that is no call. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    int index = m.type - CALLS[0].number;
    if (index < 0 || index >= CALLS.length) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (CALLS[index]) {
      case PUBLISH -> service.publish(turn, request, m.w0, m.w1, m.w2, m.w3);
      case RETRIEVE -> service.retrieve(turn, request, m.w0);
      case DELETE -> service.delete(turn, request);
      case SUBSCRIBE -> service.subscribe(turn, request, m.w0);
      case UNSUBSCRIBE -> service.unsubscribe(turn, request);
      case CHECK -> service.check(turn, request, m.w0);
      case LIST -> service.list(turn, request);
      case CHECKPOINT -> service.checkpoint(turn, request);
    }
  }
}
