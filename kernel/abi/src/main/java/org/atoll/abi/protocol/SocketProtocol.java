package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * What VFS answers to processes about sockets besides {@link VfsProtocol}: a socket is a descriptor
 * there, and what is behind it is the network server's ({@link NetProtocol}).
 *
 * <p>Addresses, options, flags and control messages have Linux's structures for riscv64. Every call
 * that can wait is answered EINTR (or with its progress) when cancelled.
 */
public final class SocketProtocol {

  /** Bytes of an address (Linux {@code sockaddr_storage}). */
  public static final int ADDRESS_BYTES_MAX = 128;

  /** Descriptors in one message (Linux {@code SCM_MAX_FD}). */
  public static final int RIGHTS_MAX = 253;

  /**
   * Flag of SEND: more follows in another one. A stream takes what there is; of a message the
   * pieces are gathered, and the answer's signal is {@link #GATHERED}. In the flags that RECEIVE
   * answers: another RECEIVE gets more of the same message.
   */
  public static final long MORE = 1L << 33;

  /**
   * Flag of SEND: the message goes on that the last one began. Of RECEIVE: so does the message, or
   * the stream, which is not waited for then and tells no error. In the flags that RECEIVE answers:
   * it was a stream.
   */
  public static final long CONTINUES = 1L << 34;

  /** From which bit on the flags of SEND and RECEIVE are the number of the thread that asks. */
  public static final int MESSAGE_SHIFT = 35;

  /** Instead of a signal, of a SEND whose piece was gathered. */
  public static final long GATHERED = -1;

  private SocketProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /** As socket(2); type with SOCK_CLOEXEC and SOCK_NONBLOCK. */
    SOCKET(0xe00, "domain type:x protocol", "fd"),

    /** As socketpair(2). */
    PAIR(0xe01, "domain type:x protocol", "fd0 fd1"),

    /** As bind(2). */
    BIND(0xe02, "fd <address", "result"),

    /** As connect(2). */
    CONNECT(0xe03, "fd <address", "result"),

    /** As listen(2). */
    LISTEN(0xe04, "fd backlog", "result"),

    /** As accept4(2). */
    ACCEPT(0xe05, "fd flags:x >address", "fd addressBytes"),

    /**
     * As sendmsg(2); the in-buffer is control messages, address and data. {@code signal} is for the
     * caller to raise, unless MSG_NOSIGNAL: SIGPIPE with EPIPE.
     */
    SEND(0xe06, "fd flags:x controlBytes addressBytes <message", "bytes signal"),

    /**
     * As recvmsg(2): at most {@code bytes} of data; in the out-buffer data, address and control
     * messages follow each other. {@code whole} is the size of the message before it was cut.
     */
    RECEIVE(
        0xe07,
        "fd bytes flags:x controlRoom >message",
        "bytes flags:x addressBytes controlBytes whole"),

    /** As shutdown(2). */
    SHUTDOWN(0xe08, "fd how", "result"),

    /** As getsockname(2), or getpeername(2) when {@code peer} is 1. */
    NAME(0xe09, "fd peer >address", "addressBytes"),

    /** As getsockopt(2). */
    GET_OPTION(0xe0a, "fd level name >value", "bytes"),

    /** As setsockopt(2). */
    SET_OPTION(0xe0b, "fd level name <value", "result"),

    /**
     * From the network server, one-way: the message with these descriptors went without being
     * received.
     */
    RIGHTS_GONE(0xe0c, "rights", "");

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

    /** {@link Call#SOCKET}. */
    void socket(Turn turn, long request, long domain, long type, long protocol);

    /** {@link Call#PAIR}. */
    void pair(Turn turn, long request, long domain, long type, long protocol);

    /** {@link Call#BIND}. */
    void bind(Turn turn, long request, long fd);

    /** {@link Call#CONNECT}. */
    void connect(Turn turn, long request, long fd);

    /** {@link Call#LISTEN}. */
    void listen(Turn turn, long request, long fd, long backlog);

    /** {@link Call#ACCEPT}. */
    void accept(Turn turn, long request, long fd, long flags);

    /** {@link Call#SEND}. */
    void send(Turn turn, long request, long fd, long flags, long controlBytes, long addressBytes);

    /** {@link Call#RECEIVE}. */
    void receive(Turn turn, long request, long fd, long bytes, long flags, long controlRoom);

    /** {@link Call#SHUTDOWN}. */
    void shutdown(Turn turn, long request, long fd, long how);

    /** {@link Call#NAME}. */
    void name(Turn turn, long request, long fd, long peer);

    /** {@link Call#GET_OPTION}. */
    void getOption(Turn turn, long request, long fd, long level, long name);

    /** {@link Call#SET_OPTION}. */
    void setOption(Turn turn, long request, long fd, long level, long name);

    /** {@link Call#RIGHTS_GONE}. */
    void rightsGone(Turn turn, int source, long rights);
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
      case SOCKET -> service.socket(turn, request, m.w0, m.w1, m.w2);
      case PAIR -> service.pair(turn, request, m.w0, m.w1, m.w2);
      case BIND -> service.bind(turn, request, m.w0);
      case CONNECT -> service.connect(turn, request, m.w0);
      case LISTEN -> service.listen(turn, request, m.w0, m.w1);
      case ACCEPT -> service.accept(turn, request, m.w0, m.w1);
      case SEND -> service.send(turn, request, m.w0, m.w1, m.w2, m.w3);
      case RECEIVE -> service.receive(turn, request, m.w0, m.w1, m.w2, m.w3);
      case SHUTDOWN -> service.shutdown(turn, request, m.w0, m.w1);
      case NAME -> service.name(turn, request, m.w0, m.w1);
      case GET_OPTION -> service.getOption(turn, request, m.w0, m.w1, m.w2);
      case SET_OPTION -> service.setOption(turn, request, m.w0, m.w1, m.w2);
      case RIGHTS_GONE -> turn.reply(request, -Errno.ENOSYS);
    }
  }

  /** Hands a one-way message to its method; what nobody sends that way is dropped. */
  public static void deliver(Service service, Turn turn, Message m) {
    if (m.type == Call.RIGHTS_GONE.number) {
      service.rightsGone(turn, m.source, m.w0);
    }
  }
}
