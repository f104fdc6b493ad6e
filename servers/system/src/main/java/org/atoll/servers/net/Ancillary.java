package org.atoll.servers.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.abi.KernelCalls;
import org.jspecify.annotations.Nullable;

/** The control messages that tell how a datagram came, as its receiver has asked for (cmsg(3)). */
final class Ancillary {

  /** Flag of a RECEIVE that had no room for all of them (MSG_CTRUNC). */
  private static final int TRUNCATED = 0x8;

  private static final int HEADER_BYTES = 16;
  private static final int SOCKET = KnownOptions.LEVEL_SOCKET;
  private static final int IP = KnownOptions.LEVEL_IP;
  private static final int IPV6 = KnownOptions.LEVEL_IPV6;

  private static final int SO_TIMESTAMP = 29;
  private static final int SO_TIMESTAMPNS = 35;
  private static final int IP_TOS = 1;
  private static final int IP_TTL = 2;
  private static final int IP_PKTINFO = 8;
  private static final int IP_RECVTTL = 12;
  private static final int IP_RECVTOS = 13;
  private static final int IP_RECVORIGDSTADDR = 20;

  /** As an older RFC 2292 has them; busybox's ping6 does. */
  private static final int IPV6_2292PKTINFO = 2;

  private static final int IPV6_2292HOPLIMIT = 8;
  private static final int IPV6_RECVPKTINFO = 49;
  private static final int IPV6_PKTINFO = 50;
  private static final int IPV6_RECVHOPLIMIT = 51;
  private static final int IPV6_HOPLIMIT = 52;
  private static final int IPV6_RECVTCLASS = 66;
  private static final int IPV6_TCLASS = 67;

  private static final long SECOND = 1_000_000_000L;
  private static final long MICROSECOND = 1_000L;

  private final byte[] text;
  private final ByteBuffer out;
  private int flags;

  private Ancillary(int room) {
    text = new byte[room];
    out = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean asks(Socket s, int level, int name) {
    return s.options.kept.get(KnownOptions.key(level, name), 0) != 0;
  }

  /** Whether the time is kept at which something comes. */
  static boolean stamps(Socket s) {
    return s.options.kept.size() > 0
        && (asks(s, SOCKET, SO_TIMESTAMP) || asks(s, SOCKET, SO_TIMESTAMPNS));
  }

  /**
   * Writes behind what a request has of a message.
   *
   * @return flags, and in the bits from {@link org.atoll.abi.protocol.NetProtocol#CONTROL_SHIFT} on
   *     how many bytes
   */
  static long put(KernelCalls kernel, Waiter w, Socket s, @Nullable Came came, int offset) {
    if (s.options.kept.size() == 0) {
      return 0;
    }
    Ancillary all = new Ancillary(w.controlRoom);
    all.time(s, came == null ? 0 : came.wallNanos(), kernel);
    if (came != null && !s.isUnix()) {
      all.packet(s, came);
    }
    int bytes = all.out.position();
    int copied = kernel.copyOut(w.request, offset, all.text, 0, bytes);
    long told = copied < 0 ? 0 : bytes;
    return all.flags | told << org.atoll.abi.protocol.NetProtocol.CONTROL_SHIFT;
  }

  private void time(Socket s, long stamp, KernelCalls kernel) {
    boolean fine = asks(s, SOCKET, SO_TIMESTAMPNS);
    if (fine || asks(s, SOCKET, SO_TIMESTAMP)) {
      long wall = stamp == 0 ? kernel.wallNanos() : stamp;
      long rest = fine ? wall % SECOND : wall % SECOND / MICROSECOND;
      byte[] time = buffer(16).putLong(wall / SECOND).putLong(rest).array();
      put(SOCKET, fine ? SO_TIMESTAMPNS : SO_TIMESTAMP, time);
    }
  }

  private void packet(Socket s, Came came) {
    if (s.domain == Socket.INET6) {
      packet6(s, came);
    }
    if (came.to().isMapped()) {
      packet4(s, came);
    }
  }

  private void packet4(Socket s, Came came) {
    int to = Integer.reverseBytes((int) came.to().low());
    if (asks(s, IP, IP_PKTINFO)) {
      put(IP, IP_PKTINFO, pktinfo(s, to));
    }
    if (asks(s, IP, IP_RECVTTL)) {
      put(IP, IP_TTL, buffer(4).putInt(came.ttl()).array());
    }
    if (asks(s, IP, IP_RECVTOS)) {
      put(IP, IP_TOS, new byte[] {(byte) came.tos()});
    }
    if (asks(s, IP, IP_RECVORIGDSTADDR)) {
      put(IP, IP_RECVORIGDSTADDR, came.to().bytes(Socket.INET));
    }
  }

  /** Linux tells of a ping socket's packets only where they went to. */
  private static byte[] pktinfo(Socket s, int to) {
    boolean ping = s.isIcmp() && !s.isRaw();
    return buffer(12).putInt(Interfaces.LOOPBACK).putInt(ping ? 0 : to).putInt(to).array();
  }

  private void packet6(Socket s, Came came) {
    if (asks(s, IPV6, IPV6_RECVPKTINFO)) {
      put(IPV6, IPV6_PKTINFO, pktinfo6(came));
    }
    if (came.to().isMapped()) {
      return;
    }
    if (asks(s, IPV6, IPV6_RECVHOPLIMIT)) {
      put(IPV6, IPV6_HOPLIMIT, buffer(4).putInt(came.ttl()).array());
    }
    if (asks(s, IPV6, IPV6_RECVTCLASS)) {
      put(IPV6, IPV6_TCLASS, buffer(4).putInt(came.tos()).array());
    }
    if (asks(s, IPV6, IPV6_2292PKTINFO)) {
      put(IPV6, IPV6_2292PKTINFO, pktinfo6(came));
    }
    if (asks(s, IPV6, IPV6_2292HOPLIMIT)) {
      put(IPV6, IPV6_2292HOPLIMIT, buffer(4).putInt(came.ttl()).array());
    }
  }

  private static byte[] pktinfo6(Came came) {
    return buffer(20).put(came.to().bytes(Socket.INET6), 8, 16).putInt(Interfaces.LOOPBACK).array();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void put(int level, int type, byte[] data) {
    int room = out.remaining() - HEADER_BYTES;
    if (room < 0) {
      flags |= TRUNCATED;
      return;
    }
    flags |= room < data.length ? TRUNCATED : 0;
    int bytes = Math.min(room, data.length);
    out.putLong(HEADER_BYTES + bytes).putInt(level).putInt(type).put(data, 0, bytes);
    out.position(Math.min(out.capacity(), out.position() + 7 & -8));
  }
}
