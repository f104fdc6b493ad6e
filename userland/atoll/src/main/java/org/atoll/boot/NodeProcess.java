package org.atoll.boot;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.atoll.boot.hosts.Membership;

/** How the process of a node other than 0 is started: by node 0, or by an agent for it. */
final class NodeProcess {

  /**
   * A terminal sends hang-up and interrupt to all processes; whoever has started this one alone
   * decides what they mean. A JVM leaves ignored what it was started with ignored.
   */
  private static final List<String> WITHOUT_TERMINAL_SIGNALS =
      List.of("/bin/sh", "-c", "trap '' HUP INT; exec \"$@\"", "atoll-node");

  private final List<String> command = new ArrayList<>(WITHOUT_TERMINAL_SIGNALS);
  private Redirect output = Redirect.DISCARD;
  private Redirect errors = Redirect.INHERIT;

  /**
   * One that is not started yet. It reads the key of its links from its standard input, so that no
   * file is left behind however a VOS ends.
   *
   * @param startNanos when the VOS started, by this machine's monotonic clock
   * @param outside addresses by which nodes of other machines reach it
   */
  NodeProcess(Membership membership, long startNanos, List<InetAddress> outside) {
    command.addAll(JavaCommand.ofThisProcess());
    command.addAll(List.of("member", "--id", String.valueOf(membership.node())));
    command.addAll(List.of("--nodes", String.valueOf(membership.nodes())));
    command.addAll(List.of("--vos", Long.toHexString(membership.vos())));
    command.addAll(List.of("--join", membership.nodeZero().toString()));
    command.addAll(List.of("--start", String.valueOf(startNanos)));
    command.addAll(List.of("--memory", String.valueOf(membership.memoryBytes())));
    if (membership.reportMissing()) {
      command.add("--report-missing");
    }
    for (InetAddress address : outside) {
      command.addAll(List.of("--outside", address.getHostAddress()));
    }
  }

  /** With more options. */
  NodeProcess with(List<String> options) {
    command.addAll(options);
    return this;
  }

  /** What it says can be read. */
  NodeProcess heard() {
    output = Redirect.PIPE;
    return this;
  }

  /** What it complains of can be read; otherwise that goes where this process's own does. */
  NodeProcess complaining() {
    errors = Redirect.PIPE;
    return this;
  }

  Process start() throws IOException {
    return new ProcessBuilder(command).redirectOutput(output).redirectError(errors).start();
  }
}
