package org.atoll.servers.net;

/** A message of ICMP or ICMPv6 on its way, from its type on (RFC 792, RFC 4443). */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Packet(byte[] bytes, Address from, Address to, int ttl, int tos) {

  static final int ICMP = 1;
  static final int ICMP_6 = 58;

  /** Bytes before the data of an echo: type, code, checksum, identifier, number. */
  static final int HEADER_BYTES = 8;

  /** What every packet begins with (sysctl ip_default_ttl). */
  static final int TTL = 64;

  private static final int ECHO_REPLY = 0;
  private static final int ECHO = 8;
  private static final int ECHO_6 = 128;
  private static final int ECHO_REPLY_6 = 129;
  private static final int SUM_AT = 2;
  private static final int IP_BYTES = 20;
  private static final int DONT_FRAGMENT = 0x4000;

  private boolean isSix() {
    return !to.isMapped();
  }

  int protocol() {
    return isSix() ? ICMP_6 : ICMP;
  }

  int type() {
    return bytes.length == 0 ? -1 : bytes[0] & 0xff;
  }

  private int code() {
    return bytes.length < 2 ? -1 : bytes[1] & 0xff;
  }

  int identifier() {
    return (bytes[4] & 0xff) << 8 | bytes[5] & 0xff;
  }

  /** Whether it asks for an echo. */
  boolean isEcho() {
    return bytes.length >= HEADER_BYTES && type() == (isSix() ? ECHO_6 : ECHO) && code() == 0;
  }

  /** Whether it is an echo that a ping socket may have asked for. */
  boolean isReply() {
    return bytes.length >= HEADER_BYTES && type() == (isSix() ? ECHO_REPLY_6 : ECHO_REPLY);
  }

  /** Who was asked answers. */
  Packet reply() {
    byte[] reply = bytes.clone();
    reply[0] = (byte) (isSix() ? ECHO_REPLY_6 : ECHO_REPLY);
    return new Packet(reply, to, from, TTL, tos).summed();
  }

  /** The same with an identifier and the checksum that belongs to it. */
  Packet identified(int identifier) {
    bytes[4] = (byte) (identifier >>> 8);
    bytes[5] = (byte) identifier;
    return summed();
  }

  /** The same with its checksum. */
  Packet summed() {
    if (bytes.length >= SUM_AT + 2) {
      put(bytes, SUM_AT, 0);
      put(bytes, SUM_AT, ~sum() & 0xffff);
    }
    return this;
  }

  /** Whether its checksum is its own; without that nobody answers. */
  boolean isSound() {
    return sum() == 0xffff;
  }

  /** As a raw socket for IPv4 receives it: with a header of IP. */
  byte[] withHeader() {
    byte[] whole = new byte[IP_BYTES + bytes.length];
    whole[0] = 0x45;
    whole[1] = (byte) tos;
    put(whole, 2, whole.length);
    put(whole, 6, DONT_FRAGMENT);
    whole[8] = (byte) ttl;
    whole[9] = ICMP;
    put4(whole, 12, (int) from.low());
    put4(whole, 16, (int) to.low());
    put(whole, 10, ~folded(added(0, whole, IP_BYTES)) & 0xffff);
    System.arraycopy(bytes, 0, whole, IP_BYTES, bytes.length);
    return whole;
  }

  private static void put(byte[] to, int at, int value) {
    to[at] = (byte) (value >>> 8);
    to[at + 1] = (byte) value;
  }

  private static void put4(byte[] to, int at, int value) {
    put(to, at, value >>> 16);
    put(to, at + 2, value);
  }

  // ---- the checksum of the Internet (RFC 1071); that of ICMPv6 is of the addresses, too

  private int sum() {
    long sum = 0;
    if (isSix()) {
      sum = words(from) + words(to) + bytes.length + ICMP_6;
    }
    return folded(added(sum, bytes, bytes.length));
  }

  private static long words(Address address) {
    long sum = 0;
    for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
      sum += (address.high() >>> shift & 0xffff) + (address.low() >>> shift & 0xffff);
    }
    return sum;
  }

  private static long added(long before, byte[] bytes, int count) {
    long sum = before;
    for (int i = 0; i < count; i++) {
      sum += (i & 1) == 0 ? (bytes[i] & 0xffL) << 8 : bytes[i] & 0xff;
    }
    return sum;
  }

  private static int folded(long sum) {
    long folded = sum;
    while (folded >>> Short.SIZE != 0) {
      folded = (folded & 0xffff) + (folded >>> Short.SIZE);
    }
    return (int) folded;
  }
}
