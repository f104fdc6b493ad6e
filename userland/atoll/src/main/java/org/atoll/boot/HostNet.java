package org.atoll.boot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.atoll.drivers.link.netty.LinkLoop;
import org.atoll.drivers.net.netty.NettyNetwork;
import org.atoll.drivers.net.netty.Publication;
import org.jspecify.annotations.Nullable;

/**
 * What a VOS may use of its host's network.
 *
 * @param outgoing whether programs may connect and send to outside
 * @param ports that are published
 * @param resolver that resolves names for programs, where they may connect; null: none
 */
public record HostNet(
    boolean outgoing, List<Publication> ports, @Nullable InetSocketAddress resolver) {

  /** Nothing of it. */
  public static final HostNet NONE = new HostNet(false, List.of(), null);

  /** A simulated host's, with what is simulated behind it. */
  public static final HostNet SIMULATED =
      new HostNet(true, List.of(), InetSocketAddress.createUnresolved("resolver", 53));

  /** Whether a VOS has no need of a driver. */
  boolean isNone() {
    return !outgoing && ports.isEmpty();
  }

  /**
   * Opens the ports.
   *
   * @param loop of the CPU that will run the driver, which is this thread's
   * @throws IOException with one line that names what cannot be opened; nothing is open then
   */
  NettyNetwork open(LinkLoop loop) throws IOException {
    NettyNetwork network =
        new NettyNetwork(loop, outgoing, resolver, line -> LinuxNode.complain(line));
    try {
      for (Publication port : ports) {
        network.publish(port);
      }
    } catch (IOException refused) {
      network.close();
      throw refused;
    }
    return network;
  }
}
