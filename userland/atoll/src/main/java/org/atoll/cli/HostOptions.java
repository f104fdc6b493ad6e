package org.atoll.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Limits;
import org.atoll.boot.LinuxVos;
import org.atoll.boot.Observer;
import org.atoll.boot.VosSpec;
import org.atoll.boot.hosts.JoinedHosts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which other machines a VOS spans. */
final class HostOptions {

  @Option(
      names = "--join",
      paramLabel = "ADDR:PORT",
      split = ",",
      description = {
        "Adds a node of another machine, where 'atoll node start' runs; several with commas"
            + " between them, or more than once. Their nodes have the last numbers."
      })
  List<String> join = new ArrayList<>();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "With --join: the key of those machines ('atoll node key FILE' makes it).")
  @Nullable Path key;

  @Option(
      names = "--listen",
      paramLabel = "ADDR[:PORT]",
      description =
          "With --join: where those machines reach node 0 (default: where their agents are"
              + " connected from, any port).")
  @Nullable String listen;

  /** The VOS with those nodes. */
  VosSpec over(VosSpec spec) throws IOException {
    if (spec.nodes() + join.size() > Limits.NODES_MAX) {
      throw new IOException(
          "--nodes and --join are "
              + (spec.nodes() + join.size())
              + " nodes; a VOS has at most "
              + Limits.NODES_MAX);
    }
    return spec.over(join.size());
  }

  /** Boots it there, and runs its command; the exit status. */
  int run(VosSpec spec, Observer observer) throws IOException {
    try (JoinedHosts joined = open()) {
      return LinuxVos.run(spec, joined, observer);
    }
  }

  /** Asks the machines; they are told when that is closed. */
  private JoinedHosts open() throws IOException {
    Path file = key;
    if (join.isEmpty()) {
      if (file != null || listen != null) {
        throw new IOException("--key and --listen go with --join alone");
      }
      return JoinedHosts.none();
    }
    if (file == null) {
      throw new IOException("--join needs --key FILE, the key of those machines");
    }
    List<InetSocketAddress> agents = new ArrayList<>();
    for (String each : join) {
      agents.add(HostAddress.parse("--join", each, -1));
    }
    return JoinedHosts.open(agents, file, listening());
  }

  private @Nullable InetSocketAddress listening() throws IOException {
    String text = listen;
    if (text == null) {
      return null;
    }
    InetSocketAddress address = HostAddress.parse("--listen", text, 0);
    if (address.isUnresolved() || address.getAddress().isAnyLocalAddress()) {
      throw new IOException("--listen " + text + ": it must be an address of this machine");
    }
    return address;
  }
}
