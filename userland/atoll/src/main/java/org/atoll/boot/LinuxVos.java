package org.atoll.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.hypercall.Host;
import org.atoll.hypercall.Streams;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.hypercall.linux.LinuxStreams;
import org.atoll.image.Image;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.posix.PosixProgram;

/** A VOS on this machine: node 0 in this process, the others in processes of their own. */
public final class LinuxVos {

  /** CPUs of a node. */
  static final int CPUS = 1;

  private LinuxVos() {}

  /**
   * Boots the VOS, runs its command, and ends it.
   *
   * @return the exit status, 0 to 255
   */
  public static int run(VosSpec spec, TraceOutput trace) throws IOException {
    return run(spec, BootFile.all(Image.open(spec.image())), trace);
  }

  /**
   * Boots a VOS without an image whose command is our own program {@code vps}, so that a JVM that
   * is making its AOT cache has seen what every start needs.
   *
   * @return the exit status
   */
  public static int train() throws IOException {
    ExecImage program = new ExecImage("/usr/bin/vps", "/", List.of("vps"), List.of());
    VosSpec spec = new VosSpec(1, Path.of("/"), program, 64L << 20, false);
    return run(spec, BootFile.own(), TraceOutput.NONE);
  }

  private static int run(VosSpec spec, List<BootFile> files, TraceOutput trace) throws IOException {
    MissingCalls missing = new MissingCalls();
    Libc libc = new Libc();
    Streams streams = new LinuxStreams(libc);
    int status;
    if (spec.nodes() == 1) {
      Host host = new LinuxHost(libc, CPUS);
      NodeParts parts =
          new NodeParts(host, streams, null, trace.tracer(), () -> new PosixProgram(missing));
      BareNode bare = parts.kernel(NodeConfig.single(), spec.memoryBytes(), CPUS);
      bare.startServers(spec, streams, files);
      status = runNode(bare.node());
    } else {
      status = runFirst(spec, trace, files, missing, libc, streams);
    }
    if (spec.reportMissing()) {
      missing.report(System.err, 0);
    }
    return status;
  }

  private static int runFirst(
      VosSpec spec,
      TraceOutput trace,
      List<BootFile> files,
      MissingCalls missing,
      Libc libc,
      Streams streams)
      throws IOException {
    try (Companions companions = new Companions(spec, trace.wanted())) {
      Host host = new LinuxHost(libc, CPUS, companions.link());
      NodeParts parts =
          new NodeParts(
              host, streams, companions.link(), trace.tracer(), () -> new PosixProgram(missing));
      NodeConfig config = NodeConfig.of(0, spec.nodes());
      BareNode bare = parts.kernel(config, spec.memoryBytes(), CPUS);
      companions.start();
      bare.startServers(spec, streams, files);
      NettyLink.own(() -> runNode(bare.node()));
      return bare.node().haltStatus();
    }
  }

  /** Runs all CPUs of a node until it halts: CPU 0 on this thread. */
  static int runNode(Node node) {
    for (int i = 1; i < node.cpus(); i++) {
      Thread.ofPlatform().daemon().name("cpu-" + i).start(node.cpu(i)::run);
    }
    node.cpu(0).run();
    return node.haltStatus();
  }
}
