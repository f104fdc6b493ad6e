package org.atoll.drivers.link.netty;

import java.io.IOException;
import java.nio.file.Path;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;

/** Node 1 in a process of its own: it sends back whatever comes, until it is killed. */
final class LinkChild {

  private LinkChild() {}

  static Process start(long vos, Doors nodeZero, Path key) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LinkChild.class.getName(),
            Long.toString(vos),
            nodeZero.toString(),
            key.toString())
        .inheritIO()
        .start();
  }

  /** Arguments: VOS, the only door of node 0, file of the key. */
  public static void main(String[] args) throws Exception {
    LinkIdentity identity =
        new LinkIdentity(Long.parseLong(args[0]), 1, 2, LinkKey.read(Path.of(args[2])));
    Doors zero = Doors.parse(args[1]);
    LinkNode node = new LinkNode(identity, zero.doors().getFirst().kind(), zero);
    node.echo();
    while (!node.events.take().equals("down 0")) {
      // Events of a node that only echoes are of no interest.
    }
    node.close();
  }
}
