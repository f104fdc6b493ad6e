package org.atoll.bench.ipc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;

/** A host with a port, as a person writes it. */
final class HostAddress {

  /** Where benchmarks are served, unless a person says otherwise. */
  static final int PORT = 7020;

  private HostAddress() {}

  /**
   * Reads {@code HOST}, {@code HOST:PORT}, {@code [ADDR]} or {@code [ADDR]:PORT}.
   *
   * @param option that it was given to
   */
  static InetSocketAddress parse(String option, String text) throws IOException {
    try {
      URI read = new URI("atoll", text, null, null, null).parseServerAuthority();
      if (read.getHost() != null && read.getUserInfo() == null) {
        return new InetSocketAddress(read.getHost(), read.getPort() < 0 ? PORT : read.getPort());
      }
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      // Said below.
    }
    throw new IOException(option + " takes HOST or HOST:PORT, and not '" + text + "'");
  }
}
