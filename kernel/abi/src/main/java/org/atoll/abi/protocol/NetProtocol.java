package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * What the network server answers to VFS, besides CLOSE, IOCTL and WATCH of {@link DeviceProtocol}:
 * sockets by handle. A handle is of one beginning of the server, which its upper 32 bits name; one
 * of an earlier beginning answers ECONNRESET. Its lowest bit is 1 for a Unix socket, whose names
 * may be in the file system, the next one for a stream.
 *
 * <p>{@code ids} is a user in the lower 32 bits and a group in the upper. A socket with a name in
 * the file system is that inode of {@code fs}; without one, {@code fs} is no task. Every call that
 * can wait is answered EINTR (or with its progress) when cancelled.
 */
public final class NetProtocol {

  /** Flag of SEND, RECEIVE, ACCEPT, CONNECT: answer EAGAIN (EINPROGRESS) and do not wait. */
  public static final int NO_WAIT = 0x40;

  /** In the flags that RECEIVE answers: the sender's pid and ids are to be told. */
  public static final long CREDENTIALS = 1L << 32;

  /** From which bit on the flags that RECEIVE answers are bytes of control messages. */
  public static final int CONTROL_SHIFT = 40;

  private NetProtocol() {}

  /** Whether a socket is of the family that has names in the file system. */
  public static boolean isUnix(long handle) {
    return (handle & 1) != 0;
  }

  /** Whether a socket carries bytes, and not messages. */
  public static boolean isStream(long handle) {
    return (handle & 2) != 0;
  }

  /** Which beginning of the server a handle is of. */
  public static long beginning(long handle) {
    return handle >>> 32;
  }

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /** A socket. Errors: EAFNOSUPPORT, EPROTONOSUPPORT, ESOCKTNOSUPPORT, EACCES, ENFILE. */
    SOCKET(0x1000, "domain type protocol pid ids:x", "handle"),

    /** Two that are connected. Errors: as SOCKET, and EOPNOTSUPP. */
    PAIR(0x1001, "domain type protocol pid ids:x", "handle0 handle1"),

    /**
     * A name in the file system is about to be made for it (1), or is not (0). Errors: EINVAL (it
     * has a name, or one is made).
     */
    RESERVE(0x1002, "handle on", "result"),

    /** Errors: EINVAL, EADDRINUSE, EADDRNOTAVAIL, EACCES, EAFNOSUPPORT. */
    BIND(0x1003, "handle fs:ep inode pid ids:x <address", "result"),

    /** Flags: {@link NetProtocol#NO_WAIT}. Errors: those of connect(2). */
    CONNECT(0x1004, "handle fs:ep inode flags:x pid ids:x <address", "result"),

    /** Errors: EINVAL, EOPNOTSUPP, EADDRINUSE. */
    LISTEN(0x1005, "handle backlog pid ids:x", "result"),

    /** Errors: EINVAL, EOPNOTSUPP, EAGAIN. */
    ACCEPT(0x1006, "handle flags:x >address", "handle addressBytes"),

    /**
     * With {@code fs}, the message goes to that socket; without, {@code target} is how many bytes
     * of the in-buffer are an address, in front of the data. Answers who has the message now, or
     * {@link SocketProtocol#GATHERED}.
     */
    SEND(0x1007, "handle flags:x fs:ep target rights pid ids:x <message", "bytes holder"),

    /**
     * Data, the address and control messages in the out-buffer, whose last {@code controlRoom}
     * bytes are for the latter alone; how many those are is in the flags of the answer, from {@link
     * NetProtocol#CONTROL_SHIFT} on. {@code rights} is 0 when there are none.
     */
    RECEIVE(
        0x1008,
        "handle bytes flags:x controlRoom >message",
        "bytes flags:x addressBytes rights whole pid ids:x"),

    /** As shutdown(2). */
    SHUTDOWN(0x1009, "handle how", "result"),

    /** As getsockname(2), or getpeername(2) when {@code peer} is 1. */
    NAME(0x100a, "handle peer >address", "addressBytes"),

    /** As getsockopt(2). */
    GET_OPTION(0x100b, "handle level name >value", "bytes"),

    /** As setsockopt(2). */
    SET_OPTION(0x100c, "handle level name user <value", "result"),

    /**
     * From any server: lines of a file of /proc/net (unix 0, tcp 1, tcp6 2, udp 3, udp6 4, sockstat
     * 5, sockstat6 6, raw 7, raw6 8, icmp 9) for the sockets from {@code first} on; {@code next} is
     * 0 when these were the last.
     */
    TABLE(0x100d, "table first >lines", "bytes next"),

    /**
     * As {@link DeviceProtocol.Call#WATCH}, but answered only when something has happened after
     * {@code since}, the count that an earlier one answered; with 0, when the socket is ready. News
     * are those of its events that this is about.
     */
    WATCH_NEWS(0x100e, "handle events:x flags:x since", "events:x count news:x");

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

    /** {@link Call#SOCKET}. */
    void socket(Turn turn, long request, long domain, long type, long protocol, long pid, long ids);

    /** {@link Call#PAIR}. */
    void pair(Turn turn, long request, long domain, long type, long protocol, long pid, long ids);

    /** {@link Call#RESERVE}. */
    void reserve(Turn turn, long request, long handle, long on);

    /** {@link Call#BIND}. */
    void bind(Turn turn, long request, long handle, long fs, long inode, long pid, long ids);

    /** {@link Call#CONNECT}. */
    void connect(
        Turn turn, long request, long handle, long fs, long inode, long flags, long pid, long ids);

    /** {@link Call#LISTEN}. */
    void listen(Turn turn, long request, long handle, long backlog, long pid, long ids);

    /** {@link Call#ACCEPT}. */
    void accept(Turn turn, long request, long handle, long flags);

    /** {@link Call#SEND}. */
    void send(
        Turn turn,
        long request,
        long handle,
        long flags,
        long fs,
        long target,
        long rights,
        long pid,
        long ids);

    /** {@link Call#RECEIVE}. */
    void receive(Turn turn, long request, long handle, long bytes, long flags, long controlRoom);

    /** {@link Call#SHUTDOWN}. */
    void shutdown(Turn turn, long request, long handle, long how);

    /** {@link Call#NAME}. */
    void name(Turn turn, long request, long handle, long peer);

    /** {@link Call#GET_OPTION}. */
    void getOption(Turn turn, long request, long handle, long level, long name);

    /** {@link Call#SET_OPTION}. */
    void setOption(Turn turn, long request, long handle, long level, long name, long user);

    /** {@link Call#TABLE}. */
    void table(Turn turn, long request, long table, long first);

    /** {@link Call#WATCH_NEWS}. */
    void watchNews(Turn turn, long request, long handle, long events, long flags, long since);
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
      case SOCKET -> service.socket(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case PAIR -> service.pair(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case RESERVE -> service.reserve(turn, request, m.w0, m.w1);
      case BIND -> service.bind(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case CONNECT -> service.connect(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5);
      case LISTEN -> service.listen(turn, request, m.w0, m.w1, m.w2, m.w3);
      case ACCEPT -> service.accept(turn, request, m.w0, m.w1);
      case SEND -> service.send(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5, m.w6);
      case RECEIVE -> service.receive(turn, request, m.w0, m.w1, m.w2, m.w3);
      case SHUTDOWN -> service.shutdown(turn, request, m.w0, m.w1);
      case NAME -> service.name(turn, request, m.w0, m.w1);
      case GET_OPTION -> service.getOption(turn, request, m.w0, m.w1, m.w2);
      case SET_OPTION -> service.setOption(turn, request, m.w0, m.w1, m.w2, m.w3);
      case TABLE -> service.table(turn, request, m.w0, m.w1);
      case WATCH_NEWS -> service.watchNews(turn, request, m.w0, m.w1, m.w2, m.w3);
    }
  }
}
