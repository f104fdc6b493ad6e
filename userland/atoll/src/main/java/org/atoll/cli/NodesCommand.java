package org.atoll.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.atoll.control.RunningVos;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atoll nodes}: the nodes of a running VOS and the links between them. */
@Command(
    name = "nodes",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the nodes of a running VOS of yours, and the links between them.",
      "",
      "Each direction of a link is a row, as its sender counts it. ROUND-TRIP is measured once a"
          + " second, from node to node; FRAMES and BYTES are the kernel's, each once; ON-WIRE has"
          + " heads, signs of life and what was sent again, and is counted after compression."
    })
final class NodesCommand implements Callable<Integer> {

  @Option(
      names = "--vos",
      paramLabel = "PID",
      description = "Process of the VOS; not needed when only one runs.")
  @Nullable Long vos;

  @Override
  public Integer call() throws IOException {
    return RunningVos.find(System.getenv(), vos).ask(List.of("nodes"));
  }
}
