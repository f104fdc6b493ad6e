package org.atoll.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.atoll.boot.LinuxVos;
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
    footer = {"", "Examples:", "  atoll trace -- echo hi", "  atoll trace -o trace.txt -- ls"})
final class TraceCommand implements Callable<Integer> {

  @Mixin VosOptions options = new VosOptions();

  @Mixin TraceParts parts = new TraceParts();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes the trace there instead of to stderr.")
  @Nullable Path output;

  @Override
  public Integer call() throws IOException {
    VosSpec spec = options.spec();
    TraceOutput trace = output == null ? TraceOutput.stderr() : TraceOutput.shared(output);
    return LinuxVos.run(spec, trace.with(parts.wanted()));
  }
}
