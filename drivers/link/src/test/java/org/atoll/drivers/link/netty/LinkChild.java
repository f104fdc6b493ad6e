package org.atoll.drivers.link.netty;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;

/** Node 1 in a process of its own: it sends back whatever comes, until it is killed. */
final class LinkChild {

  private LinkChild() {}

  static Process start(long vos, InetSocketAddress nodeZero, LinkKey key) throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LinkChild.class.getName(),
                Long.toString(vos),
                Integer.toString(nodeZero.getPort()))
            .redirectOutput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT)
            .start();
    try (OutputStream in = child.getOutputStream()) {
      key.write(in);
    }
    return child;
  }

  /** Arguments: VOS, port of node 0; the key comes through standard input. */
  public static void main(String[] args) throws Exception {
    LinkIdentity identity =
        new LinkIdentity(Long.parseLong(args[0]), 1, 2, LinkKey.read(System.in));
    LinkNode node =
        new LinkNode(
            identity,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])));
    node.echo();
    while (!node.events.take().equals("down 0")) {
      // Events of a node that only echoes are of no interest.
    }
    node.close();
  }
}
