package org.atoll.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.atoll.boot.Capture;
import org.atoll.boot.TraceFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Files for other tools that a trace is written into. */
final class TraceFiles {

  @Option(
      names = "--chrome",
      paramLabel = "FILE",
      description = "Writes trace events there, which ui.perfetto.dev and chrome://tracing open.")
  @Nullable Path chrome;

  @Option(
      names = "--pcap",
      paramLabel = "FILE",
      description = "Writes the messages there as packets, for Wireshark.")
  @Nullable Path pcap;

  /** Whether there are such files. */
  boolean wanted() {
    return chrome != null || pcap != null;
  }

  /** What writes them. */
  Capture capture(TraceFilter filter, TraceParts parts) throws IOException {
    return new Capture(filter, !parts.wanted().isEmpty(), pcap, chrome);
  }
}
