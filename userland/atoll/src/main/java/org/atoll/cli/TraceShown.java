package org.atoll.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.atoll.boot.TraceFilter;
import picocli.CommandLine.Option;

/** Which messages a trace shows. */
final class TraceShown {

  @Option(
      names = "--server",
      paramLabel = "NAME",
      split = ",",
      description = "Only messages from or to this server, such as vfs; may be repeated.")
  List<String> servers = new ArrayList<>();

  @Option(
      names = "--call",
      paramLabel = "NAME",
      split = ",",
      description = "Only this call, such as WRITE, and its answers; may be repeated.")
  List<String> calls = new ArrayList<>();

  @Option(
      names = "--pid",
      paramLabel = "N",
      split = ",",
      description = "Only messages from or to this process; may be repeated.")
  List<Integer> pids = new ArrayList<>();

  @Option(
      names = "--node",
      paramLabel = "N",
      split = ",",
      description = "Only what is sent on this node; may be repeated.")
  List<Integer> nodes = new ArrayList<>();

  /** The filter, unchecked. */
  TraceFilter filter() {
    return new TraceFilter(
        Set.copyOf(servers), Set.copyOf(calls), Set.copyOf(pids), Set.copyOf(nodes));
  }

  /** The filter; fails when it names what does not exist. */
  TraceFilter checked(int nodeCount) throws IOException {
    TraceFilter filter = filter();
    filter.check(nodeCount);
    return filter;
  }
}
