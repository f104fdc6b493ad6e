package org.atoll.drivers.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * A place where a node can be connected to; in text the kind and the place, as {@code
 * tcp:127.0.0.1:40000} or {@code tcp:[::1]:40000}.
 *
 * @param kind what carries bytes there
 * @param address where that is
 */
public record Door(Kind kind, InetSocketAddress address) {

  /** What carries bytes. */
  public enum Kind {
    /** TCP in the clear, for nodes of one machine. */
    TCP(true),

    /** TLS 1.3 over TCP, for nodes of different machines. */
    TLS(false);

    private final boolean local;

    Kind(boolean local) {
      this.local = local;
    }

    /** Whether it is for nodes of one machine. */
    boolean local() {
      return local;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads what {@link #toString} made. */
  static Door parse(String text) throws LinkBrokenException {
    String[] words = text.split(":", 2);
    for (Kind kind : Kind.values()) {
      if (words.length == 2 && words[0].equals(kind.word())) {
        return new Door(kind, address(words[1]));
      }
    }
    throw new LinkBrokenException("'" + text + "' is no place to connect to");
  }

  private static InetSocketAddress address(String text) throws LinkBrokenException {
    try {
      int colon = text.lastIndexOf(':');
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port > 0) {
        return new InetSocketAddress(InetAddress.ofLiteral(text.substring(0, colon)), port);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
      // Said below.
    }
    throw new LinkBrokenException("'" + text + "' is no address with a port");
  }

  @Override
  public String toString() {
    String literal = address.getAddress().getHostAddress();
    String host = literal.contains(":") ? "[" + literal + "]" : literal;
    return kind.word() + ":" + host + ":" + address.getPort();
  }
}
