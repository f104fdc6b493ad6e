package org.atoll.servers.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.abi.Errno;
import org.atoll.abi.Turn;

/**
 * Sockets that ask the system about its network (netlink(7), rtnetlink(7)): links, addresses and
 * routes are listed; what would change them is refused, as to who may not.
 */
final class Netlink {

  /** Bytes of struct sockaddr_nl. */
  static final int ADDRESS_BYTES = 12;

  private static final int HEADER_BYTES = 16;
  private static final int MESSAGE_MAX = 32_768;
  private static final int REQUEST = 0x1;
  private static final int ACKNOWLEDGE = 0x4;
  private static final int DUMP = 0x300;

  private static final int GET = 2;
  private static final int GET_LINK = 18;
  private static final int GET_ADDRESS = 22;
  private static final int GET_ROUTE = 26;
  private static final int GET_NEIGHBOUR = 30;
  private static final int GET_RULE = 34;

  private final State state;
  private final Pump pump;

  Netlink(State state, Pump pump) {
    this.state = state;
    this.pump = pump;
  }

  /** The form of an address: family, nothing, port, groups. */
  static byte[] address(int port) {
    byte[] bytes = new byte[ADDRESS_BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(0, (short) Socket.NETLINK);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(4, port);
    return bytes;
  }

  private static int port(byte[] address) {
    return ByteBuffer.wrap(address).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
  }

  private static boolean isAddress(byte[] address) {
    return address.length >= ADDRESS_BYTES && Address.family(address) == Socket.NETLINK;
  }

  // ---- names

  /** bind(2); 0 or a negated errno. */
  int bind(Socket s, byte[] address) {
    if (!isAddress(address)) {
      return -Errno.EINVAL;
    }
    int wanted = port(address);
    if (s.port != 0) {
      return wanted == 0 || wanted == s.port ? 0 : -Errno.EINVAL;
    }
    if (wanted != 0 && isTaken(wanted)) {
      return -Errno.EADDRINUSE;
    }
    s.port = wanted == 0 ? free(s) : wanted;
    return 0;
  }

  private boolean isTaken(int port) {
    for (int at = state.sockets.first(); at >= 0; at = state.sockets.next(at)) {
      Socket other = state.sockets.value(at);
      if (other.isNetlink() && other.port == port) {
        return true;
      }
    }
    return false;
  }

  /** The first of a process has its number, as programs expect; others have one that is none. */
  private int free(Socket s) {
    return isTaken((int) s.pid) ? Integer.MIN_VALUE | (int) s.handle >>> 2 : (int) s.pid;
  }

  /** connect(2): the system is the only one there is to talk to. */
  int connect(Socket s, byte[] address) {
    if (!isAddress(address)) {
      return -Errno.EINVAL;
    }
    s.port = s.port == 0 ? free(s) : s.port;
    s.connected = true;
    return port(address) == 0 ? 0 : -Errno.ECONNREFUSED;
  }

  // ---- questions

  /** sendmsg(2): each message is answered at once; 0 or a negated errno. */
  int send(Turn turn, Waiter w, Socket s, byte[] address) {
    if (address.length > 0 && !isAddress(address)) {
      return -Errno.EINVAL;
    }
    if (address.length > 0 && port(address) != 0) {
      return -Errno.ECONNREFUSED;
    }
    if (w.wanted > MESSAGE_MAX || w.gathered != 0) {
      return -Errno.EMSGSIZE;
    }
    byte[] bytes = new byte[w.wanted];
    int copied = turn.kernel().copyIn(w.request, w.offset, bytes, 0, bytes.length);
    if (copied < 0) {
      return copied;
    }
    s.port = s.port == 0 ? free(s) : s.port;
    all(turn, s, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return 0;
  }

  private void all(Turn turn, Socket s, ByteBuffer in) {
    int at = 0;
    while (in.capacity() - at >= HEADER_BYTES) {
      int bytes = in.getInt(at);
      if (bytes < HEADER_BYTES || bytes > in.capacity() - at) {
        return;
      }
      one(turn, s, in.slice(at, bytes).order(ByteOrder.LITTLE_ENDIAN));
      at += bytes + 3 & -4;
    }
  }

  private void one(Turn turn, Socket s, ByteBuffer in) {
    int type = in.getShort(4);
    int flags = in.getShort(6);
    if ((flags & REQUEST) == 0) {
      return;
    }
    NetlinkAnswer answer = new NetlinkAnswer(in, s.port);
    int error = type < HEADER_BYTES ? 0 : answer(answer, in, type, flags);
    if (answer.bytes().length > 0) {
      tell(turn, s, answer.bytes());
    }
    if (error == 0 && type >= HEADER_BYTES && (flags & DUMP) != 0) {
      tell(turn, s, new NetlinkAnswer(in, s.port).done().bytes());
      return;
    }
    if (error != 0 || (flags & ACKNOWLEDGE) != 0) {
      tell(turn, s, new NetlinkAnswer(in, s.port).error(error).bytes());
    }
  }

  /** 0, or the negated errno that is the answer. */
  private static int answer(NetlinkAnswer out, ByteBuffer in, int type, int flags) {
    if ((type & 3) != GET) {
      return -Errno.EPERM;
    }
    boolean dump = (flags & DUMP) != 0;
    int family = in.capacity() > HEADER_BYTES ? in.get(HEADER_BYTES) : 0;
    return switch (type) {
      case GET_LINK -> dump ? out.links() : out.link(in);
      case GET_ADDRESS -> dump ? out.addresses(family) : -Errno.EOPNOTSUPP;
      case GET_ROUTE -> dump ? out.routes(family) : -Errno.ENETUNREACH;
      case GET_NEIGHBOUR, GET_RULE -> dump ? 0 : -Errno.EOPNOTSUPP; // there are none
      default -> -Errno.EOPNOTSUPP;
    };
  }

  private void tell(Turn turn, Socket s, byte[] bytes) {
    if (!Sending.isOver(s, bytes.length)) {
      s.queue.add(turn.kernel(), bytes, new Segment(bytes.length, address(0), 0, 0, -1));
      pump.touch(s);
    }
  }
}
