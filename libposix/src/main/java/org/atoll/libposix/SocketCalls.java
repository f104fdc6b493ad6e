package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.SocketProtocol;
import org.atoll.libposix.layout.LittleEndian;

/** Sockets: made, named, connected, asked. What they carry is {@link SocketTransfers}'. */
final class SocketCalls {

  private static final int PAIR_BYTES = 8;

  /** Bytes of an option's value that are looked at; no option has as many. */
  private static final int OPTION_BYTES_MAX = 4_096;

  private static final String SOCKET = "domain:domain type:socket-type protocol:socket-protocol";
  private static final String ADDRESSED = "fd:fd address:sockaddr[bytes] bytes";
  private static final String NAMED = "fd:fd address:>sockaddr-at[bytes] bytes:int-at";
  private static final String OPTION = "fd:fd level:socket-level name:option value:";

  private SocketCalls() {}

  static void rows(Table t) {
    Interruption restarts = Interruption.RESTARTS;
    String kinds =
        "families Unix, netlink (routes), and the Internet's inside the VOS; protocols TCP, UDP, ICMP";
    t.partial(198, "socket", SOCKET, kinds, SocketCalls::socket);
    t.full(199, "socketpair", SOCKET + " fds:>pair", SocketCalls::socketPair);
    t.full(200, "bind", ADDRESSED, first(c -> named(c, SocketProtocol.Call.BIND)));
    t.full(201, "listen", "fd:fd backlog", SocketCalls::listen);
    t.full(202, "accept", NAMED, restarts, first(c -> accept(c, 0)));
    t.full(
        242,
        "accept4",
        NAMED + " flags:socket-flags",
        restarts,
        first(c -> accept(c, c.intArg(3))));
    t.full(203, "connect", ADDRESSED, restarts, first(c -> named(c, SocketProtocol.Call.CONNECT)));
    t.full(204, "getsockname", NAMED, first(c -> name(c, 0)));
    t.full(205, "getpeername", NAMED, first(c -> name(c, 1)));
    t.full(
        206,
        "sendto",
        "fd:fd buffer:bytes[bytes] bytes:size flags:msg-flags address:sockaddr[addressBytes]"
            + " addressBytes",
        restarts,
        first(SocketTransfers::sendTo));
    t.full(
        207,
        "recvfrom",
        "fd:fd buffer:>bytes bytes:size flags:msg-flags address:sockaddr-at[addressBytes]"
            + " addressBytes:int-at",
        restarts,
        first(SocketTransfers::receiveFrom));
    t.full(208, "setsockopt", OPTION + "option-value[bytes] bytes", first(SocketCalls::setOption));
    t.full(
        209,
        "getsockopt",
        OPTION + ">option-value-at[bytes] bytes:int-at",
        first(SocketCalls::getOption));
    t.full(210, "shutdown", "fd:fd how:shut", SocketCalls::shutdown);
    t.full(
        211,
        "sendmsg",
        "fd:fd header:msghdr flags:msg-flags",
        restarts,
        first(SocketTransfers::sendMessage));
    t.full(
        212,
        "recvmsg",
        "fd:fd header:>msghdr flags:msg-flags",
        restarts,
        first(SocketTransfers::receiveMessage));
    t.full(
        243,
        "recvmmsg",
        "fd:fd headers:>mmsghdrs count:u flags:msg-flags timeout:timespec",
        restarts,
        first(ManyMessages::receive));
    t.full(
        269,
        "sendmmsg",
        "fd:fd headers:>mmsghdrs[count] count:u flags:msg-flags",
        restarts,
        first(ManyMessages::send));
  }

  private static SystemCall.Body first(SystemCall.Body body) {
    return DescriptorFirst.open(body);
  }

  // ---- made

  private static long socket(Call c) {
    return c.pass(
        Role.VFS,
        SocketProtocol.Call.SOCKET.encode(c.message(), c.intArg(0), c.intArg(1), c.intArg(2)));
  }

  private static long socketPair(Call c) {
    if (c.step() == 0) {
      c.guest().writable(c.arg(3), PAIR_BYTES);
      return c.ask(
          Role.VFS,
          SocketProtocol.Call.PAIR.encode(c.message(), c.intArg(0), c.intArg(1), c.intArg(2)));
    }
    byte[] both = new byte[PAIR_BYTES];
    LittleEndian.putInt(both, 0, (int) c.answer(0));
    LittleEndian.putInt(both, 4, (int) c.answer(1));
    c.guest().write(c.arg(3), both);
    return 0;
  }

  // ---- addresses

  /** An address of the process. Fails with EINVAL, EFAULT. */
  static byte[] address(Call c, long at, int bytes) {
    if (bytes < 0 || bytes > SocketProtocol.ADDRESS_BYTES_MAX) {
      throw new Failure(Errno.EINVAL);
    }
    return c.guest().read(at, bytes);
  }

  /** Gives an address out of an answer, as much as there is room for, and its size. */
  static void putAddress(Call c, byte[] from, int offset, int bytes, long at, long sizeAt) {
    int room = c.guest().getInt(sizeAt);
    if (room < 0) {
      throw new Failure(Errno.EINVAL);
    }
    c.guest().write(at, from, offset, Math.min(room, bytes));
    c.guest().putInt(sizeAt, bytes);
  }

  private static long named(Call c, SocketProtocol.Call call) {
    byte[] address = address(c, c.arg(1), c.intArg(2));
    return c.pass(Role.VFS, call.encode(c.message(), c.intArg(0)), address);
  }

  private static long name(Call c, int peer) {
    if (c.step() == 0) {
      room(c, c.arg(2));
      Message m = SocketProtocol.Call.NAME.encode(c.message(), c.intArg(0), peer);
      return c.ask(Role.VFS, m, SocketProtocol.ADDRESS_BYTES_MAX);
    }
    putAddress(c, c.staged(), 0, (int) c.answer(0), c.arg(1), c.arg(2));
    return 0;
  }

  /** The size that a program says it has room for. */
  private static int room(Call c, long at) {
    int room = c.guest().getInt(at);
    c.guest().writable(at, Integer.BYTES);
    if (room < 0) {
      throw new Failure(Errno.EINVAL);
    }
    return room;
  }

  // ---- connections

  private static long listen(Call c) {
    return c.pass(
        Role.VFS, SocketProtocol.Call.LISTEN.encode(c.message(), c.intArg(0), c.intArg(1)));
  }

  private static long accept(Call c, int flags) {
    if (c.hasAnswer()) {
      if (c.answer(0) >= 0 && c.arg(1) != 0) {
        putAddress(c, c.staged(), 0, (int) c.answer(1), c.arg(1), c.arg(2));
      }
      return PosixProgram.outcome(c);
    }
    if (c.arg(1) != 0) {
      room(c, c.arg(2));
    }
    Message m = SocketProtocol.Call.ACCEPT.encode(c.message(), c.intArg(0), flags);
    return c.attempt(Role.VFS, m, new byte[0], SocketProtocol.ADDRESS_BYTES_MAX);
  }

  private static long shutdown(Call c) {
    return c.pass(
        Role.VFS, SocketProtocol.Call.SHUTDOWN.encode(c.message(), c.intArg(0), c.intArg(1)));
  }

  // ---- options

  private static long setOption(Call c) {
    int bytes = c.intArg(4);
    if (bytes < 0) {
      throw new Failure(Errno.EINVAL);
    }
    byte[] value = c.guest().read(c.arg(3), Math.min(bytes, OPTION_BYTES_MAX));
    Message m =
        SocketProtocol.Call.SET_OPTION.encode(c.message(), c.intArg(0), c.intArg(1), c.intArg(2));
    return c.pass(Role.VFS, m, value);
  }

  private static long getOption(Call c) {
    if (c.step() == 0) {
      int room = Math.min(room(c, c.arg(4)), OPTION_BYTES_MAX);
      Message m =
          SocketProtocol.Call.GET_OPTION.encode(c.message(), c.intArg(0), c.intArg(1), c.intArg(2));
      return c.ask(Role.VFS, m, room);
    }
    c.guest().write(c.arg(3), c.staged(), 0, c.stagedBytes());
    c.guest().putInt(c.arg(4), c.stagedBytes());
    return 0;
  }
}
