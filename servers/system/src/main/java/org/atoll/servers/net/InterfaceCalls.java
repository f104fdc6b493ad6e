package org.atoll.servers.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.servers.net.Interfaces.Interface;

/** ioctl(2) about network interfaces (netdevice(7)): they can be looked at, and not changed. */
final class InterfaceCalls {

  private static final int ADD_ROUTE = 0x890b;
  private static final int DELETE_ROUTE = 0x890c;
  private static final int GET_NAME = 0x8910;
  private static final int GET_ALL = 0x8912;
  private static final int GET_FLAGS = 0x8913;
  private static final int SET_FLAGS = 0x8914;
  private static final int GET_ADDRESS = 0x8915;
  private static final int SET_ADDRESS = 0x8916;
  private static final int GET_PEER = 0x8917;
  private static final int SET_PEER = 0x8918;
  private static final int GET_BROADCAST = 0x8919;
  private static final int SET_BROADCAST = 0x891a;
  private static final int GET_MASK = 0x891b;
  private static final int SET_MASK = 0x891c;
  private static final int GET_METRIC = 0x891d;
  private static final int SET_METRIC = 0x891e;
  private static final int GET_MTU = 0x8921;
  private static final int SET_MTU = 0x8922;
  private static final int SET_NAME = 0x8923;
  private static final int SET_HARDWARE = 0x8924;
  private static final int GET_HARDWARE = 0x8927;
  private static final int ADD_MULTICAST = 0x8931;
  private static final int DELETE_MULTICAST = 0x8932;
  private static final int GET_INDEX = 0x8933;
  private static final int GET_QUEUE = 0x8942;
  private static final int SET_QUEUE = 0x8943;
  private static final int ETHERNET_TOOL = 0x8946;
  private static final int DELETE_ARP = 0x8953;
  private static final int GET_ARP = 0x8954;
  private static final int SET_ARP = 0x8955;
  private static final int GET_MAP = 0x8970;
  private static final int SET_MAP = 0x8971;

  /** Bytes of struct ifreq, and where what is asked for begins in it. */
  private static final int BYTES = 40;

  private static final int VALUE = Interfaces.NAME_BYTES;

  private InterfaceCalls() {}

  /** 0 or a negated errno. */
  static int ioctl(Turn turn, long request, Socket s, int operation) {
    return switch (operation) {
      case GET_ALL -> all(turn, request);
      case GET_NAME, GET_FLAGS, GET_METRIC, GET_MTU, GET_HARDWARE, GET_INDEX, GET_QUEUE, GET_MAP ->
          one(turn, request, operation);
      case GET_ADDRESS, GET_PEER, GET_BROADCAST, GET_MASK ->
          s.domain == Socket.INET ? one(turn, request, operation) : -Errno.ENOTTY;
      case SET_FLAGS, SET_METRIC, SET_MTU, SET_NAME, SET_HARDWARE, SET_QUEUE, SET_MAP ->
          -Errno.EPERM;
      case ADD_MULTICAST, DELETE_MULTICAST -> -Errno.EPERM;
      case SET_PEER, SET_BROADCAST, SET_MASK, DELETE_ARP, SET_ARP ->
          s.domain == Socket.INET ? -Errno.EPERM : -Errno.ENOTTY;
      case SET_ADDRESS, ADD_ROUTE, DELETE_ROUTE -> s.isUnix() ? -Errno.ENOTTY : -Errno.EPERM;
      case GET_ARP -> s.domain == Socket.INET ? -Errno.ENXIO : -Errno.ENOTTY;
      case ETHERNET_TOOL -> -Errno.EOPNOTSUPP;
      default -> -Errno.ENOTTY;
    };
  }

  /** SIOCGIFCONF: as many as there is room for. */
  private static int all(Turn turn, long request) {
    int room = Math.max(0, turn.kernel().outBytes(request)) / BYTES;
    byte[] bytes = new byte[BYTES * Math.min(room, Interfaces.ALL.size())];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; out.remaining() >= BYTES; i++) {
      Interface known = Interfaces.ALL.get(i);
      out.put(known.nameBytes());
      putAddress(out, known.address());
      out.position(BYTES * (i + 1));
    }
    return Math.min(0, turn.kernel().copyOut(request, 0, bytes, 0, bytes.length));
  }

  private static void putAddress(ByteBuffer out, int address) {
    out.putShort((short) Socket.INET).putShort((short) 0).putInt(Integer.reverseBytes(address));
  }

  private static int one(Turn turn, long request, int operation) {
    byte[] asked = new byte[BYTES];
    int copied = turn.kernel().copyIn(request, 0, asked, 0, BYTES);
    if (copied < BYTES) {
      return copied < 0 ? copied : -Errno.EINVAL;
    }
    ByteBuffer out = ByteBuffer.wrap(asked).order(ByteOrder.LITTLE_ENDIAN);
    Interface known =
        operation == GET_NAME ? Interfaces.of(out.getInt(VALUE)) : Interfaces.named(asked);
    if (known == null) {
      return -Errno.ENODEV;
    }
    if (operation == GET_NAME) {
      out.put(0, known.nameBytes());
    } else if (isAboutAddress(operation) && Interfaces.isAlias(asked)) {
      return -Errno.EADDRNOTAVAIL;
    } else {
      tell(out.position(VALUE), known, operation);
    }
    return Math.min(0, turn.kernel().copyOut(request, 0, asked, 0, BYTES));
  }

  private static boolean isAboutAddress(int operation) {
    return operation >= GET_ADDRESS && operation <= GET_MASK;
  }

  private static void tell(ByteBuffer out, Interface known, int operation) {
    switch (operation) {
      case GET_FLAGS -> out.putShort((short) known.flags());
      case GET_METRIC -> out.putInt(0);
      case GET_MTU -> out.putInt(known.mtu());
      case GET_INDEX -> out.putInt(known.index());
      case GET_QUEUE -> out.putInt(Interfaces.QUEUE_LENGTH);
      case GET_MAP -> out.put(new byte[BYTES - VALUE]);
      case GET_HARDWARE -> out.putShort((short) known.kind()).put(known.hardware());
      case GET_BROADCAST -> putWhole(out, known.broadcast());
      case GET_MASK -> putWhole(out, known.mask());
      default -> putWhole(out, known.address());
    }
  }

  private static void putWhole(ByteBuffer out, int address) {
    putAddress(out, address);
    out.putLong(0);
  }
}
