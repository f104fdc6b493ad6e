package org.atoll.servers.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.abi.Errno;
import org.jspecify.annotations.Nullable;

/** The options of ip(7) and ipv6(7) that join groups, and say how is sent to them. */
final class MulticastOptions {

  private static final int IP_MULTICAST_IF = 32;
  private static final int IP_MULTICAST_TTL = 33;
  private static final int IP_ADD_MEMBERSHIP = 35;
  private static final int IP_DROP_MEMBERSHIP = 36;
  private static final int MCAST_JOIN_GROUP = 42;
  private static final int MCAST_LEAVE_GROUP = 45;
  private static final int IPV6_MULTICAST_IF = 17;
  private static final int IPV6_MULTICAST_HOPS = 18;
  private static final int IPV6_ADD_MEMBERSHIP = 20;
  private static final int IPV6_DROP_MEMBERSHIP = 21;

  /** Bytes of struct ip_mreq, ip_mreqn, ipv6_mreq, group_req. */
  private static final int REQUEST_BYTES = 8;

  private static final int REQUEST_BYTES_LONG = 12;
  private static final int REQUEST_BYTES_6 = 20;
  private static final int GROUP_BYTES = 136;

  /** Where group_req has its address. */
  private static final int GROUP_ADDRESS = 8;

  private MulticastOptions() {}

  /** Whether an option is one of these. */
  static boolean has(Socket s, long level, long name) {
    boolean joins = name == MCAST_JOIN_GROUP || name == MCAST_LEAVE_GROUP;
    if (level == KnownOptions.LEVEL_IP && !s.isUnix() && !s.isNetlink()) {
      return joins
          || name == IP_MULTICAST_IF
          || name == IP_MULTICAST_TTL
          || name == IP_ADD_MEMBERSHIP
          || name == IP_DROP_MEMBERSHIP;
    }
    boolean known = name >= IPV6_MULTICAST_IF && name <= IPV6_DROP_MEMBERSHIP && name != 19;
    return level == KnownOptions.LEVEL_IPV6 && s.domain == Socket.INET6 && (joins || known);
  }

  /** Hops that a datagram to a group may take. */
  static int hops(Socket s, Address group) {
    int level = group.isMapped() ? KnownOptions.LEVEL_IP : KnownOptions.LEVEL_IPV6;
    int name = group.isMapped() ? IP_MULTICAST_TTL : IPV6_MULTICAST_HOPS;
    return (int) s.options.kept.get(KnownOptions.key(level, name), 1);
  }

  // ---- set

  /** 0 or a negated errno. */
  static int set(Socket s, long level, long name, byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    if (name == MCAST_JOIN_GROUP || name == MCAST_LEAVE_GROUP) {
      return group(s, level, name == MCAST_JOIN_GROUP, in);
    }
    return level == KnownOptions.LEVEL_IP ? set4(s, (int) name, in) : set6(s, (int) name, in);
  }

  private static int set4(Socket s, int name, ByteBuffer in) {
    boolean joins = name == IP_ADD_MEMBERSHIP || name == IP_DROP_MEMBERSHIP;
    if (joins && s.isTcp()) {
      return -Errno.EPROTO;
    }
    if (s.isTcp() || in.capacity() < (joins ? REQUEST_BYTES : 1)) {
      return -Errno.EINVAL;
    }
    if (name == IP_MULTICAST_TTL) {
      int hops = in.capacity() < Integer.BYTES ? in.get(0) & 0xff : in.getInt(0);
      return keepHops(s, KnownOptions.LEVEL_IP, name, hops == -1 ? 1 : hops);
    }
    if (name == IP_MULTICAST_IF) {
      return setDevice4(s, in);
    }
    int index = in.capacity() >= REQUEST_BYTES_LONG ? in.getInt(8) : 0;
    int address = bigInt(in, 4);
    int device = index != 0 ? index : address == 0 ? 0 : numberOf(address);
    if (index == 0 && address != 0 && device == 0) {
      return -Errno.ENODEV;
    }
    return membership(s, name == IP_ADD_MEMBERSHIP, Address.of4(bigInt(in, 0), 0), device);
  }

  private static int set6(Socket s, int name, ByteBuffer in) {
    boolean joins = name == IPV6_ADD_MEMBERSHIP || name == IPV6_DROP_MEMBERSHIP;
    if (in.capacity() < (joins ? REQUEST_BYTES_6 : Integer.BYTES)) {
      return -Errno.EINVAL;
    }
    if (s.isTcp()) {
      return joins ? -Errno.EPROTO : -Errno.ENOPROTOOPT;
    }
    if (name == IPV6_MULTICAST_HOPS) {
      int hops = in.getInt(0);
      return keepHops(s, KnownOptions.LEVEL_IPV6, name, hops == -1 ? 1 : hops);
    }
    if (name == IPV6_MULTICAST_IF) {
      int device = in.getInt(0);
      if (device != 0 && Interfaces.of(device) == null) {
        return -Errno.ENODEV;
      }
      s.groups.device6 = device;
      return 0;
    }
    ByteBuffer big = in.duplicate().order(ByteOrder.BIG_ENDIAN);
    Address group = new Address(big.getLong(0), big.getLong(8), 0);
    return membership(s, name == IPV6_ADD_MEMBERSHIP, group, in.getInt(16));
  }

  private static int group(Socket s, long level, boolean joins, ByteBuffer in) {
    if (in.capacity() < GROUP_BYTES) {
      return -Errno.EINVAL;
    }
    byte[] address = new byte[GROUP_BYTES - GROUP_ADDRESS];
    in.get(GROUP_ADDRESS, address);
    int family = Address.family(address);
    boolean four = level == KnownOptions.LEVEL_IP;
    if (family != (four ? Socket.INET : Socket.INET6)) {
      return four ? -Errno.EINVAL : -Errno.EADDRNOTAVAIL;
    }
    if (s.isTcp()) {
      return -Errno.EPROTO;
    }
    return membership(s, joins, Address.read(address, family).withPort(0), in.getInt(0));
  }

  private static int membership(Socket s, boolean joins, Address group, int device) {
    if (device != 0 && Interfaces.of(device) == null) {
      return -Errno.ENODEV;
    }
    if (!group.isMulticast()) {
      return joins ? -Errno.EINVAL : -Errno.EADDRNOTAVAIL;
    }
    return joins
        ? s.groups.join(group, device == 0 ? Multicast.ROUTED : device)
        : s.groups.leave(group, device);
  }

  private static int keepHops(Socket s, int level, int name, int hops) {
    if (hops < 0 || hops > 255) {
      return -Errno.EINVAL;
    }
    s.options.kept.put(KnownOptions.key(level, name), hops);
    return 0;
  }

  private static int setDevice4(Socket s, ByteBuffer in) {
    if (in.capacity() < Integer.BYTES) {
      return -Errno.EINVAL;
    }
    int index = in.capacity() >= REQUEST_BYTES_LONG ? in.getInt(8) : 0;
    int address = bigInt(in, in.capacity() >= REQUEST_BYTES ? 4 : 0);
    int device = index != 0 || address == 0 ? index : numberOf(address);
    boolean any = index == 0 && address == 0;
    if (!any && Interfaces.of(device) == null) {
      return -Errno.EADDRNOTAVAIL;
    }
    s.groups.device4 = device;
    s.groups.address4 = address;
    return 0;
  }

  private static int bigInt(ByteBuffer in, int at) {
    return Integer.reverseBytes(in.getInt(at));
  }

  /** The interface with an address, or 0. */
  private static int numberOf(int address) {
    for (Interfaces.Interface each : Interfaces.ALL) {
      boolean loopback = each.isLoopback() && address >>> 24 == 127;
      if (each.address() == address || loopback) {
        return each.index();
      }
    }
    return 0;
  }

  // ---- get

  /** The value, or null for what can only be set. */
  static byte @Nullable [] get(Socket s, long level, long name) {
    boolean four = level == KnownOptions.LEVEL_IP;
    if (name == (four ? IP_MULTICAST_IF : IPV6_MULTICAST_IF)) {
      return bytes(four ? Integer.reverseBytes(s.groups.address4) : s.groups.device6);
    }
    boolean hops = name == (four ? IP_MULTICAST_TTL : IPV6_MULTICAST_HOPS);
    return hops ? bytes((int) s.options.kept.get(KnownOptions.key(level, name), 1)) : null;
  }

  private static byte[] bytes(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
