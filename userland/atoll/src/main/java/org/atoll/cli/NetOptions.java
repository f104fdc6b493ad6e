package org.atoll.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.atoll.boot.HostNet;
import org.atoll.drivers.net.netty.Publication;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of the host's network a VOS is given. */
final class NetOptions {

  private static final int DNS_PORT = 53;
  private static final Path RESOLVERS = Path.of("/etc/resolv.conf");

  @Option(
      names = {"-p", "--publish"},
      paramLabel = "[ADDR:]HOST:GUEST[/udp]",
      description = {
        "Publishes a port of the VOS on the host, on 127.0.0.1 or the address that is given"
            + " (0.0.0.0: on all); ranges as 8000-8003:80-83; may be given more than once."
      })
  List<String> published = new ArrayList<>();

  @Option(
      names = "--net",
      paramLabel = "none|publish|host",
      description = {
        "publish: what -p names comes in, and nothing goes out (default); host: programs also"
            + " reach the host's network, and the host itself as host.atoll.internal; none:"
            + " neither."
      },
      defaultValue = "publish")
  String mode = "publish";

  @Option(
      names = "--dns",
      paramLabel = "ADDR[:PORT]",
      description = "With --net host, who resolves names (default: as the host).")
  @Nullable String dns;

  /** What was asked for. */
  HostNet net() throws IOException {
    boolean outgoing = outgoing();
    if (mode.equals("none") && !published.isEmpty()) {
      throw new IOException("-p " + published.getFirst() + ": --net none publishes nothing");
    }
    if (dns != null && !outgoing) {
      throw new IOException("--dns goes with --net host alone");
    }
    List<Publication> ports = new ArrayList<>();
    for (String text : published) {
      ports.addAll(PublishedPorts.parse(text));
    }
    return new HostNet(outgoing, ports, outgoing ? resolver() : null);
  }

  /** What a simulated VOS is given. */
  HostNet simulated() throws IOException {
    if (!published.isEmpty()) {
      throw new IOException("sim takes no -p: nobody outside connects by himself");
    }
    if (dns != null) {
      throw new IOException("sim takes no --dns: its resolver is simulated, too");
    }
    return outgoing() ? HostNet.SIMULATED : HostNet.NONE;
  }

  private boolean outgoing() throws IOException {
    if (!List.of("none", "publish", "host").contains(mode)) {
      throw new IOException("--net takes none, publish or host, and not '" + mode + "'");
    }
    return mode.equals("host");
  }

  private @Nullable InetSocketAddress resolver() throws IOException {
    String text = dns;
    if (text == null) {
      return resolverOfTheHost();
    }
    int colon = text.contains("]") ? text.indexOf("]:") + 1 : text.lastIndexOf(':');
    boolean hasPort = colon > 0 && (text.contains("]") || text.indexOf(':') == colon);
    try {
      String address = hasPort ? text.substring(0, colon) : text;
      int port = hasPort ? PublishedPorts.port(text.substring(colon + 1)) : DNS_PORT;
      return new InetSocketAddress(InetAddress.ofLiteral(plain(address)), port);
    } catch (IllegalArgumentException malformed) {
      throw new IOException("--dns takes ADDR or ADDR:PORT, and not '" + text + "'", malformed);
    }
  }

  private static String plain(String address) {
    return address.startsWith("[") && address.endsWith("]")
        ? address.substring(1, address.length() - 1)
        : address;
  }

  /** The first that the host itself asks; null when it asks none. */
  private static @Nullable InetSocketAddress resolverOfTheHost() throws IOException {
    if (!Files.isReadable(RESOLVERS)) {
      return null;
    }
    for (String line : Files.readAllLines(RESOLVERS)) {
      String[] words = line.strip().split("\\s+");
      if (words.length > 1 && words[0].toLowerCase(Locale.ROOT).equals("nameserver")) {
        try {
          return new InetSocketAddress(InetAddress.ofLiteral(words[1]), DNS_PORT);
        } catch (IllegalArgumentException malformed) {
          throw new IOException(RESOLVERS + ": " + words[1] + " is no address", malformed);
        }
      }
    }
    return null;
  }
}
