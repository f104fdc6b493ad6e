package org.atoll.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Limits;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.boot.hosts.JoinedHosts;
import org.atoll.drivers.link.Ways;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.drivers.net.netty.LoopWait;
import org.atoll.drivers.net.netty.NettyNetwork;
import org.atoll.hypercall.Host;
import org.atoll.hypercall.Network;
import org.atoll.hypercall.SharedFolder;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxFolder;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.hypercall.linux.LinuxStreams;
import org.atoll.hypercall.linux.LinuxTimers;
import org.atoll.image.Image;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.libposix.PosixProgram;
import org.atoll.loader.TurnWatch;
import org.atoll.loader.program.JavaPrograms;
import org.jspecify.annotations.Nullable;

/**
 * A VOS of this machine: node 0 in this process, the others in processes of their own, here or on
 * machines that were joined.
 */
public final class LinuxVos {

  /** Exit status when the VOS itself fails. */
  static final int FAILED = 125;

  /** CPUs of a node. */
  static final int CPUS = 1;

  private final Libc libc = new Libc();
  private final VosSpec spec;
  private final JoinedHosts joined;
  private final List<BootFile> files;
  private final Observer observer;
  private final MissingCalls missing;
  private final SignalledEnd end;

  private LinuxVos(
      VosSpec spec,
      JoinedHosts joined,
      List<BootFile> files,
      Observer observer,
      MissingCalls missing,
      SignalledEnd end) {
    this.spec = spec;
    this.joined = joined;
    this.files = files;
    this.observer = observer;
    this.missing = missing;
    this.end = end;
  }

  /** Whether standard input and output of this process are a terminal. */
  public static boolean onTerminal() {
    return LinuxStreams.onTerminal(new Libc());
  }

  /**
   * Boots the VOS, runs its command, and ends it; closes the observer.
   *
   * @return the exit status, 0 to 255
   */
  public static int run(VosSpec spec, Observer observer) throws IOException {
    return run(spec, JoinedHosts.none(), observer);
  }

  /**
   * The same with nodes of other machines, which are the last ones of the VOS; they are told when
   * it ends.
   */
  public static int run(VosSpec spec, JoinedHosts joined, Observer observer) throws IOException {
    var _ = Ways.kinds(spec.transport());
    List<BootFile> files = NetFiles.with(spec.net(), BootFile.all(Image.open(spec.image())));
    return run(spec, joined, files, observer);
  }

  /**
   * Boots a VOS without an image whose command is our own program {@code vps}, so that a JVM that
   * is making its AOT cache has seen what every start needs.
   *
   * @return the exit status
   */
  public static int train() throws IOException {
    ExecImage program = new ExecImage("/usr/bin/vps", "/", List.of("vps"), List.of());
    VosSpec spec = new VosSpec(1, Path.of("/"), program, 64L << 20, Limits.PROCESSES_MAX, false);
    return run(spec, JoinedHosts.none(), BootFile.own(), Observer.NONE);
  }

  private static int run(VosSpec spec, JoinedHosts joined, List<BootFile> files, Observer observer)
      throws IOException {
    MissingCalls missing = new MissingCalls();
    try (SignalledEnd end = new SignalledEnd();
        observer) {
      LinuxVos vos = new LinuxVos(spec, joined, files, observer, missing, end);
      int status = vos.runControlled();
      if (spec.reportMissing()) {
        missing.report(System.err, 0);
      }
      return status;
    }
  }

  /** What the VOS shares of this machine; open until this process ends. */
  private List<SharedFolder> folders() throws IOException {
    List<SharedFolder> folders = new ArrayList<>();
    for (Share share : spec.shares()) {
      try {
        folders.add(LinuxFolder.open(libc, share.host().toString().getBytes(UTF_8)));
      } catch (IOException reason) {
        throw new IOException("-v " + share.host() + ": " + reason.getMessage(), reason);
      }
    }
    return folders;
  }

  /** With a socket for other terminals, where there can be one. */
  private int runControlled() throws IOException {
    try (Control control = new Control(spec.own().services())) {
      return spec.nodes() == 1 ? runAlone(control) : runFirst(control);
    }
  }

  private int runAlone(Control control) throws IOException {
    if (!spec.net().isNone()) {
      return runWithNetwork(control);
    }
    try (LinuxStreams streams = new LinuxStreams(libc)) {
      return runNode(boot(new LinuxHost(libc, CPUS), streams, null, control, null));
    }
  }

  private int runWithNetwork(Control control) throws IOException {
    try (LoopWait wait = new LoopWait(new LinuxTimers(libc));
        NettyNetwork network = spec.net().open(wait.loop());
        LinuxStreams streams = new LinuxStreams(libc)) {
      Node node = boot(new LinuxHost(libc, CPUS, wait), streams, null, control, network);
      NettyLink.own(() -> runNode(node));
      return node.haltStatus();
    }
  }

  private int runFirst(Control control) throws IOException {
    long startNanos = System.nanoTime();
    try (LinuxStreams streams = new LinuxStreams(libc);
        Companions companions = new Companions(spec, joined, observer, startNanos)) {
      NettyLink link = companions.link();
      var _ = link.listen();
      try (NettyNetwork network = spec.net().open(link.loop())) {
        Host host = new LinuxHost(libc, CPUS, link, startNanos);
        Network known = spec.net().isNone() ? null : network;
        Node node = boot(host, streams, link, control, known);
        companions.start();
        NettyLink.own(() -> runNode(node));
        return node.haltStatus();
      }
    }
  }

  private Node boot(
      Host host,
      LinuxStreams streams,
      @Nullable NettyLink transport,
      Control control,
      @Nullable Network network)
      throws IOException {
    Observer.Looking looking = observer.looking();
    NodeParts parts =
        new NodeParts(
            host,
            streams,
            transport,
            looking.tracer(),
            () -> new PosixProgram(missing, looking.watcher()),
            JavaPrograms.concurrent());
    BareNode bare = parts.kernel(NodeConfig.of(0, spec.nodes()), spec.memoryBytes(), CPUS);
    end.halts(bare.node(), streams);
    streams.hearSignals();
    control.controls(bare, new NodeLinks(transport));
    bare.watchedBy(new TurnWatch(() -> System.exit(FAILED)));
    bare.networkBy(network);
    bare.startServers(spec, streams, files, folders());
    control.awaitOpen();
    observer.booted(bare.services().stream().map(Service::name).toList());
    return bare.node();
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
