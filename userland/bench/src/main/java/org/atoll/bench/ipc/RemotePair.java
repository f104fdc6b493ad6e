package org.atoll.bench.ipc;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.bench.BenchNode;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.Machine;
import org.atoll.drivers.link.Ways;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.hypercall.linux.LinuxSharedMemory;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;

/**
 * Two nodes of a VOS, this process and one more, connected as the boot connects them: the caller is
 * here, the server there. Within {@link NettyLink#own}.
 */
final class RemotePair implements Subject {

  private static final int NODES = 2;

  /** The first two tasks that node 1 starts. */
  private static final int SERVER = Endpoint.of(Limits.SLOTS_PER_NODE + 1, 0);

  private static final int METER = Endpoint.of(Limits.SLOTS_PER_NODE + 2, 0);

  private final Path folder = Files.createTempDirectory("atoll-bench-");
  private final Path keyFile = folder.resolve("key");
  private final NettyLink link;
  private final Process other;
  private final CallSubject calls;

  /**
   * Both of them.
   *
   * @param transport what carries frames; see {@link Ways}
   */
  RemotePair(Operation operation, String transport) throws IOException {
    LinkKey key = LinkKey.create(keyFile);
    long vos = ByteBuffer.wrap(LinkKey.random()).getLong();
    link =
        new NettyLink(
            new LinkIdentity(vos, 0, NODES, key),
            Machine.name(),
            ways(transport),
            null,
            RemotePair::complain);
    Node node = BenchNode.on(new LinuxHost(new Libc(), 1, link), NodeConfig.of(0, NODES), link);
    int meter = node.start("meter", new Meter(), Privileges.SERVER);
    other = start(vos, link.listen(), transport, keyFile);
    node.cpu(0).runUntil(() -> (node.nodesUp() & 2) != 0 || !other.isAlive());
    int[] meters = {meter, METER};
    calls = new CallSubject(node, operation, 1, SERVER, meters, other::isAlive);
  }

  private static Ways ways(String transport) throws IOException {
    return Ways.of(transport, new LinuxSharedMemory(new Libc()));
  }

  private static Process start(long vos, Doors zero, String transport, Path keyFile)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RemotePair.class.getName());
    command.addAll(List.of(Long.toString(vos), zero.toString(), keyFile.toString(), transport));
    return new ProcessBuilder(command).inheritIO().start();
  }

  private static void complain(String line) {
    System.err.println(line);
  }

  @Override
  public int batch() {
    return calls.batch();
  }

  @Override
  public void run(double[] nanos) throws IOException {
    calls.run(nanos);
  }

  @Override
  public Counters counters() throws IOException {
    return calls.counters();
  }

  @Override
  public void close() throws IOException {
    calls.close();
    link.close();
    try {
      other.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(keyFile);
    Files.delete(folder);
  }

  /** Node 1, until node 0 ends: VOS, doors of node 0, file of the key, transport. */
  public static void main(String[] arguments) throws IOException, LinkBrokenException {
    LinkIdentity identity =
        new LinkIdentity(
            Long.parseLong(arguments[0]), 1, NODES, LinkKey.read(Path.of(arguments[2])));
    Doors zero = Doors.parse(arguments[1]);
    Ways ways = ways(arguments[3]);
    try (NettyLink link =
        new NettyLink(identity, Machine.name(), ways, zero, RemotePair::complain)) {
      Node node = BenchNode.on(new LinuxHost(new Libc(), 1, link), NodeConfig.of(1, NODES), link);
      int server = node.start("server", new NullServer(), Privileges.SERVER);
      int meter = node.start("meter", new Meter(), Privileges.SERVER);
      if (server != SERVER || meter != METER) {
        throw new IllegalStateException("the server is " + Endpoint.toString(server));
      }
      NettyLink.own(node.cpu(0)::run);
    }
  }
}
