package org.atoll.servers.ds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DsProtocol;
import org.jspecify.annotations.Nullable;

/** Names and patterns as callers send them. In a text, each char is a byte. */
final class Names {

  /** At the end of a pattern: whatever follows. */
  private static final char REST = '*';

  private static final int LAST_CONTROL = 0x20;
  private static final int DELETE = 0x7f;

  private Names() {}

  /** The first bytes of a request's in-buffer as a name; null when they are none. */
  static @Nullable String name(Turn turn, long request, long bytes) {
    String name = text(turn, request, bytes);
    return name != null && !name.isEmpty() && isPlain(name) ? name : null;
  }

  /** The whole in-buffer as a name; null when it is none. */
  static @Nullable String name(Turn turn, long request) {
    return name(turn, request, turn.kernel().inBytes(request));
  }

  /** The whole in-buffer as a pattern; null when it is none. */
  static @Nullable String pattern(Turn turn, long request) {
    String text = text(turn, request, turn.kernel().inBytes(request));
    if (text == null || text.isEmpty()) {
      return null;
    }
    boolean open = text.charAt(text.length() - 1) == REST;
    return isPlain(open ? text.substring(0, text.length() - 1) : text) ? text : null;
  }

  /** Bytes of the in-buffer, which may be none; null when there are too many or too few. */
  static @Nullable String text(Turn turn, long request, long bytes) {
    int there = turn.kernel().inBytes(request);
    if (bytes < 0 || bytes > DsProtocol.NAME_BYTES_MAX || bytes > there) {
      return null;
    }
    byte[] text = new byte[(int) bytes];
    turn.kernel().copyIn(request, 0, text, 0, text.length);
    return new String(text, ISO_8859_1);
  }

  private static boolean isPlain(String name) {
    return name.chars().allMatch(c -> c > LAST_CONTROL && c != DELETE && c != REST);
  }

  static boolean matches(String pattern, String name) {
    int last = pattern.length() - 1;
    return pattern.charAt(last) == REST
        ? name.startsWith(pattern.substring(0, last))
        : name.equals(pattern);
  }
}
