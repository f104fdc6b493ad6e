package org.atoll.libposix.strace;

import java.util.Map;

/** Messages of sockets with their control messages, and options with their values. */
final class SocketMessages {

  private static final int HEADER_BYTES = 56;
  private static final int MANY_BYTES = 64;
  private static final int MANY_MAX = 1_024;
  private static final int CONTROL_HEADER_BYTES = 16;
  private static final int CONTROL_BYTES_MAX = 4_096;
  private static final int LEVEL_SOCKET = 1;
  private static final int RIGHTS = 1;
  private static final int CREDENTIALS = 2;
  private static final int LINGER = 13;
  private static final int PEER_CREDENTIALS = 17;

  private SocketMessages() {}

  static void kinds(Map<String, Kind> all) {
    all.put(
        "msghdr",
        (out, value, size, look) ->
            Memory.of(out, value, HEADER_BYTES, look, m -> header(out, m, look)));
    all.put("mmsghdrs", SocketMessages::headers);
    all.put("option", SocketMessages::option);
    all.put("option-value", SocketMessages::value);
    all.put("option-value-at", SocketMessages::valueSized);
  }

  private static void header(StringBuilder out, Memory m, Look look) {
    out.append("{msg_name=");
    if (m.longAt(0) == 0) {
      out.append("NULL");
    } else {
      SocketAddresses.print(out, m.longAt(0), m.intAt(8), look);
    }
    out.append(", msg_namelen=").append(m.intAt(8)).append(", msg_iov=");
    Kinds.of("vector").print(out, m.longAt(16), m.longAt(24), look);
    out.append(", msg_iovlen=").append(m.longAt(24));
    long bytes = m.longAt(40);
    if (bytes > 0) {
      control(out.append(", msg_control="), m.longAt(32), bytes, look);
    }
    out.append(", msg_controllen=").append(bytes);
    Symbols.flags(out.append(", msg_flags="), "msg-flags", m.unsignedAt(48));
    out.append('}');
  }

  private static void headers(StringBuilder out, long address, long count, Look look) {
    int shown = Math.clamp(look.result() > 0 ? look.result() : count, 0, MANY_MAX);
    Memory.of(
        out,
        address,
        shown * MANY_BYTES,
        look,
        m -> {
          out.append('[');
          for (int i = 0; i < shown; i++) {
            out.append(i == 0 ? "{msg_hdr=" : ", {msg_hdr=");
            header(out, m.at(i * MANY_BYTES), look);
            out.append(", msg_len=").append(m.unsignedAt(i * MANY_BYTES + HEADER_BYTES));
            out.append('}');
          }
          out.append(']');
        });
  }

  // ---- control messages

  private static void control(StringBuilder out, long address, long bytes, Look look) {
    int length = Math.clamp(bytes, 0, CONTROL_BYTES_MAX);
    Memory.of(
        out,
        address,
        length,
        look,
        m -> {
          out.append('[');
          int at = 0;
          while (at + CONTROL_HEADER_BYTES <= length) {
            int end = at + Math.clamp(m.longAt(at), CONTROL_HEADER_BYTES, length - at);
            controlMessage(out.append(at == 0 ? "" : ", "), m.at(at), end - at);
            at = end + 7 & ~7;
          }
          out.append(']');
        });
  }

  private static void controlMessage(StringBuilder out, Memory m, int bytes) {
    int level = m.intAt(8);
    int type = m.intAt(12);
    out.append("{cmsg_len=").append(m.longAt(0)).append(", cmsg_level=");
    Symbols.name(out, "socket-level", level);
    out.append(", cmsg_type=");
    switch (level) {
      case LEVEL_SOCKET -> Symbols.name(out, "control-message", type);
      case 0 -> Symbols.name(out, "ip-option", type);
      case 41 -> Symbols.name(out, "ipv6-option", type);
      default -> Numbers.hex(out, type);
    }
    boolean whole = level == LEVEL_SOCKET && type == CREDENTIALS && bytes >= 28;
    if (level == LEVEL_SOCKET && type == RIGHTS) {
      out.append(", cmsg_data=[");
      for (int at = CONTROL_HEADER_BYTES; at + Integer.BYTES <= bytes; at += Integer.BYTES) {
        out.append(at == CONTROL_HEADER_BYTES ? "" : ", ").append(m.intAt(at));
      }
      out.append(']');
    } else if (whole) {
      credentials(out.append(", cmsg_data="), m.at(CONTROL_HEADER_BYTES));
    }
    out.append('}');
  }

  private static void credentials(StringBuilder out, Memory m) {
    out.append("{pid=").append(m.intAt(0)).append(", uid=").append(m.intAt(4));
    out.append(", gid=").append(m.intAt(8)).append('}');
  }

  // ---- options

  private static void option(StringBuilder out, long value, long size, Look look) {
    String table =
        switch ((int) look.argument(1)) {
          case LEVEL_SOCKET -> "socket-option";
          case 0 -> "ip-option";
          case 6 -> "tcp-option";
          case 41 -> "ipv6-option";
          case 58 -> "icmp6-option";
          case 255 -> "raw-option";
          default -> "";
        };
    Symbols.name(out, table, value << 32 >> 32);
  }

  private static void valueSized(StringBuilder out, long address, long sizeAt, Look look) {
    byte[] size = address == 0 || sizeAt == 0 ? null : look.memory(sizeAt, Integer.BYTES);
    if (size == null) {
      Numbers.address(out, address);
    } else {
      value(out, address, new Memory(size, 0).intAt(0), look);
    }
  }

  private static void value(StringBuilder out, long address, long size, Look look) {
    int bytes = Math.clamp(size, 0, CONTROL_BYTES_MAX);
    boolean own = look.argument(1) == LEVEL_SOCKET;
    int name = (int) look.argument(2);
    Memory.of(
        out,
        address,
        bytes,
        look,
        m -> {
          if (own && name == LINGER && bytes == 8) {
            out.append("{l_onoff=").append(m.intAt(0));
            out.append(", l_linger=").append(m.intAt(4)).append('}');
          } else if (own && name == PEER_CREDENTIALS && bytes == 12) {
            credentials(out, m);
          } else if (bytes == Integer.BYTES) {
            out.append('[').append(m.intAt(0)).append(']');
          } else {
            Quotes.quote(out, m.bytes(), bytes);
          }
        });
  }
}
