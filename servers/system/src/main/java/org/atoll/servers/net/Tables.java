package org.atoll.servers.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** The files of /proc/net: a line for each socket (proc_pid_net(5)). */
final class Tables {

  private static final int UNIX = 0;
  private static final int TCP = 1;
  private static final int TCP_6 = 2;
  private static final int UDP = 3;
  private static final int UDP_6 = 4;
  private static final int COUNTS = 5;
  private static final int COUNTS_6 = 6;
  private static final int RAW = 7;
  private static final int RAW_6 = 8;
  private static final int ICMP = 9;
  private static final int FIRST_OF_ALL = 0;

  private static final int ESTABLISHED = 1;
  private static final int ASKS = 2;
  private static final int HALF_CLOSED = 5;
  private static final int CLOSED = 7;
  private static final int CLOSE_WAIT = 8;
  private static final int LISTENING = 10;

  private Tables() {}

  /**
   * Some lines.
   *
   * @param next where the next ones begin; 0 after the last
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Lines(byte[] text, long next) {}

  static Lines of(State state, int table, long first, int room) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (first == FIRST_OF_ALL) {
      out.writeBytes(bytes(heading(state, table)));
    }
    long number = 0;
    for (int at = state.sockets.first(); at >= 0; at = state.sockets.next(at), number++) {
      Socket s = state.sockets.value(at);
      if (number < first || !belongs(s, table)) {
        continue;
      }
      byte[] line = bytes(table == UNIX ? unix(s) : inet(s, number));
      if (out.size() + line.length > room) {
        return new Lines(out.toByteArray(), number);
      }
      out.writeBytes(line);
    }
    return new Lines(out.toByteArray(), 0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static boolean belongs(Socket s, int table) {
    if (s.outside) {
      return false;
    }
    return switch (table) {
      case UNIX -> s.isUnix();
      case TCP -> s.domain == Socket.INET && s.isStream() && isNamed(s);
      case TCP_6 -> s.domain == Socket.INET6 && s.isStream() && isNamed(s);
      case UDP -> s.domain == Socket.INET && s.isUdp() && isNamed(s);
      case UDP_6 -> s.domain == Socket.INET6 && s.isUdp() && isNamed(s);
      case RAW -> s.domain == Socket.INET && s.isRaw();
      case RAW_6 -> s.domain == Socket.INET6 && s.isRaw();
      case ICMP -> s.domain == Socket.INET && s.isIcmp() && !s.isRaw() && isNamed(s);
      default -> false;
    };
  }

  private static boolean isNamed(Socket s) {
    return s.listening || s.connected || s.asked != 0 || s.isDatagram() && s.local != null;
  }

  private static final String QUEUES =
      " st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

  private static final String ADDRESSES_4 = "  sl  local_address rem_address  ";

  private static final String ADDRESSES_6 =
      "  sl  local_address                         remote_address                       ";

  private static String heading(State state, int table) {
    return switch (table) {
      case UNIX -> "Num       RefCount Protocol Flags    Type St Inode Path\n";
      case TCP -> ADDRESSES_4 + QUEUES + " ".repeat(53) + "\n";
      case TCP_6 -> ADDRESSES_6 + QUEUES + "\n";
      case UDP -> ADDRESSES_4 + QUEUES + " ref pointer drops" + " ".repeat(13) + "\n";
      case COUNTS -> counts(state);
      case COUNTS_6 -> counts6(state);
      case UDP_6, RAW_6 -> ADDRESSES_6 + QUEUES + " ref pointer drops\n";
      default -> ADDRESSES_4 + QUEUES + " ref pointer drops\n";
    };
  }

  /** Of how many sockets there are. */
  private static String counts(State state) {
    int tcp = count(state, TCP);
    return "sockets: used "
        + state.sockets.size()
        + "\nTCP: inuse "
        + tcp
        + " orphan 0 tw 0 alloc "
        + (tcp + count(state, TCP_6))
        + " mem 0\nUDP: inuse "
        + count(state, UDP)
        + " mem 0\nUDPLITE: inuse 0\nRAW: inuse "
        + count(state, RAW)
        + "\nFRAG: inuse 0 memory 0\n";
  }

  private static String counts6(State state) {
    return "TCP6: inuse "
        + count(state, TCP_6)
        + "\nUDP6: inuse "
        + count(state, UDP_6)
        + "\nUDPLITE6: inuse 0\nRAW6: inuse "
        + count(state, RAW_6)
        + "\nFRAG6: inuse 0 memory 0\n";
  }

  private static int count(State state, int table) {
    int count = 0;
    for (int at = state.sockets.first(); at >= 0; at = state.sockets.next(at)) {
      count += belongs(state.sockets.value(at), table) ? 1 : 0;
    }
    return count;
  }

  /** The number by which fstat(2) and /proc/PID/fd know a socket. */
  static long inode(Socket s) {
    return s.handle & 0xffff_ffffL;
  }

  private static String unix(Socket s) {
    int status = s.connected ? 3 : 1;
    String path = s.name.length == 0 ? "" : " " + path(s.name);
    int accepts = s.listening ? 0x10000 : 0;
    return String.format(
        Locale.ROOT,
        "%016X: %08X %08X %08X %04X %02X %5d%s\n",
        0,
        s.connected ? 3 : 2,
        0,
        accepts,
        s.type,
        status,
        inode(s),
        path);
  }

  private static String path(byte[] name) {
    String text = new String(name, ISO_8859_1);
    boolean isAbstract = text.charAt(0) == '\0';
    return isAbstract ? text.replace('\0', '@') : text.substring(0, text.length() - 1);
  }

  private static String inet(Socket s, long number) {
    String local = address(Address.orAny(s.local, s.domain), s.domain);
    String remote = address(Address.orAny(s.remote, s.domain), s.domain);
    return String.format(
        Locale.ROOT,
        "%4d: %s %s %02X %08X:%08X 00:00000000 00000000 %5d        0 %d 1 %016X%s\n",
        number,
        local,
        remote,
        status(s),
        0,
        s.listening ? s.arrived.size() : s.queue.bytes(),
        (int) s.ids,
        s.listener == 0 ? inode(s) : 0,
        0,
        s.isStream() ? " 100 0 0 10 0" : " 0");
  }

  /** TCP's state, by Linux's number. */
  static int status(Socket s) {
    if (s.listening) {
      return LISTENING;
    }
    if (!s.connected || s.isDatagram()) {
      return s.connected ? ESTABLISHED : s.asked != 0 ? ASKS : CLOSED;
    }
    if (s.readOff) {
      return s.writeOff ? CLOSED : CLOSE_WAIT;
    }
    return s.writeOff ? HALF_CLOSED : ESTABLISHED;
  }

  /** Words of four bytes in the order of the machine. */
  private static String address(Address a, int domain) {
    StringBuilder out = new StringBuilder();
    long[] halves =
        domain == Socket.INET ? new long[] {a.low() << 32} : new long[] {a.high(), a.low()};
    for (long half : halves) {
      out.append(String.format(Locale.ROOT, "%08X", Integer.reverseBytes((int) (half >>> 32))));
      if (domain != Socket.INET) {
        out.append(String.format(Locale.ROOT, "%08X", Integer.reverseBytes((int) half)));
      }
    }
    return out.append(String.format(Locale.ROOT, ":%04X", a.port())).toString();
  }
}
