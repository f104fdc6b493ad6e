package org.atoll.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.atoll.boot.LinuxNode;
import org.atoll.boot.Observer;
import org.atoll.boot.PipedCapture;
import org.atoll.boot.PipedWatch;
import org.atoll.boot.TraceOutput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code atoll member}: the process of a node other than 0; node 0 or an agent starts it. */
@Command(
    name = "member",
    mixinStandardHelpOptions = true,
    description = "One node of a VOS; 'atoll run' and 'atoll node start' start these themselves.",
    hidden = true)
final class MemberCommand implements Callable<Integer> {

  @Option(names = "--id", required = true, description = "Number of this node, from 1 on.")
  int id;

  @Option(names = "--nodes", required = true, description = "Nodes of the VOS.")
  int nodes;

  @Option(
      names = "--join",
      required = true,
      paramLabel = "DOORS",
      description = "Where node 0 can be connected to, as it writes it.")
  String join = "";

  @Option(
      names = "--outside",
      paramLabel = "ADDR",
      description = "Where nodes of other machines reach this one; may be given more than once.")
  List<String> outside = new ArrayList<>();

  @Option(
      names = "--transport",
      description = "What carries frames to nodes of this machine.",
      defaultValue = "auto")
  String transport = "";

  @Option(names = "--with-input", description = "Ends when its standard input does.")
  boolean withInput;

  @Option(names = "--vos", required = true, paramLabel = "HEX", description = "Names the VOS.")
  String vos = "";

  @Option(names = "--memory", required = true, description = "Guest memory in bytes.")
  long memoryBytes;

  @Option(names = "--report-missing", description = "Lists missing system calls at the end.")
  boolean reportMissing;

  @Mixin TraceParts parts = new TraceParts();

  @Mixin TraceShown shown = new TraceShown();

  @Option(names = "--capture", description = "Tells node 0 of every message, on stdout.")
  boolean capture;

  @Option(names = "--trace", description = "Shows every message on stderr.")
  boolean trace;

  @Option(names = "--tell-trace", description = "Shows every message to node 0, on stdout.")
  boolean tellTrace;

  @Option(
      names = "--trace-file",
      paramLabel = "FILE",
      description = "Appends every message to the file that node 0 has made.")
  @Nullable Path traceFile;

  @Option(
      names = "--watch-calls",
      paramLabel = "NAMES",
      description = "Tells node 0 of these system calls, and of signals, on stdout.")
  @Nullable String watchCalls;

  @Option(
      names = "--watch-bytes",
      paramLabel = "N",
      description = "How much of a string is told.",
      defaultValue = "32")
  int watchBytes;

  @Option(
      names = "--start",
      required = true,
      paramLabel = "NANOS",
      description = "When the VOS started, by the machine's monotonic clock.")
  long startNanos;

  @Override
  public Integer call() throws IOException {
    return LinuxNode.join(
        new LinuxNode.Invitation(
            id,
            nodes,
            Long.parseUnsignedLong(vos, 16),
            join,
            transport,
            outside.stream().map(each -> new InetSocketAddress(each, 0)).toList(),
            System.in,
            withInput,
            memoryBytes,
            reportMissing,
            startNanos,
            observer()));
  }

  private Observer observer() throws IOException {
    if (watchCalls != null) {
      return new PipedWatch(Set.of(watchCalls.split(",")), watchBytes);
    }
    if (capture) {
      return new PipedCapture(shown.filter(), !parts.wanted().isEmpty());
    }
    if (tellTrace) {
      return TraceOutput.told().with(parts.wanted(), shown.filter());
    }
    if (traceFile != null) {
      return TraceOutput.appendedTo(traceFile).with(parts.wanted(), shown.filter());
    }
    return trace ? TraceOutput.stderr().with(parts.wanted(), shown.filter()) : Observer.NONE;
  }
}
