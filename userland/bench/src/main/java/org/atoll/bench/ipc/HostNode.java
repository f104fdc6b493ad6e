package org.atoll.bench.ipc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.Machine;
import org.atoll.drivers.link.Ways;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxSharedMemory;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;

/**
 * Node 0 of a VOS of two machines, with the server that is measured, in a process of its own. Its
 * input is the key of the VOS; its first line says where it can be connected to; it ends with the
 * VOS, or when its input ends.
 */
public final class HostNode {

  /** Of the VOS. */
  static final int NODES = 2;

  /** The first two tasks that it starts. */
  static final int SERVER = Endpoint.of(1, 0);

  static final int METER = Endpoint.of(2, 0);

  private static final int TOLD_TO_END = 143;

  private HostNode() {}

  /** Takes an address of this machine, a transport, guests that spin, and the VOS. */
  public static void main(String[] arguments) throws IOException {
    LinkKey key = LinkKey.readFrom(System.in);
    Thread.ofPlatform().daemon().name("input").start(HostNode::endWithInput);
    Pinning.pinThisThread();
    Span span = new Span(arguments[1], NODES, Integer.parseInt(arguments[2]));
    LinkIdentity identity = new LinkIdentity(Long.parseLong(arguments[3]), 0, NODES, key);
    try (NettyLink link = listening(identity, InetAddress.ofLiteral(arguments[0]), span)) {
      Busy busy = Busy.with(span);
      Node node = busy.node(link, NodeConfig.of(0, NODES));
      int server = node.start("server", new NullServer(), Privileges.SERVER);
      int meter = node.start("meter", new Meter(), Privileges.SERVER);
      if (server != SERVER || meter != METER) {
        throw new IllegalStateException("the server is " + Endpoint.toString(server));
      }
      NettyLink.own(() -> {
        busy.spin(node);
        System.out.println(link.listen());
        System.out.flush();
        node.cpu(0).run();
      });
    }
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // It says nothing any more.
      }
    } catch (IOException ended) {
      // As well.
    }
    Runtime.getRuntime().halt(TOLD_TO_END);
  }

  /** By TLS it listens as nodes between machines do; by TCP in the clear, at the same address. */
  private static NettyLink listening(LinkIdentity identity, InetAddress at, Span span)
      throws IOException {
    boolean encrypted = isEncrypted(span);
    Ways ways = encrypted ? ways() : ways().withTcpAt(at);
    List<InetSocketAddress> outside = encrypted ? List.of(new InetSocketAddress(at, 0)) : List.of();
    return new NettyLink(
        Nodes.loop(), identity, Machine.name(), ways, null, outside, System.err::println);
  }

  /**
   * The link of the node that connects to it. By TCP it says that it is on the same machine: nodes
   * of others would not speak with each other in the clear.
   */
  static NettyLink connecting(LinkIdentity identity, Doors zero, Span span) throws IOException {
    String machine = isEncrypted(span) ? Machine.name() : zero.machine();
    return new NettyLink(Nodes.loop(), identity, machine, ways(), zero, System.err::println);
  }

  private static boolean isEncrypted(Span span) {
    return span.transport().equals(Door.Kind.TLS.word());
  }

  private static Ways ways() throws IOException {
    return Ways.of(Door.Kind.TCP.word(), new LinuxSharedMemory(new Libc()));
  }
}
