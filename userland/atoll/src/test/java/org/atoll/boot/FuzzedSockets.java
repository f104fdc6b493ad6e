package org.atoll.boot;

import java.util.random.RandomGenerator;

/**
 * Random arguments of calls about sockets and about what epoll waits for: addresses that others are
 * bound to, messages with control messages, options that exist, sets with events.
 */
final class FuzzedSockets {

  private static final int EVENTFD = 19;
  private static final int EPOLL_CTL = 21;
  private static final int EPOLL_PWAIT = 22;
  private static final int SIGNALFD = 74;
  private static final int TIMERFD = 85;
  private static final int SOCKET = 198;
  private static final int BIND = 200;
  private static final int CONNECT = 203;
  private static final int SENDTO = 206;
  private static final int SETSOCKOPT = 208;
  private static final int RECVMSG = 212;
  private static final int ACCEPT4 = 242;
  private static final int RECVMMSG = 243;
  private static final int SENDMMSG = 269;

  private static final int UNIX = 1;
  private static final int INET = 2;
  private static final int INET6 = 10;
  private static final int LOOPBACK = 0x0100_007f;
  private static final int HEADER_BYTES = 64;

  private static final long[] DOMAINS = {UNIX, UNIX, UNIX, INET, INET, INET6, 16, 16, 0, 17, 46};
  private static final long[] TYPES = {1, 1, 2, 2, 5, 3, 4, 10, 11, 15};
  private static final long[] PROTOCOLS = {0, 0, 0, 0, 1, 1, 6, 17, 58, 58, 255, 256, -1};
  private static final long[] LEVELS = {1, 1, 1, 0, 6, 17, 41, 58, 255, 270};
  private static final long[] SIZES = {0, 1, 2, 3, 4, 8, 16, 24, 28, 32, 110, 111, 128, 129, -1};

  private static final long[] TRANSFERS = {
    0, 0, 1, 0x2, 0x20, 0x40, 0x40, 0x40, 0x80, 0x100, 0x2000, 0x4000, 0x8000, 0x1_0000, 0x4000_0000
  };

  /** Flags of netlink: request, acknowledge, dump. */
  private static final long[] QUESTIONS = {0, 1, 5, 0x301, 0x301, 0x305};

  private static final long[] EVENTS = {
    1, 4, 5, 0x2000, 0x2005, 1L << 28, 1L << 29, 1L << 30, 1L << 31, 0x8000_2005L, 0x4000_0001L
  };

  /** The table that the arguments are for. */
  interface Ground {

    long pointer();

    boolean isScratch(long address);

    void poke(long address, long value);

    long descriptor();

    /** An argument of any call, by its name. */
    long any(String name);
  }

  private final RandomGenerator chance;
  private final Ground ground;

  FuzzedSockets(RandomGenerator chance, Ground ground) {
    this.chance = chance;
    this.ground = ground;
  }

  static boolean knows(int call) {
    return call >= SOCKET && call <= RECVMSG
        || call == ACCEPT4
        || call == RECVMMSG
        || call == SENDMMSG
        || call == EPOLL_CTL
        || call == EPOLL_PWAIT
        || call == SIGNALFD
        || call >= TIMERFD && call <= TIMERFD + 2
        || call == EVENTFD;
  }

  long argument(int call, String name) {
    if (chance.nextInt(30) == 0) {
      return ground.any(name);
    }
    boolean given = call == BIND || call == CONNECT || call == SENDTO || call == SETSOCKOPT;
    return switch (name) {
      case "fd" -> call == SIGNALFD && chance.nextBoolean() ? -1 : ground.descriptor();
      case "domain" -> one(DOMAINS);
      case "type" -> one(TYPES) | (chance.nextBoolean() ? 0x800 : 0);
      case "protocol" -> one(PROTOCOLS);
      case "address" -> address(ground.pointer());
      case "buffer" -> call == SENDTO ? packet(ground.pointer()) : ground.any(name);
      case "bytes" -> call == SIGNALFD || call == EPOLL_PWAIT ? 8 : given ? size(call) : room();
      case "addressBytes" -> given ? one(SIZES) : room();
      case "backlog" -> chance.nextInt(4) - 1;
      case "level" -> one(LEVELS);
      case "name" -> chance.nextInt(72);
      case "value" -> call == TIMERFD + 2 ? ground.pointer() : number();
      case "how" -> chance.nextInt(4);
      case "header" -> header(ground.pointer());
      case "headers" -> headers();
      case "flags" -> flags(call);
      case "operation" -> 1 + chance.nextInt(4);
      case "event" -> event();
      case "timeout" -> call == EPOLL_PWAIT ? chance.nextInt(5) - 1 : ground.any(name);
      case "clock" -> chance.nextInt(9);
      default -> ground.any(name);
    };
  }

  private long one(long[] of) {
    return of[chance.nextInt(of.length)];
  }

  private long flags(int call) {
    if (call == EVENTFD || call == SIGNALFD || call >= TIMERFD && call <= TIMERFD + 1) {
      return chance.nextInt(4) * 0x800L & 0x801 | chance.nextInt(2);
    }
    return one(TRANSFERS) | one(TRANSFERS) | (chance.nextBoolean() ? 0x40 : 0);
  }

  private long size(int call) {
    return call == SENDTO ? ground.any("bytes") : one(SIZES);
  }

  /** A place with a size. */
  private long room() {
    long at = ground.pointer();
    poke(at, one(SIZES));
    return at;
  }

  private long number() {
    long at = ground.pointer();
    poke(at, chance.nextInt(4) == 0 ? chance.nextLong() : chance.nextInt(3));
    poke(at + 8, chance.nextInt(3));
    return at;
  }

  private long event() {
    long at = ground.pointer();
    poke(at, one(EVENTS) | one(EVENTS));
    return at;
  }

  // ---- addresses

  /** One of few names, so that sockets meet. */
  private long address(long at) {
    long port = 8_000 + chance.nextInt(3);
    long swapped = (port & 0xff) << 8 | port >> 8;
    switch (chance.nextInt(9)) {
      case 7 -> poke(at, 16);
      case 0, 1 -> poke(at, INET | swapped << 16 | (long) LOOPBACK << 32);
      case 2 -> {
        poke(at, INET6 | swapped << 16);
        poke(at + 8, 0);
        poke(at + 16, 1L << 56);
        poke(at + 24, 0);
      }
      case 3 -> poke(at, chance.nextLong());
      case 4 -> poke(at, 0);
      case 5, 6 -> poke(at, UNIX | (long) ('a' + chance.nextInt(3)) << 24);
      default -> {
        poke(
            at,
            UNIX
                | (long) '/' << 16
                | (long) 't' << 24
                | (long) 'm' << 32
                | (long) 'p' << 40
                | (long) '/' << 48
                | (long) ('s' + chance.nextInt(2)) << 56);
        poke(at + 8, 0);
      }
    }
    return at;
  }

  // ---- messages

  /** An echo of ICMP or ICMPv6, a question by netlink, or what is there. */
  private long packet(long at) {
    switch (chance.nextInt(4)) {
      case 0 -> poke(at, 8 | (long) chance.nextInt() << 16);
      case 1 -> poke(at, 128 | (long) chance.nextInt() << 16);
      case 2 -> {
        long type = 16 + chance.nextInt(20);
        poke(at, 16 + chance.nextInt(20) | type << 32 | one(QUESTIONS) << 48);
        poke(at + 16, one(DOMAINS));
      }
      default -> {}
    }
    return at;
  }

  private long headers() {
    long at = ground.pointer();
    for (int i = 0; i < 2; i++) {
      header(at + (long) HEADER_BYTES * i);
    }
    return at;
  }

  /** A msghdr with one or two buffers, perhaps an address, perhaps descriptors. */
  private long header(long at) {
    if (!ground.isScratch(at)) {
      return at;
    }
    boolean named = chance.nextInt(3) == 0;
    poke(at, named ? address(ground.pointer()) : 0);
    poke(at + 8, named ? one(SIZES) : 0);
    poke(at + 16, buffers());
    poke(at + 24, chance.nextInt(3));
    boolean controls = chance.nextBoolean();
    poke(at + 32, controls ? control() : 0);
    poke(at + 40, controls ? 16L + 8L * chance.nextInt(4) : 0);
    poke(at + 48, one(TRANSFERS));
    return at;
  }

  private long buffers() {
    long at = ground.pointer();
    for (int i = 0; i < 2; i++) {
      poke(at + 16L * i, ground.pointer());
      poke(at + 16L * i + 8, ground.any("bytes"));
    }
    return at;
  }

  /** SCM_RIGHTS or SCM_CREDENTIALS, or another. */
  private long control() {
    long at = ground.pointer();
    long kind = chance.nextInt(8) == 0 ? chance.nextInt(64) : 1 + chance.nextInt(2);
    poke(at, 16L + 4L * chance.nextInt(5));
    poke(at + 8, UNIX | kind << 32);
    poke(at + 16, ground.descriptor() & 0xffff_ffffL | ground.descriptor() << 32);
    poke(at + 24, ground.descriptor() & 0xffff_ffffL);
    return at;
  }

  private void poke(long at, long value) {
    if (ground.isScratch(at)) {
      ground.poke(at, value);
    }
  }
}
