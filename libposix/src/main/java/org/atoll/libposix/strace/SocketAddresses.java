package org.atoll.libposix.strace;

import java.util.Arrays;
import java.util.Map;
import org.atoll.libposix.layout.LittleEndian;

/** Addresses of sockets, and what socket(2) is asked for. */
final class SocketAddresses {

  private static final int UNIX = 1;
  private static final int INET = 2;
  private static final int INET6 = 10;
  private static final int BYTES_MAX = 128;
  private static final int KIND = 0xf;

  private SocketAddresses() {}

  static void kinds(Map<String, Kind> all) {
    all.put("sockaddr", SocketAddresses::print);
    all.put("sockaddr-at", SocketAddresses::printSized);
    all.put(
        "socket-type",
        (out, value, size, look) ->
            Symbols.mixed(out, "socket-kind", KIND, "socket-flags", value & 0xffff_ffffL));
    all.put("socket-protocol", SocketAddresses::protocol);
  }

  private static void protocol(StringBuilder out, long value, long size, Look look) {
    boolean inet = look.argument(0) == INET || look.argument(0) == INET6;
    if (inet) {
      Symbols.name(out, "inet-protocol", value << 32 >> 32);
    } else {
      out.append((int) value);
    }
  }

  /** An address whose size is in memory, too. */
  private static void printSized(StringBuilder out, long address, long sizeAt, Look look) {
    byte[] size = address == 0 || sizeAt == 0 ? null : look.memory(sizeAt, Integer.BYTES);
    if (size == null) {
      Numbers.address(out, address);
    } else {
      print(out, address, LittleEndian.getInt(size, 0), look);
    }
  }

  static void print(StringBuilder out, long address, long size, Look look) {
    int bytes = (int) size;
    if (bytes < 2 || bytes > BYTES_MAX) {
      Numbers.address(out, address);
      return;
    }
    Memory.of(out, address, bytes, look, m -> print(out, m, bytes));
  }

  private static void print(StringBuilder out, Memory m, int bytes) {
    int family = m.shortAt(0) & 0xffff;
    Symbols.name(out.append("{sa_family="), "domain", family);
    if (family == UNIX) {
      unix(out, Arrays.copyOfRange(m.bytes(), 2, bytes));
    } else if (family == INET && bytes >= 16) {
      port(out.append(", sin_port="), m);
      out.append(", sin_addr=inet_addr(\"").append(host(m, 4, 4)).append("\")");
    } else if (family == INET6 && bytes >= 28) {
      port(out.append(", sin6_port="), m);
      out.append(", sin6_flowinfo=htonl(").append(Integer.reverseBytes(m.intAt(4)));
      out.append("), inet_pton(AF_INET6, \"").append(host6(m)).append("\", &sin6_addr)");
      out.append(", sin6_scope_id=").append(m.unsignedAt(24));
    } else {
      out.append(", sa_data=");
      Quotes.quote(out, Arrays.copyOfRange(m.bytes(), 2, bytes), bytes - 2);
    }
    out.append('}');
  }

  /** A path up to its zero; an abstract name, whose zero is in front, has an at sign for it. */
  private static void unix(StringBuilder out, byte[] path) {
    if (path.length == 0) {
      return;
    }
    out.append(", sun_path=");
    if (path[0] == 0) {
      Quotes.quote(out.append('@'), Arrays.copyOfRange(path, 1, path.length), path.length - 1);
      return;
    }
    int end = 0;
    while (end < path.length && path[end] != 0) {
      end++;
    }
    Quotes.quote(out, path, end);
  }

  private static void port(StringBuilder out, Memory m) {
    out.append("htons(").append(m.byteAt(2) << 8 | m.byteAt(3)).append(')');
  }

  private static String host(Memory m, int at, int bytes) {
    StringBuilder host = new StringBuilder();
    for (int i = at; i < at + bytes; i++) {
      host.append(i == at ? "" : ".").append(m.byteAt(i));
    }
    return host.toString();
  }

  /** As inet_ntop(3): the longest run of zeros, of two words at least, is left out. */
  private static String host6(Memory m) {
    int[] words = new int[8];
    for (int i = 0; i < words.length; i++) {
      words[i] = m.byteAt(8 + 2 * i) << 8 | m.byteAt(9 + 2 * i);
    }
    int zeros = zeros(words);
    boolean mapped = zeros == 0 && runAt(words, 0) == 5 && words[5] == 0xffff;
    if (mapped) {
      return "::ffff:" + host(m, 20, 4);
    }
    StringBuilder host = new StringBuilder();
    for (int i = 0; i < words.length; i++) {
      if (i == zeros) {
        host.append("::");
        i += runAt(words, i) - 1;
      } else {
        boolean joined = host.isEmpty() || host.charAt(host.length() - 1) == ':';
        host.append(joined ? "" : ":").append(Integer.toHexString(words[i]));
      }
    }
    return host.toString();
  }

  /** Where the longest run of zeros begins, or -1. */
  private static int zeros(int[] words) {
    int best = -1;
    int longest = 1;
    for (int i = 0; i < words.length; i++) {
      int run = runAt(words, i);
      if (run > longest) {
        longest = run;
        best = i;
      }
    }
    return best;
  }

  private static int runAt(int[] words, int from) {
    int at = from;
    while (at < words.length && words[at] == 0) {
      at++;
    }
    return at - from;
  }
}
