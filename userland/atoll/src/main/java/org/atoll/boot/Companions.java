package org.atoll.boot;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.atoll.boot.hosts.JoinedHosts;
import org.atoll.boot.hosts.Membership;
import org.atoll.boot.hosts.Watching;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.Machine;
import org.atoll.drivers.link.Ways;
import org.atoll.drivers.link.netty.LinkLoop;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxSharedMemory;
import org.atoll.hypercall.linux.LinuxTimers;

/**
 * The other nodes of a VOS, as node 0 sees them: its link, the key, and the processes that it
 * starts and watches. Closing ends them all.
 */
final class Companions implements Closeable {

  private static final long END_NANOS = 3_000_000_000L;

  private final VosSpec spec;
  private final JoinedHosts joined;
  private final Observer observer;
  private final long startNanos;
  private final LinkKey key = LinkKey.create();
  private final long vos = ByteBuffer.wrap(LinkKey.random()).getLong();
  private final NettyLink link;
  private final List<Process> processes = new ArrayList<>();
  private final List<Thread> listeners = new ArrayList<>();

  /**
   * No processes yet.
   *
   * @param joined the machines of the last nodes
   * @param observer of node 0
   * @param startNanos when the VOS started, by the machine's monotonic clock: all nodes count from
   *     it
   */
  Companions(VosSpec spec, JoinedHosts joined, Observer observer, long startNanos)
      throws IOException {
    this.spec = spec;
    this.joined = joined;
    this.observer = observer;
    this.startNanos = startNanos;
    Libc libc = new Libc();
    LinkIdentity identity = new LinkIdentity(vos, 0, spec.nodes(), key);
    link =
        new NettyLink(
            new LinkLoop(new LinuxTimers(libc)),
            identity,
            Machine.name(),
            Ways.of(spec.transport(), new LinuxSharedMemory(libc)),
            null,
            joined.outside(),
            line -> LinuxNode.complain(line));
  }

  NettyLink link() {
    return link;
  }

  /**
   * Starts a process for each node from 1 on, here or on another machine; they connect to this node
   * by themselves.
   */
  void start() throws IOException {
    Doors here = link.listen();
    int own = spec.nodes() - joined.count();
    for (int i = 0; i < joined.count(); i++) {
      int node = own + i;
      Membership membership =
          membership(node, joined.nearest(i, here), new Watching(observer.toldOptions()));
      joined
          .host(i)
          .start(
              membership,
              () -> System.nanoTime() - startNanos,
              observer::heard,
              reason -> link.missing(node, reason));
    }
    for (int node = 1; node < own; node++) {
      NodeProcess ready =
          new NodeProcess(membership(node, here, Watching.NOTHING), startNanos, joined.addresses())
              .with(List.of("--transport", spec.transport()))
              .with(observer.options());
      Process process = (observer.listens() ? ready.heard() : ready).start();
      processes.add(process);
      watch(node, process);
      handOver(process);
      if (observer.listens()) {
        listeners.add(
            Thread.ofPlatform().daemon().name("node-" + node).start(() -> listen(process)));
      }
    }
  }

  private Membership membership(int node, Doors here, Watching watching) {
    return new Membership(
        node, spec.nodes(), vos, key, here, spec.memoryBytes(), spec.reportMissing(), watching);
  }

  /** Hands on what a node says, until it ends. */
  private void listen(Process process) {
    process.inputReader(StandardCharsets.UTF_8).lines().forEach(observer::heard);
  }

  /** By its standard input, so that no file is left behind however a VOS ends. */
  private void handOver(Process process) {
    try (OutputStream input = process.getOutputStream()) {
      key.writeTo(input);
    } catch (IOException ended) {
      // A process that does not read has ended: whoever watches it tells so.
    }
  }

  /** A process that ends before it connects would be waited for for ever; later the link tells. */
  private void watch(int node, Process process) {
    var _ =
        process
            .onExit()
            .thenAccept(ended ->
                link.missing(
                    node,
                    "its process ended with status " + ended.exitValue() + " before it connected"));
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < processes.size(); i++) {
      if (!link.connected(i + 1)) {
        processes.get(i).destroyForcibly();
      }
    }
    link.close();
    long deadline = System.nanoTime() + END_NANOS;
    for (Process process : processes) {
      end(process, deadline);
    }
    for (Thread listener : listeners) {
      join(listener);
    }
    joined.close();
  }

  /** What a process wrote before it ended is read, too. */
  private static void join(Thread listener) {
    try {
      listener.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(Process process, long deadline) {
    try {
      if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
