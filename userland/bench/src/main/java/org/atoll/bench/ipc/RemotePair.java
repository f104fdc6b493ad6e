package org.atoll.bench.ipc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.bench.Folders;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkBrokenException;
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
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a VOS, this process and others, connected as the boot connects them: the caller is
 * here, the server on node 1. Within {@link NettyLink#own}.
 */
final class RemotePair implements Subject {

  /** The first two tasks that node 1 starts. */
  private static final int SERVER = Endpoint.of(Limits.SLOTS_PER_NODE + 1, 0);

  private static final int METER = Endpoint.of(Limits.SLOTS_PER_NODE + 2, 0);

  /** How many they are. */
  private static final int STARTED = 2;

  /** What another machine is called, where two are wanted on one. */
  private static final String ELSEWHERE = "elsewhere";

  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  private final Path folder = Folders.make();
  private final Path keyFile = folder.resolve("key");
  private final NettyLink link;
  private final List<Process> others = new ArrayList<>();

  /** One of them is over. Any thread. */
  private volatile boolean ended;

  private final CallSubject calls;
  private final Node node;

  /** All of them. */
  RemotePair(Operation operation, Span span) throws IOException {
    this(operation, span, Disturbance.ALONE);
  }

  /** All of them, and something else that goes on between this node and node 1. */
  RemotePair(Operation operation, Span span, Disturbance beside) throws IOException {
    LinkKey key = LinkKey.create(keyFile);
    long vos = ByteBuffer.wrap(LinkKey.random()).getLong();
    link = link(new LinkIdentity(vos, 0, span.nodes(), key), span, null);
    Busy busy = Busy.with(span, operation);
    node = busy.node(link, NodeConfig.of(0, span.nodes()));
    int meter = node.start("meter", new Meter(), Privileges.SERVER);
    Doors doors = link.listen();
    for (int other = 1; other < span.nodes(); other++) {
      Process started = start(vos, other, doors, span);
      var _ = started.onExit().thenRun(this::ends);
      others.add(started);
    }
    long all = (1L << span.nodes()) - 1;
    node.cpu(0).runUntil(() -> node.nodesUp() == all || !alive());
    Load load = busy.load(node, operation);
    beside.start(node, 1, STARTED);
    int[] meters = {meter, METER};
    calls = new CallSubject(node, load, operation.calls(), SERVER, meters, this::alive);
  }

  private static NettyLink link(LinkIdentity identity, Span span, @Nullable Doors zero)
      throws IOException {
    boolean apart = span.transport().equals(Door.Kind.TLS.word());
    String kind = apart ? Door.Kind.TCP.word() : span.transport();
    Ways ways = Ways.of(kind, new LinuxSharedMemory(new Libc()));
    String machine = apart && zero != null ? ELSEWHERE : Machine.name();
    List<InetSocketAddress> outside = apart ? List.of(LOOPBACK) : List.of();
    return new NettyLink(Nodes.loop(), identity, machine, ways, zero, outside, System.err::println);
  }

  private Process start(long vos, int node, Doors zero, Span span) throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of(Long.toString(vos), Integer.toString(node), zero.toString()));
    words.add(keyFile.toString());
    words.addAll(span.words());
    List<String> command = new ArrayList<>(Pinning.asThisJvm());
    command.addAll(ForkedTrial.java(List.of(), RemotePair.class, words));
    return new ProcessBuilder(command).inheritIO().start();
  }

  /** Load that is offered to the server besides. */
  OpenRun open() {
    return new OpenRun(node, link::poll, this::alive);
  }

  /** Asked in each turn of the loop: so it must cost nothing. */
  private boolean alive() {
    return !ended;
  }

  private void ends() {
    ended = true;
    link.wakeup();
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

  @Override
  public void close() throws IOException {
    calls.close();
    link.close();
    try {
      for (Process other : others) {
        other.waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Folders.delete(folder);
  }

  /** Another node, until node 0 ends: VOS, number, doors of node 0, file of the key, span. */
  public static void main(String[] arguments) throws IOException, LinkBrokenException {
    Pinning.pinThisThread();
    List<String> words = List.of(arguments);
    Span span = Span.parse(words.subList(4, words.size()));
    int number = Integer.parseInt(words.get(1));
    LinkKey key = LinkKey.read(Path.of(words.get(3)));
    var identity = new LinkIdentity(Long.parseLong(words.get(0)), number, span.nodes(), key);
    try (NettyLink link = link(identity, span, Doors.parse(words.get(2)))) {
      Busy busy = Busy.with(span);
      Node node = busy.node(link, NodeConfig.of(number, span.nodes()));
      int server = node.start("server", new NullServer(), Privileges.SERVER);
      int meter = node.start("meter", new Meter(), Privileges.SERVER);
      if (number == 1 && (server != SERVER || meter != METER)) {
        throw new IllegalStateException("the server is " + Endpoint.toString(server));
      }
      Disturbance.startTargets(node);
      NettyLink.own(() -> {
        busy.spin(node);
        node.cpu(0).run();
      });
    }
  }
}
