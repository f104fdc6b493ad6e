package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;

/**
 * The nodes of a VOS of two machines: the caller is here, on node 1, the server in a {@link
 * HostNode} of another one, which is there already. Within {@link NettyLink#own}.
 */
final class HostPair implements Subject {

  private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long BOTH = 0b11;

  /**
   * Where the other node is.
   *
   * @param vos of both
   * @param doors of the other one, as text
   * @param keyFile holds the key of the VOS
   */
  record There(long vos, String doors, Path keyFile, Span span) {

    List<String> words() {
      return List.of(
          Long.toString(vos),
          doors,
          keyFile.toString(),
          span.transport(),
          Integer.toString(span.nodes()),
          Integer.toString(span.spinners()));
    }

    static There parse(List<String> words) {
      Span span = Span.parse(words.subList(3, words.size()));
      return new There(Long.parseLong(words.get(0)), words.get(1), Path.of(words.get(2)), span);
    }
  }

  private final NettyLink link;
  private final Node node;
  private final CallSubject calls;

  HostPair(Operation operation, There there) throws IOException {
    LinkKey key = LinkKey.read(there.keyFile());
    LinkIdentity identity = new LinkIdentity(there.vos(), 1, HostNode.NODES, key);
    link = HostNode.connecting(identity, doors(there), there.span());
    Busy busy = Busy.with(there.span(), operation);
    node = busy.node(link, NodeConfig.of(1, HostNode.NODES));
    int meter = node.start("meter", new Meter(), Privileges.SERVER);
    long end = System.nanoTime() + CONNECT_NANOS;
    node.cpu(0).runUntil(() -> node.nodesUp() == BOTH || System.nanoTime() > end);
    if (node.nodesUp() != BOTH) {
      throw new IOException("cannot reach the node at " + there.doors());
    }
    Load load = busy.load(node, operation);
    int[] meters = {meter, HostNode.METER};
    calls =
        new CallSubject(node, load, operation.calls(), HostNode.SERVER, meters, HostPair::alive);
  }

  /** Node 1 ends with node 0, which its kernel sees to. */
  private static boolean alive() {
    return true;
  }

  /** Load that is offered to the server besides. */
  OpenRun open() {
    return new OpenRun(node, link::poll, HostPair::alive);
  }

  private static Doors doors(There there) throws IOException {
    try {
      return Doors.parse(there.doors());
    } catch (LinkBrokenException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }

  @Override
  public int batch() {
    return calls.batch();
  }

  @Override
  public int events() {
    return calls.events();
  }

  @Override
  public void run(double[] nanos) throws IOException {
    calls.run(nanos);
  }

  @Override
  public Counters counters() throws IOException {
    return calls.counters();
  }

  /** Ends both nodes. */
  @Override
  public void close() throws IOException {
    calls.close();
    link.close();
  }
}
