package org.atoll.drivers.link;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A place where a node can be connected to; in text the kind and the place, as {@code
 * tcp:127.0.0.1:40000}, {@code tcp:[::1]:40000} or {@code unix:@atoll-1f5a}.
 *
 * @param kind what carries bytes there
 * @param address where that is: an {@link InetSocketAddress}, or the name of a Unix socket in the
 *     abstract name space, which leaves nothing behind in any folder
 */
public record Door(Kind kind, SocketAddress address) {

  /** What carries bytes; the fastest first. */
  public enum Kind {
    /** Memory that both nodes see, agreed on through a Unix socket. */
    SHM(true, true),

    /** Unix sockets. */
    UNIX(true, true),

    /** TCP in the clear. */
    TCP(true, false),

    /** TLS 1.3 over TCP, for nodes of different machines. */
    TLS(false, false);

    private final boolean local;
    private final boolean named;

    Kind(boolean local, boolean named) {
      this.local = local;
      this.named = named;
    }

    /** Whether it is for nodes of one machine. */
    public boolean isLocal() {
      return local;
    }

    /** Whether its doors are Unix sockets. */
    public boolean isNamed() {
      return named;
    }

    /** The kind in text. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String PREFIX = "atoll-";
  private static final String ABSTRACT = "\0";

  /** A fresh name for a door of a kind that has names. */
  public static Door named(Kind kind) {
    String chance = HexFormat.of().formatHex(LinkKey.random(), 0, 16);
    return new Door(kind, new DomainSocketAddress(ABSTRACT + PREFIX + chance));
  }

  /** Reads what {@link #toString} made. */
  static Door parse(String text) throws LinkBrokenException {
    String[] words = text.split(":", 2);
    for (Kind kind : Kind.values()) {
      if (words.length == 2 && words[0].equals(kind.word())) {
        return new Door(kind, kind.isNamed() ? name(words[1]) : address(words[1]));
      }
    }
    throw new LinkBrokenException("'" + text + "' is no place to connect to");
  }

  private static DomainSocketAddress name(String text) throws LinkBrokenException {
    if (!text.matches("@" + PREFIX + "[0-9a-f]{1,64}")) {
      throw new LinkBrokenException("'" + text + "' is no name of a node's socket");
    }
    return new DomainSocketAddress(ABSTRACT + text.substring(1));
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
    return kind.word() + ":" + place();
  }

  private String place() {
    if (!(address instanceof InetSocketAddress inet)) {
      return ((DomainSocketAddress) address).path().replace(ABSTRACT, "@");
    }
    String literal = inet.getAddress().getHostAddress();
    String host = literal.contains(":") ? "[" + literal + "]" : literal;
    return host + ":" + inet.getPort();
  }
}
