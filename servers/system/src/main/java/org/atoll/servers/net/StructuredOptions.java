package org.atoll.servers.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;

/** The options whose values are names or structures, or tell what a connection is like (tcp(7)). */
final class StructuredOptions {

  private static final long DEVICE = KnownOptions.key(KnownOptions.LEVEL_SOCKET, 25);
  private static final long MEMORY = KnownOptions.key(KnownOptions.LEVEL_SOCKET, 55);
  private static final long COOKIE = KnownOptions.key(KnownOptions.LEVEL_SOCKET, 57);
  private static final long SEGMENT = KnownOptions.key(KnownOptions.LEVEL_TCP, 2);
  private static final long INFO = KnownOptions.key(KnownOptions.LEVEL_TCP, 11);
  private static final long CONGESTION = KnownOptions.key(KnownOptions.LEVEL_TCP, 13);
  private static final long UPPER = KnownOptions.key(KnownOptions.LEVEL_TCP, 31);
  private static final long MTU = KnownOptions.key(KnownOptions.LEVEL_IP, 14);
  private static final long MTU_6 = KnownOptions.key(KnownOptions.LEVEL_IPV6, 24);

  /** What a packet has room for on the way through the loopback. */
  private static final int LOOPBACK_MTU = 65_535;

  private static final int SEGMENT_BYTES = 65_483;
  private static final int SEGMENT_BYTES_UNCONNECTED = 536;
  private static final int SEGMENT_BYTES_MIN = 88;
  private static final int SEGMENT_BYTES_MAX = 32_767;

  /** The rules of congestion that there are: nothing goes by them, because nothing is lost. */
  private static final String[] RULES = {"cubic", "reno"};

  /** Bytes of their names, with the zero. */
  private static final int RULE_BYTES = 16;

  private static final int INFO_BYTES = 104;

  private StructuredOptions() {}

  /** Whether an option is one of these. */
  static boolean has(Socket s, long level, long name) {
    long key = KnownOptions.key(level, name);
    if (key == DEVICE || key == MEMORY || key == COOKIE) {
      return true;
    }
    boolean tcp = key == SEGMENT || key == INFO || key == CONGESTION || key == UPPER;
    boolean mtu =
        key == MTU && !s.isUnix() && !s.isNetlink() || key == MTU_6 && s.domain == Socket.INET6;
    return tcp && s.isTcp() || mtu;
  }

  // ---- set

  /** 0 or a negated errno. */
  static int set(Socket s, long level, long name, byte[] value, boolean root) {
    long key = KnownOptions.key(level, name);
    if (key == DEVICE) {
      return bindToDevice(s, value, root);
    } else if (key == SEGMENT) {
      return setSegment(s, value);
    } else if (key == CONGESTION) {
      return setRule(s, value);
    }
    return key == UPPER ? -Errno.ENOENT : -Errno.ENOPROTOOPT;
  }

  private static int bindToDevice(Socket s, byte[] value, boolean root) {
    if (s.options.device != 0 && !root) {
      return -Errno.EPERM;
    }
    boolean none = value.length == 0 || value[0] == 0;
    Interfaces.Interface device = none ? null : Interfaces.named(value);
    if (!none && device == null) {
      return -Errno.ENODEV;
    }
    s.options.device = device == null ? 0 : device.index();
    return 0;
  }

  private static int setSegment(Socket s, byte[] value) {
    if (value.length < Integer.BYTES) {
      return -Errno.EINVAL;
    }
    int wanted = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (wanted != 0 && (wanted < SEGMENT_BYTES_MIN || wanted > SEGMENT_BYTES_MAX)) {
      return -Errno.EINVAL;
    }
    s.options.kept.put(SEGMENT, wanted);
    return 0;
  }

  private static int setRule(Socket s, byte[] value) {
    if (value.length == 0) {
      return -Errno.EINVAL;
    }
    String wanted = text(value);
    for (int i = 0; i < RULES.length; i++) {
      if (RULES[i].equals(wanted)) {
        s.options.kept.put(CONGESTION, i);
        return 0;
      }
    }
    return -Errno.ENOENT;
  }

  private static String text(byte[] value) {
    String all =
        new String(value, 0, Math.min(value.length, RULE_BYTES - 1), StandardCharsets.ISO_8859_1);
    int zero = all.indexOf('\0');
    return zero < 0 ? all : all.substring(0, zero);
  }

  // ---- get

  /** 0, or the negated errno of an option that cannot be told now. */
  static int refusal(Socket s, long level, long name, int room) {
    long key = KnownOptions.key(level, name);
    if ((key == MTU || key == MTU_6) && !s.connected) {
      return -Errno.ENOTCONN;
    }
    boolean named = key == DEVICE && s.options.device != 0;
    int needed = key == COOKIE ? Long.BYTES : named ? Interfaces.NAME_BYTES : 0;
    return room < needed ? -Errno.EINVAL : 0;
  }

  /** The value, which may be longer than there is room for. */
  static byte[] get(State state, Socket s, long level, long name) {
    long key = KnownOptions.key(level, name);
    if (key == DEVICE) {
      return device(s);
    } else if (key == COOKIE) {
      return buffer(Long.BYTES).putLong(s.handle).array();
    } else if (key == SEGMENT) {
      return buffer(Integer.BYTES).putInt(segment(s)).array();
    } else if (key == CONGESTION) {
      byte[] rule =
          RULES[(int) s.options.kept.get(CONGESTION, 0)].getBytes(StandardCharsets.ISO_8859_1);
      return Arrays.copyOf(rule, RULE_BYTES);
    } else if (key == INFO) {
      return info(state, s);
    } else if (key == MEMORY) {
      return memory(state, s);
    }
    return key == UPPER ? new byte[0] : buffer(Integer.BYTES).putInt(LOOPBACK_MTU).array();
  }

  private static byte[] device(Socket s) {
    Interfaces.Interface device = Interfaces.of(s.options.device);
    if (device == null) {
      return new byte[0];
    }
    return Arrays.copyOf(device.nameBytes(), device.name().length() + 1);
  }

  private static int segment(Socket s) {
    int set = (int) s.options.kept.get(SEGMENT, 0);
    if (s.connected) {
      return set == 0 ? SEGMENT_BYTES : set;
    }
    return set == 0 ? SEGMENT_BYTES_UNCONNECTED : set;
  }

  /** struct tcp_info up to what is always told; of a listener how many wait, and how many may. */
  private static byte[] info(State state, Socket s) {
    byte[] info = new byte[INFO_BYTES];
    ByteBuffer out = ByteBuffer.wrap(info).order(ByteOrder.LITTLE_ENDIAN);
    out.put(0, (byte) Tables.status(s));
    if (s.listening) {
      out.putInt(24, s.arrived.size()).putInt(28, s.backlog);
      return info;
    }
    Socket peer = state.peerOf(s);
    boolean on = s.connected;
    out.put(5, (byte) (on ? 0x7 : 0)).put(6, (byte) (on ? 0x77 : 0));
    out.putInt(8, on ? 200_000 : 1_000_000).putInt(16, segment(s));
    out.putInt(20, on ? SEGMENT_BYTES : SEGMENT_BYTES_UNCONNECTED);
    out.putInt(24, peer == null ? 0 : (peer.queue.bytes() + SEGMENT_BYTES - 1) / SEGMENT_BYTES);
    out.putInt(60, on ? LOOPBACK_MTU : 0).putInt(64, LOOPBACK_MTU);
    out.putInt(76, Integer.MAX_VALUE).putInt(80, 10).putInt(84, segment(s)).putInt(88, 3);
    out.putInt(96, s.options.receiveBytes);
    return info;
  }

  /** SO_MEMINFO: nine numbers, of which four are known: what is used, and what may be. */
  private static byte[] memory(State state, Socket s) {
    Socket peer = state.peerOf(s);
    byte[] memory = new byte[9 * Integer.BYTES];
    ByteBuffer out = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(s.isStream() ? s.queue.bytes() : s.queue.cost()).putInt(s.options.receiveBytes);
    out.putInt(peer == null ? 0 : peer.queue.bytes());
    out.putInt(Math.min(s.options.sendBytes, Limits.SOCKET_BYTES_MAX));
    return memory;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
