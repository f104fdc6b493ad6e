package org.atoll.servers.net;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options that a socket of this VOS keeps and that nothing goes by: what they are about (delay,
 * routes, probes of silent peers) does not happen between sockets of one server.
 */
final class KnownOptions {

  static final int LEVEL_SOCKET = 1;
  static final int LEVEL_IP = 0;
  static final int LEVEL_TCP = 6;
  private static final int LEVEL_NETLINK = 270;
  static final int LEVEL_IPV6 = 41;

  /** IP_TOS, IP_TTL, SO_MARK and IPV6_UNICAST_HOPS. */
  static final long TOS = key(LEVEL_IP, 1);

  static final long TTL = key(LEVEL_IP, 2);
  static final long MARK = key(LEVEL_SOCKET, 36);
  static final long HOPS_6 = key(LEVEL_IPV6, 16);

  /**
   * An option.
   *
   * @param initial what it is before it is set
   * @param least of what it may be set to
   * @param most of what it may be set to; 1 with 0: yes or no
   */
  record Known(int initial, int least, int most) {

    boolean isSwitch() {
      return least == 0 && most == 1;
    }
  }

  private static final int ANY = Integer.MAX_VALUE;
  private static final Known SWITCH = new Known(0, 0, 1);

  private static final Map<Long, Known> ALL =
      Map.ofEntries(
          Map.entry(key(LEVEL_SOCKET, 1), SWITCH), // SO_DEBUG
          Map.entry(key(LEVEL_SOCKET, 5), SWITCH), // SO_DONTROUTE
          Map.entry(key(LEVEL_SOCKET, 6), SWITCH), // SO_BROADCAST
          Map.entry(key(LEVEL_SOCKET, 9), SWITCH), // SO_KEEPALIVE
          Map.entry(key(LEVEL_SOCKET, 10), SWITCH), // SO_OOBINLINE
          Map.entry(key(LEVEL_SOCKET, 12), new Known(0, 0, 6)), // SO_PRIORITY
          Map.entry(key(LEVEL_SOCKET, 11), SWITCH), // SO_NO_CHECK
          Map.entry(key(LEVEL_SOCKET, 29), SWITCH), // SO_TIMESTAMP
          Map.entry(key(LEVEL_SOCKET, 35), SWITCH), // SO_TIMESTAMPNS
          Map.entry(MARK, new Known(0, Integer.MIN_VALUE, ANY)),
          Map.entry(key(LEVEL_SOCKET, 45), SWITCH), // SO_SELECT_ERR_QUEUE
          Map.entry(
              key(LEVEL_SOCKET, 49), new Known(-1, Integer.MIN_VALUE, ANY)), // SO_INCOMING_CPU
          Map.entry(key(LEVEL_SOCKET, 46), new Known(0, 0, ANY)), // SO_BUSY_POLL
          Map.entry(key(LEVEL_TCP, 1), SWITCH), // TCP_NODELAY
          Map.entry(key(LEVEL_TCP, 3), SWITCH), // TCP_CORK
          Map.entry(key(LEVEL_TCP, 4), new Known(7_200, 1, 32_767)), // TCP_KEEPIDLE
          Map.entry(key(LEVEL_TCP, 5), new Known(75, 1, 32_767)), // TCP_KEEPINTVL
          Map.entry(key(LEVEL_TCP, 6), new Known(9, 1, 127)), // TCP_KEEPCNT
          Map.entry(key(LEVEL_TCP, 7), new Known(6, 1, 127)), // TCP_SYNCNT
          Map.entry(key(LEVEL_TCP, 8), new Known(60, -1, ANY)), // TCP_LINGER2
          Map.entry(key(LEVEL_TCP, 9), new Known(0, 0, ANY)), // TCP_DEFER_ACCEPT
          Map.entry(key(LEVEL_TCP, 10), new Known(0, 0, ANY)), // TCP_WINDOW_CLAMP
          Map.entry(key(LEVEL_TCP, 16), SWITCH), // TCP_THIN_LINEAR_TIMEOUTS
          Map.entry(key(LEVEL_TCP, 17), SWITCH), // TCP_THIN_DUPACK
          Map.entry(key(LEVEL_TCP, 30), SWITCH), // TCP_FASTOPEN_CONNECT
          Map.entry(key(LEVEL_TCP, 34), SWITCH), // TCP_FASTOPEN_NO_COOKIE
          Map.entry(key(LEVEL_TCP, 12), new Known(1, 0, ANY)), // TCP_QUICKACK
          Map.entry(key(LEVEL_TCP, 18), new Known(0, 0, ANY)), // TCP_USER_TIMEOUT
          Map.entry(key(LEVEL_TCP, 23), new Known(0, 0, ANY)), // TCP_FASTOPEN
          Map.entry(key(LEVEL_TCP, 25), new Known(0, 0, ANY)), // TCP_NOTSENT_LOWAT
          Map.entry(TOS, new Known(0, 0, 255)),
          Map.entry(TTL, new Known(64, 1, 255)),
          Map.entry(key(LEVEL_IP, 8), SWITCH), // IP_PKTINFO
          Map.entry(key(LEVEL_IP, 12), SWITCH), // IP_RECVTTL
          Map.entry(key(LEVEL_IP, 13), SWITCH), // IP_RECVTOS
          Map.entry(key(LEVEL_IP, 20), SWITCH), // IP_RECVORIGDSTADDR
          Map.entry(key(LEVEL_IP, 10), new Known(1, 0, 5)), // IP_MTU_DISCOVER
          Map.entry(key(LEVEL_IP, 11), SWITCH), // IP_RECVERR
          Map.entry(key(LEVEL_IP, 6), SWITCH), // IP_RECVOPTS
          Map.entry(key(LEVEL_IP, 7), SWITCH), // IP_RETOPTS
          Map.entry(key(LEVEL_IP, 21), new Known(0, 0, 255)), // IP_MINTTL
          Map.entry(key(LEVEL_IP, 24), SWITCH), // IP_BIND_ADDRESS_NO_PORT
          Map.entry(key(LEVEL_IP, 34), new Known(1, 0, 1)), // IP_MULTICAST_LOOP
          Map.entry(key(LEVEL_IP, 49), new Known(1, 0, 1)), // IP_MULTICAST_ALL
          Map.entry(key(LEVEL_IPV6, 29), new Known(1, 0, 1)), // IPV6_MULTICAST_ALL
          Map.entry(key(LEVEL_NETLINK, 3), SWITCH), // NETLINK_PKTINFO
          Map.entry(key(LEVEL_NETLINK, 4), SWITCH), // NETLINK_BROADCAST_ERROR
          Map.entry(key(LEVEL_NETLINK, 5), SWITCH), // NETLINK_NO_ENOBUFS
          Map.entry(key(LEVEL_NETLINK, 10), SWITCH), // NETLINK_CAP_ACK
          Map.entry(key(LEVEL_NETLINK, 11), SWITCH), // NETLINK_EXT_ACK
          Map.entry(key(LEVEL_NETLINK, 12), SWITCH), // NETLINK_GET_STRICT_CHK
          Map.entry(key(LEVEL_IPV6, 19), new Known(1, 0, 1)), // IPV6_MULTICAST_LOOP
          Map.entry(key(LEVEL_IPV6, 23), new Known(1, 0, 5)), // IPV6_MTU_DISCOVER
          Map.entry(HOPS_6, new Known(64, -1, 255)),
          Map.entry(key(LEVEL_IPV6, 2), SWITCH), // IPV6_2292PKTINFO
          Map.entry(key(LEVEL_IPV6, 8), SWITCH), // IPV6_2292HOPLIMIT
          Map.entry(key(LEVEL_IPV6, 49), SWITCH), // IPV6_RECVPKTINFO
          Map.entry(key(LEVEL_IPV6, 51), SWITCH), // IPV6_RECVHOPLIMIT
          Map.entry(key(LEVEL_IPV6, 66), SWITCH), // IPV6_RECVTCLASS
          Map.entry(key(LEVEL_IPV6, 25), SWITCH), // IPV6_RECVERR
          Map.entry(key(LEVEL_IPV6, 67), new Known(0, -1, 255))); // IPV6_TCLASS

  private KnownOptions() {}

  static long key(long level, long name) {
    return level << 32 | name & 0xffff_ffffL;
  }

  /** An option that a socket has, or null. */
  static @Nullable Known of(Socket s, long level, long name) {
    boolean fits =
        switch ((int) level) {
          case LEVEL_SOCKET -> true;
          case LEVEL_TCP -> s.isTcp();
          case LEVEL_IP -> !s.isUnix() && !s.isNetlink();
          case LEVEL_NETLINK -> s.isNetlink();
          case LEVEL_IPV6 -> s.domain == Socket.INET6;
          default -> false;
        };
    return fits ? ALL.get(key(level, name)) : null;
  }
}
