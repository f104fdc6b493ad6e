package org.atoll.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.atoll.boot.TraceFilter;
import org.atoll.boot.TraceOutput;
import org.atoll.boot.VosSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code atoll trace}: {@code run}, with every message shown. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = "Runs a command and shows every message: time, node, sender, receiver, words.",
    footer = {
      "",
      "Examples:",
      "  atoll trace -- echo hi",
      "  atoll trace -o trace.txt -- ls",
      "  atoll trace --server vfs --call OPEN,READ -- cat /etc/passwd",
      "  atoll trace --pid 3 --node 1 --nodes 2 -- sh -c 'onnode 1 ls'",
      "  atoll trace --chrome trace.json -- sh -c 'ls | wc'    for ui.perfetto.dev",
      "  atoll trace --pcap trace.pcap -- ls                   for Wireshark"
    })
final class TraceCommand implements Callable<Integer> {

  @Mixin VosOptions options = new VosOptions();

  @Mixin HostOptions hosts = new HostOptions();

  @Mixin TraceParts parts = new TraceParts();

  @Mixin TraceShown shown = new TraceShown();

  @Mixin TraceFiles files = new TraceFiles();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes the trace there instead of to stderr.")
  @Nullable Path output;

  @Override
  public Integer call() throws IOException {
    VosSpec spec = hosts.over(options.spec());
    TraceFilter filter = shown.checked(spec.nodes());
    if (files.wanted()) {
      if (output != null) {
        throw new IOException("-o does not go with --chrome or --pcap");
      }
      return hosts.run(spec, files.capture(filter, parts));
    }
    TraceOutput trace = output == null ? TraceOutput.stderr() : TraceOutput.shared(output);
    return hosts.run(spec, trace.with(parts.wanted(), filter));
  }
}
