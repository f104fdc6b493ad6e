package org.atoll.servers.net;

import java.util.Arrays;
import org.atoll.abi.Errno;

/** The filters of raw sockets: which kinds of ICMP messages are not theirs (raw(7), RFC 3542). */
final class RawOptions {

  private static final int LEVEL_RAW = 255;
  private static final int FILTER = 1;
  private static final int CHECKSUM = 7;
  private static final byte[] SUM_AT = {2, 0, 0, 0};

  private RawOptions() {}

  /** Whether an option is of raw sockets. */
  static boolean has(Socket s, long level, long name) {
    boolean six = s.domain == Socket.INET6;
    boolean filter = name == FILTER && level == (six ? Packet.ICMP_6 : LEVEL_RAW);
    return s.isRaw() && (filter || six && level == LEVEL_RAW && name == CHECKSUM);
  }

  /** ICMP_FILTER and ICMP6_FILTER; the checksum is where ICMPv6 has it, whatever is asked for. */
  static int set(Socket s, long name, byte[] value) {
    if (name == FILTER) {
      int bytes = Math.min(value.length, s.options.filter.length);
      System.arraycopy(value, 0, s.options.filter, 0, bytes);
      return 0;
    }
    return Arrays.equals(value, SUM_AT) ? 0 : -Errno.EINVAL;
  }

  static byte[] get(Socket s, long name) {
    return name == FILTER ? Arrays.copyOf(s.options.filter, filterBytes(s)) : SUM_AT.clone();
  }

  private static int filterBytes(Socket s) {
    return s.domain == Socket.INET6 ? Options.FILTER_BYTES : Integer.BYTES;
  }

  /** Whether a kind of message is kept from a socket. */
  static boolean isFiltered(Socket s, int type) {
    int at = type >>> 3;
    return type >= 0 && at < filterBytes(s) && (s.options.filter[at] >>> (type & 7) & 1) != 0;
  }
}
