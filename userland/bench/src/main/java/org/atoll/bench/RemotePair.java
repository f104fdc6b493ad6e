package org.atoll.bench;

import com.sun.management.ThreadMXBean;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;

/**
 * Two nodes of a VOS, this process and one more, connected by TCP as the boot connects them: the
 * caller is here, {@link NullServer} there.
 */
final class RemotePair implements Closeable {

  private static final int NODES = 2;

  /** The first task that node 1 starts. */
  private static final int SERVER = Endpoint.of(Limits.SLOTS_PER_NODE + 1, 0);

  private final NettyLink link;
  private final Node node;
  private final Process other;
  private final RemoteCaller caller = new RemoteCaller(SERVER);
  private final int callerEndpoint;
  private final BooleanSupplier done;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long allocated;
  private long allocatedThereBefore;

  RemotePair() throws IOException {
    LinkKey key = LinkKey.create();
    long vos = ByteBuffer.wrap(LinkKey.random()).getLong();
    link = new NettyLink(new LinkIdentity(vos, 0, NODES, key), null, RemotePair::complain);
    node = BenchNode.on(new LinuxHost(new Libc(), 1, link), NodeConfig.of(0, NODES), link);
    callerEndpoint = node.start("caller", caller, Privileges.SERVER);
    other = start(vos, link.listen(), key);
    done = () -> caller.done() || !other.isAlive();
    node.cpu(0).runUntil(() -> (node.nodesUp() & 2) != 0 || !other.isAlive());
  }

  private static Process start(long vos, int port, LinkKey key) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RemotePair.class.getName());
    command.addAll(List.of(Long.toString(vos), Integer.toString(port)));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      key.write(in);
    }
    return process;
  }

  private static void complain(String line) {
    System.err.println(line);
  }

  /**
   * Calls one after the other.
   *
   * @return nanoseconds from each call to its answer
   */
  double[] call(int type, int outBytes, int calls) throws IOException {
    double[] nanos = new double[calls];
    caller.prepare(type, outBytes, nanos);
    long before = threads.getCurrentThreadAllocatedBytes();
    node.channel(callerEndpoint).raise();
    node.cpu(0).runUntil(done);
    allocated += threads.getCurrentThreadAllocatedBytes() - before;
    if (!caller.done()) {
      throw new IOException("node 1 has ended");
    }
    return nanos;
  }

  /** Counts from here on what the nodes' CPUs allocate. */
  void countAllocation() throws IOException {
    allocatedThereBefore += allocatedThere();
    allocated = 0;
  }

  /** Bytes that calls have allocated on this node. */
  long allocatedHere() {
    return allocated;
  }

  /** Bytes that calls have allocated on the other node. */
  long allocatedThere() throws IOException {
    call(NullServer.ALLOCATED, 0, 1);
    return caller.result() - allocatedThereBefore;
  }

  @Override
  public void close() throws IOException {
    caller.prepareEnd();
    node.channel(callerEndpoint).raise();
    node.cpu(0).run();
    link.close();
    try {
      other.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Node 1, until node 0 ends: VOS and port of node 0; the key comes through standard input. */
  public static void main(String[] arguments) throws IOException {
    LinkIdentity identity =
        new LinkIdentity(Long.parseLong(arguments[0]), 1, NODES, LinkKey.read(System.in));
    InetSocketAddress zero =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
    try (NettyLink link = new NettyLink(identity, zero, RemotePair::complain)) {
      Node node = BenchNode.on(new LinuxHost(new Libc(), 1, link), NodeConfig.of(1, NODES), link);
      int server = node.start("server", new NullServer(), Privileges.SERVER);
      if (server != SERVER) {
        throw new IllegalStateException("the server is " + Endpoint.toString(server));
      }
      NettyLink.own(node.cpu(0)::run);
    }
  }
}
