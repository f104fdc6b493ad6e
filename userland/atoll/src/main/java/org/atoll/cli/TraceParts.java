package org.atoll.cli;

import java.util.Set;
import org.atoll.kernel.TextTracer;
import picocli.CommandLine.Option;

/** What a trace shows besides messages. */
final class TraceParts {

  @Option(names = "--hypercalls", description = "Shows hypercalls too: task, call, result.")
  boolean hypercalls;

  Set<TextTracer.Part> wanted() {
    return hypercalls ? Set.of(TextTracer.Part.HYPERCALLS) : Set.of();
  }
}
