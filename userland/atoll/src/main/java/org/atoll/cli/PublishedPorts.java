package org.atoll.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.atoll.drivers.net.netty.Publication;

/** What {@code -p} takes: {@code [ADDR:]HOST[-RANGE]:GUEST[-RANGE][/tcp|/udp]}. */
final class PublishedPorts {

  private static final int PORT_MAX = 65_535;

  private record Range(int first, int last) {

    int count() {
      return last - first + 1;
    }
  }

  private PublishedPorts() {}

  static List<Publication> parse(String text) throws IOException {
    try {
      return read(text);
    } catch (IllegalArgumentException malformed) {
      throw new IOException(
          "-p takes [ADDR:]HOST:GUEST[/udp], as 8080:80, 0.0.0.0:8080:80, 8000-8003:80-83 or"
              + " 5353:53/udp, and not '"
              + text
              + "'"
              + reason(malformed),
          malformed);
    }
  }

  private static String reason(IllegalArgumentException malformed) {
    boolean own = malformed.getMessage() != null && malformed.getMessage().startsWith("the ");
    return own ? ": " + malformed.getMessage() : "";
  }

  private static List<Publication> read(String text) {
    int slash = text.indexOf('/');
    String ports = slash < 0 ? text : text.substring(0, slash);
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
      throw new IllegalArgumentException("the protocol is tcp or udp");
    }
    int beforeGuest = ports.lastIndexOf(':');
    int beforeHost = beforeGuest < 0 ? -1 : ports.lastIndexOf(':', beforeGuest - 1);
    if (beforeGuest < 0) {
      throw new IllegalArgumentException();
    }
    InetAddress address =
        beforeHost < 0
            ? InetAddress.ofLiteral("127.0.0.1")
            : address(ports.substring(0, beforeHost));
    Range host = range(ports.substring(beforeHost + 1, beforeGuest), 0);
    Range guest = range(ports.substring(beforeGuest + 1), 1);
    return pairs(address, host, guest, protocol.equals("udp"));
  }

  private static List<Publication> pairs(
      InetAddress address, Range host, Range guest, boolean datagrams) {
    if (host.count() != guest.count()) {
      throw new IllegalArgumentException("the ranges are not of one size");
    }
    List<Publication> all = new ArrayList<>();
    for (int i = 0; i < host.count(); i++) {
      InetSocketAddress at = new InetSocketAddress(address, host.first + i);
      all.add(new Publication(at, guest.first + i, datagrams));
    }
    return all;
  }

  private static InetAddress address(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    if (!bracketed && text.contains(":") || text.isEmpty()) {
      throw new IllegalArgumentException("the IPv6 address is in brackets");
    }
    return InetAddress.ofLiteral(bracketed ? text.substring(1, text.length() - 1) : text);
  }

  private static Range range(String text, int least) {
    int dash = text.indexOf('-');
    int first = port(dash < 0 ? text : text.substring(0, dash));
    int last = dash < 0 ? first : port(text.substring(dash + 1));
    if (first < least || last < first || dash >= 0 && first == 0) {
      throw new IllegalArgumentException("the ports are 1 to 65535, the lower one first");
    }
    return new Range(first, last);
  }

  static int port(String text) {
    if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException();
    }
    int port = Integer.parseInt(text);
    if (port > PORT_MAX) {
      throw new IllegalArgumentException("the ports are 1 to 65535, the lower one first");
    }
    return port;
  }
}
