package org.atoll.boot;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.atoll.abi.Program;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.Machine;
import org.atoll.drivers.link.Ways;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.hypercall.Host;
import org.atoll.hypercall.NoStreams;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.hypercall.linux.LinuxSharedMemory;
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
   * @param nodeZero where node 0 can be connected to, as it writes it
   * @param transport what carries frames, as a person says it
   * @param key brings the key of the node link
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
      InputStream key,
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
    MissingCalls missing = new MissingCalls();
    Doors zero = nodeZero(to);
    Libc libc = new Libc();
    Ways ways = Ways.of(to.transport(), new LinuxSharedMemory(libc));
    try (NettyLink link = new NettyLink(identity, Machine.name(), ways, zero, LinuxNode::complain);
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

  private static Doors nodeZero(Invitation to) throws IOException {
    try {
      return Doors.parse(to.nodeZero());
    } catch (LinkBrokenException malformed) {
      throw new IOException("--join: " + malformed.getMessage(), malformed);
    }
  }

  /** One line for the person. */
  static void complain(String line) {
    System.err.println("atoll: " + line);
  }
}
