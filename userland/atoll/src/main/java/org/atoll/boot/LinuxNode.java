package org.atoll.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.atoll.abi.Program;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.Machine;
import org.atoll.drivers.link.Ways;
import org.atoll.drivers.link.netty.LinkLoop;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.hypercall.Host;
import org.atoll.hypercall.NoStreams;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.hypercall.linux.LinuxSharedMemory;
import org.atoll.hypercall.linux.LinuxTimers;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.libposix.PosixProgram;
import org.atoll.loader.program.JavaPrograms;

/** A node other than 0, in a process of its own. */
public final class LinuxNode {

  private LinuxNode() {}

  /**
   * What node 0 tells the process of another node.
   *
   * @param id number of the node
   * @param nodes nodes of the VOS
   * @param vos identifies the VOS
   * @param nodeZero where node 0 can be connected to, as it writes its {@link Doors}
   * @param transport what carries frames on this machine, as a person says it
   * @param outside where nodes of other machines reach this one
   * @param key brings the key of the node link
   * @param withKey whether the node ends when {@code key} does, of which the key was the beginning
   * @param memoryBytes guest memory of the node
   * @param reportMissing whether missing system calls are listed at the end
   * @param startNanos when the VOS started, by the machine's monotonic clock
   * @param observer of the node; closed at the end
   */
  public record Invitation(
      int id,
      int nodes,
      long vos,
      String nodeZero,
      String transport,
      List<InetSocketAddress> outside,
      InputStream key,
      boolean withKey,
      long memoryBytes,
      boolean reportMissing,
      long startNanos,
      Observer observer) {}

  /**
   * Joins a VOS and runs until it ends.
   *
   * @return the exit status of the VOS, 125 when node 0 died
   */
  public static int join(Invitation to) throws IOException {
    LinkIdentity identity =
        new LinkIdentity(to.vos(), to.id(), to.nodes(), LinkKey.readFrom(to.key()));
    if (to.withKey()) {
      Thread.ofPlatform().daemon().name("input").start(() -> endWith(to.key()));
    }
    MissingCalls missing = new MissingCalls();
    Libc libc = new Libc();
    Ways ways = Ways.of(to.transport(), new LinuxSharedMemory(libc));
    Doors zero = doors(to.nodeZero());
    LinkLoop loop = new LinkLoop(new LinuxTimers(libc));
    String machine = Machine.name();
    try (NettyLink link =
            new NettyLink(loop, identity, machine, ways, zero, to.outside(), LinuxNode::complain);
        Observer observer = to.observer()) {
      Host host = new LinuxHost(libc, LinuxVos.CPUS, link, to.startNanos());
      Observer.Looking looking = observer.looking();
      Supplier<Program> programs = () -> new PosixProgram(missing, looking.watcher());
      NodeParts parts =
          new NodeParts(
              host, new NoStreams(), link, looking.tracer(), programs, JavaPrograms.concurrent());
      NodeConfig config = NodeConfig.of(to.id(), to.nodes());
      BareNode bare = parts.kernel(config, to.memoryBytes(), LinuxVos.CPUS);
      Node node = bare.node();
      int member = bare.startMember();
      node.cpu(0).runUntil(() -> (node.nodesUp() & 1) != 0);
      node.channel(member).raise();
      NettyLink.own(() -> LinuxVos.runNode(node));
      int status = node.haltStatus();
      if (to.reportMissing()) {
        missing.report(System.err, to.id());
      }
      return status;
    }
  }

  private static Doors doors(String text) throws IOException {
    try {
      return Doors.parse(text);
    } catch (LinkBrokenException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }

  /** Whoever has started this process has ended, however that was: so does this one. */
  private static void endWith(InputStream input) {
    try {
      while (input.read() >= 0) {
        // Nothing is said after the key.
      }
    } catch (IOException ended) {
      // That is the end, too.
    }
    complain("the agent has ended, and so does its node");
    Runtime.getRuntime().halt(LinuxVos.FAILED);
  }

  /** One line for the person. */
  static void complain(String line) {
    System.err.println("atoll: " + line);
  }
}
