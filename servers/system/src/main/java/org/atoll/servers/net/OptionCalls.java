package org.atoll.servers.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;

/** setsockopt(2) and getsockopt(2). */
final class OptionCalls {

  private static final int SO_REUSEADDR = 2;
  private static final int SO_TYPE = 3;
  private static final int SO_ERROR = 4;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_LINGER = 13;
  private static final int SO_REUSEPORT = 15;
  private static final int SO_PASSCRED = 16;
  private static final int SO_PEERCRED = 17;
  private static final int SO_RCVLOWAT = 18;
  private static final int SO_SNDLOWAT = 19;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDTIMEO = 21;
  private static final int SO_TIMESTAMP = 29;
  private static final int SO_ACCEPTCONN = 30;
  private static final int SO_TIMESTAMPNS = 35;
  private static final int SO_PROTOCOL = 38;
  private static final int SO_DOMAIN = 39;
  private static final int SO_RCVTIMEO_NEW = 66;
  private static final int SO_SNDTIMEO_NEW = 67;
  private static final int LEVEL_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;

  private static final int SEND_BYTES_MIN = 4_608;
  private static final int RECEIVE_BYTES_MIN = 2_304;

  /** Half of what a receive buffer of TCP can grow to (tcp_rmem). */
  private static final int LOW_WATER_MAX = 1 << 24;

  private static final int TIME_BYTES = 16;
  private static final long SECOND = 1_000_000_000L;
  private static final long MICROSECOND = 1_000L;

  private OptionCalls() {}

  // ---- set

  static int set(Turn turn, long request, Socket s, long level, long name, boolean root) {
    byte[] value = new byte[Math.clamp(turn.kernel().inBytes(request), 0, Limits.PAGE_BYTES)];
    int copied = turn.kernel().copyIn(request, 0, value, 0, value.length);
    if (copied < 0) {
      return copied;
    }
    if (s.isUnix() && level != KnownOptions.LEVEL_SOCKET) {
      return -Errno.EOPNOTSUPP;
    }
    if (RawOptions.has(s, level, name)) {
      return RawOptions.set(s, name, value);
    }
    if (StructuredOptions.has(s, level, name)) {
      return StructuredOptions.set(s, level, name, value, root);
    }
    if (MulticastOptions.has(s, level, name)) {
      return MulticastOptions.set(s, level, name, value);
    }
    // ip(7) takes its options as bytes, too.
    boolean isByte = level == KnownOptions.LEVEL_IP && value.length > 0;
    if (value.length < Integer.BYTES && !isByte) {
      return -Errno.EINVAL;
    }
    byte[] whole = value.length < Integer.BYTES ? new byte[] {value[0], 0, 0, 0} : value;
    ByteBuffer given = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    if (level == LEVEL_IPV6 && name == IPV6_V6ONLY && s.domain == Socket.INET6) {
      return setV6Only(s, given.getInt(0) != 0);
    }
    KnownOptions.Known known = KnownOptions.of(s, level, name);
    if (known != null) {
      return keep(s, level, name, known, given.getInt(0), root);
    }
    return level == KnownOptions.LEVEL_SOCKET ? setOwn(s, name, given) : -Errno.ENOPROTOOPT;
  }

  private static int setV6Only(Socket s, boolean on) {
    if (s.local != null) {
      return -Errno.EINVAL;
    }
    s.options.v6Only = on;
    return 0;
  }

  private static int keep(
      Socket s, long level, long name, KnownOptions.Known known, int value, boolean root) {
    int kept = known.isSwitch() ? value == 0 ? 0 : 1 : value;
    if (KnownOptions.key(level, name) == KnownOptions.MARK && !root) {
      return -Errno.EPERM;
    }
    if (kept < known.least() || kept > known.most()) {
      boolean priority = level == KnownOptions.LEVEL_SOCKET;
      if (!priority || !root) {
        return priority ? -Errno.EPERM : -Errno.EINVAL;
      }
    }
    s.options.kept.put(KnownOptions.key(level, name), kept);
    if (level == KnownOptions.LEVEL_SOCKET && (name == SO_TIMESTAMP || name == SO_TIMESTAMPNS)) {
      // One kind of time or the other.
      long other = name == SO_TIMESTAMP ? SO_TIMESTAMPNS : SO_TIMESTAMP;
      s.options.kept.put(KnownOptions.key(level, other), 0);
    }
    return 0;
  }

  private static int setOwn(Socket s, long name, ByteBuffer given) {
    int value = given.getInt(0);
    Options options = s.options;
    switch ((int) name) {
      case SO_REUSEADDR -> options.reuseAddress = value != 0;
      case SO_REUSEPORT -> options.reusePort = value != 0;
      case SO_PASSCRED -> {
        if (!s.isUnix()) {
          return -Errno.EOPNOTSUPP;
        }
        options.passCredentials = value != 0;
      }
      case SO_RCVLOWAT -> options.lowWater = lowWater(s, value);
      case SO_SNDBUF -> options.sendBytes = buffer(value, SEND_BYTES_MIN);
      case SO_RCVBUF -> options.receiveBytes = buffer(value, RECEIVE_BYTES_MIN);
      case SO_LINGER -> {
        return linger(options, given);
      }
      case SO_RCVTIMEO, SO_RCVTIMEO_NEW, SO_SNDTIMEO, SO_SNDTIMEO_NEW -> {
        return time(options, name == SO_RCVTIMEO || name == SO_RCVTIMEO_NEW, given);
      }
      default -> {
        return -Errno.ENOPROTOOPT;
      }
    }
    return 0;
  }

  private static int lowWater(Socket s, int value) {
    int most = s.isTcp() ? LOW_WATER_MAX : Integer.MAX_VALUE;
    return value < 0 ? most : Math.clamp(value, 1, most);
  }

  /** Linux doubles what is asked for, and so counts what messages cost besides their bytes. */
  private static int buffer(int value, int least) {
    long wanted = Math.min(value & 0xffff_ffffL, Limits.SOCKET_BYTES_MAX / 2);
    return (int) Math.max(2 * wanted, least);
  }

  private static int linger(Options options, ByteBuffer given) {
    if (given.capacity() < 2 * Integer.BYTES) {
      return -Errno.EINVAL;
    }
    options.lingers = given.getInt(0) != 0;
    options.lingerSeconds = options.lingers ? given.getInt(Integer.BYTES) : options.lingerSeconds;
    return 0;
  }

  private static int time(Options options, boolean receive, ByteBuffer given) {
    if (given.capacity() < TIME_BYTES) {
      return -Errno.EINVAL;
    }
    long seconds = given.getLong(0);
    long micros = given.getLong(Long.BYTES);
    if (micros < 0 || micros >= SECOND / MICROSECOND) {
      return -Errno.EDOM;
    }
    boolean endless = seconds < 0 || seconds > Integer.MAX_VALUE;
    long nanos = endless ? 0 : seconds * SECOND + micros * MICROSECOND;
    if (receive) {
      options.receiveNanos = nanos;
    } else {
      options.sendNanos = nanos;
    }
    return 0;
  }

  // ---- get

  /** Bytes of the value, or a negated errno. */
  static int get(Turn turn, long request, State state, Socket s, long level, long name) {
    if (s.isUnix() && level != KnownOptions.LEVEL_SOCKET) {
      return -Errno.EOPNOTSUPP;
    }
    boolean raw = RawOptions.has(s, level, name);
    boolean above = level != KnownOptions.LEVEL_SOCKET && level != s.protocol && level != 0;
    if (s.domain == Socket.INET && above && !raw) {
      return -Errno.EOPNOTSUPP;
    }
    if (StructuredOptions.has(s, level, name)) {
      return getStructured(turn, request, state, s, level, name);
    }
    byte[] value = raw ? RawOptions.get(s, name) : value(s, level, name);
    if (value.length == 0) {
      return -Errno.ENOPROTOOPT;
    }
    return put(turn, request, value, Math.max(0, turn.kernel().outBytes(request)));
  }

  private static int getStructured(
      Turn turn, long request, State state, Socket s, long level, long name) {
    int room = Math.max(0, turn.kernel().outBytes(request));
    int error = StructuredOptions.refusal(s, level, name, room);
    return error != 0
        ? error
        : put(turn, request, StructuredOptions.get(state, s, level, name), room);
  }

  private static int put(Turn turn, long request, byte[] value, int room) {
    int bytes = Math.min(value.length, room);
    int copied = turn.kernel().copyOut(request, 0, value, 0, bytes);
    return copied < 0 ? copied : bytes;
  }

  private static byte[] value(Socket s, long level, long name) {
    if (MulticastOptions.has(s, level, name)) {
      byte[] told = MulticastOptions.get(s, level, name);
      return told == null ? new byte[0] : told;
    }
    KnownOptions.Known known = KnownOptions.of(s, level, name);
    if (known != null) {
      return of((int) s.options.kept.get(KnownOptions.key(level, name), known.initial()));
    }
    if (level == LEVEL_IPV6 && name == IPV6_V6ONLY && s.domain == Socket.INET6) {
      return of(s.options.v6Only);
    }
    return level == KnownOptions.LEVEL_SOCKET ? own(s, name) : new byte[0];
  }

  private static byte[] own(Socket s, long name) {
    Options options = s.options;
    return switch ((int) name) {
      case SO_REUSEADDR -> of(options.reuseAddress);
      case SO_REUSEPORT -> of(options.reusePort);
      case SO_PASSCRED -> of(options.passCredentials);
      case SO_TYPE -> of(s.type);
      case SO_ERROR -> of(s.takeError());
      case SO_SNDBUF -> of(options.sendBytes);
      case SO_RCVBUF -> of(options.receiveBytes);
      case SO_RCVLOWAT -> of(options.lowWater);
      case SO_SNDLOWAT -> of(1);
      case SO_ACCEPTCONN -> of(s.listening);
      case SO_PROTOCOL -> of(s.protocol);
      case SO_DOMAIN -> of(s.domain);
      case SO_LINGER -> ints(options.lingers ? 1 : 0, options.lingerSeconds);
      case SO_PEERCRED -> ints((int) s.peerPid, (int) s.peerIds, (int) (s.peerIds >> Integer.SIZE));
      case SO_RCVTIMEO, SO_RCVTIMEO_NEW -> time(options.receiveNanos);
      case SO_SNDTIMEO, SO_SNDTIMEO_NEW -> time(options.sendNanos);
      default -> new byte[0];
    };
  }

  private static byte[] of(boolean value) {
    return ints(value ? 1 : 0);
  }

  private static byte[] of(int value) {
    return ints(value);
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(bytes::putInt);
    return bytes.array();
  }

  private static byte[] time(long nanos) {
    ByteBuffer bytes = ByteBuffer.allocate(TIME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(nanos / SECOND).putLong(nanos % SECOND / MICROSECOND);
    return bytes.array();
  }
}
