package org.atoll.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/** An address with a port, as a person writes it. */
final class HostAddress {

  private static final int PORT_MAX = 65_535;

  /** What an IPv6 address is written without (RFC 5952), once. */
  private static final Pattern ZEROS = Pattern.compile("(^|:)(0(:|$)){2,}");

  private HostAddress() {}

  /**
   * Reads {@code HOST:PORT}, {@code [ADDR]:PORT} and, where there is a port to take then, {@code
   * HOST} and {@code [ADDR]}.
   *
   * @param option that it was given to
   * @param otherwise the port where none is given; negative: there must be one
   */
  static InetSocketAddress parse(String option, String text, int otherwise) throws IOException {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
    String host = plain(hasPort ? text.substring(0, colon) : text);
    int port = hasPort ? port(text.substring(colon + 1)) : otherwise;
    if (host.isEmpty() || port < 0 || port > PORT_MAX) {
      String form = otherwise < 0 ? "ADDR:PORT" : "ADDR or ADDR:PORT";
      throw new IOException(option + " takes " + form + ", and not '" + text + "'");
    }
    return new InetSocketAddress(host, port);
  }

  /** An address with its port, as {@link #parse} reads it. */
  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    String shown = host.contains(":") ? "[" + ZEROS.matcher(host).replaceFirst("::") + "]" : host;
    return shown + ":" + address.getPort();
  }

  private static int port(String digits) {
    return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
  }

  private static String plain(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
