package org.atoll.servers.net;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * An Internet address with its port; IPv4 is mapped into IPv6 (::ffff:a.b.c.d), so that both
 * families compare.
 *
 * @param high the first eight bytes
 * @param low the others
 * @param port 0 to 65535
 */
record Address(long high, long low, int port) {

  /** Bytes of sockaddr_in. */
  static final int BYTES_4 = 16;

  /** Bytes of sockaddr_in6. */
  static final int BYTES_6 = 28;

  /** The least that is taken for sockaddr_in6 (RFC 2133). */
  static final int BYTES_6_MIN = 24;

  private static final long MAPPED = 0xffffL << 32;
  private static final long LOOPBACK_6 = 1;

  /** The VOS's own address, 10.64.0.1. */
  private static final int OWN_4 = 10 << 24 | 64 << 16 | 1;

  /** The VOS's own address without port. */
  static final Address OWN = of4(OWN_4, 0);

  static Address of4(int address, int port) {
    return new Address(0, MAPPED | address & 0xffff_ffffL, port);
  }

  /** Any address of a family, without port. */
  static Address any(int domain) {
    return domain == Socket.INET ? of4(0, 0) : new Address(0, 0, 0);
  }

  static Address orAny(@Nullable Address address, int domain) {
    return address == null ? any(domain) : address;
  }

  static int family(byte[] bytes) {
    return bytes[0] & 0xff | (bytes[1] & 0xff) << 8;
  }

  /** Reads a sockaddr_in or sockaddr_in6, which is long enough. */
  static Address read(byte[] bytes, int family) {
    int port = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    return family == Socket.INET
        ? of4((int) big(bytes, 4, 4), port)
        : new Address(big(bytes, 8, 8), big(bytes, 16, 8), port);
  }

  private static long big(byte[] bytes, int at, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | bytes[at + i] & 0xff;
    }
    return value;
  }

  Address withPort(int value) {
    return new Address(high, low, value);
  }

  boolean isMapped() {
    return high == 0 && low >>> 32 == 0xffff;
  }

  boolean isAny() {
    return high == 0 && (low == 0 || low == MAPPED);
  }

  /** Whether it is one of the VOS: 127.0.0.0/8, ::1, its own. */
  boolean isLocal() {
    if (isMapped()) {
      int address = (int) low;
      return address >>> 24 == 127 || address == OWN_4;
    }
    return high == 0 && low == LOOPBACK_6;
  }

  /** Whether it is a group's: 224.0.0.0/4, ff00::/8. */
  boolean isMulticast() {
    return isMapped() ? (int) low >>> 28 == 0xe : high >>> 56 == 0xff;
  }

  /** Of one of the VOS, the address that talks to it: to all of 127.0.0.0/8 that is 127.0.0.1. */
  Address neighbour() {
    return isMapped() && (int) low >>> 24 == 127 ? of4(0x7f00_0001, port) : this;
  }

  boolean sameHost(Address other) {
    return high == other.high && low == other.low;
  }

  /** Where a connection to it goes: any address stands for the loopback. */
  Address destination() {
    if (!isAny()) {
      return this;
    }
    return isMapped() ? of4(0x7f00_0001, port) : new Address(0, LOOPBACK_6, port);
  }

  /** As sockaddr_in or sockaddr_in6. */
  byte[] bytes(int domain) {
    byte[] bytes = new byte[domain == Socket.INET ? BYTES_4 : BYTES_6];
    bytes[0] = (byte) domain;
    bytes[2] = (byte) (port >>> 8);
    bytes[3] = (byte) port;
    if (domain == Socket.INET) {
      put(bytes, 4, low, 4);
    } else {
      put(bytes, 8, high, 8);
      put(bytes, 16, low, 8);
    }
    return bytes;
  }

  private static void put(byte[] bytes, int at, long value, int count) {
    for (int i = 0; i < count; i++) {
      bytes[at + i] = (byte) (value >>> 8 * (count - 1 - i));
    }
  }

  static void save(StateWriter out, @Nullable Address address) {
    out.writeBoolean(address != null);
    if (address != null) {
      out.writeLong(address.high).writeLong(address.low).writeInt(address.port);
    }
  }

  static @Nullable Address load(StateReader in) {
    return in.readBoolean() ? new Address(in.readLong(), in.readLong(), in.readInt()) : null;
  }
}
