package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.bench.AtollCommand;
import org.atoll.bench.Costs;
import org.atoll.bench.CrossBuild;
import org.atoll.bench.Folders;
import org.jspecify.annotations.Nullable;

/**
 * A VOS that a person could have started, for all rounds of all rows of guest programs: it is made
 * when it is first needed, and warm from then on.
 */
final class GuestVos implements AutoCloseable {

  private final Choice choice;
  private @Nullable Path folder;
  private @Nullable Path program;
  private @Nullable Costs costs;

  GuestVos(Choice choice) {
    this.choice = choice;
  }

  /** The program that measures, for riscv64. */
  Path program() throws IOException, InterruptedException {
    Path built = program;
    if (built == null) {
      Path made = Files.createTempDirectory("atoll-bench-");
      folder = made;
      built = new CrossBuild(made).guestWithLibrary("costs");
      program = built;
    }
    return built;
  }

  /** The same program in the VOS. */
  Costs costs() throws IOException, InterruptedException {
    Costs started = costs;
    if (started == null) {
      started = new Costs(command(), program());
      costs = started;
    }
    return started;
  }

  private List<String> command() throws IOException {
    List<String> words = new ArrayList<>(List.of("run"));
    if (choice.nodes() > 1) {
      words.addAll(List.of("--nodes", Integer.toString(choice.nodes())));
    }
    if (choice.transports().size() == 1 && !choice.transports().contains("tls")) {
      words.addAll(List.of("--transport", choice.transports().getFirst()));
    }
    words.addAll(List.of("--", "sh"));
    List<String> command = new ArrayList<>(choice.pinning().prefix());
    command.addAll(AtollCommand.atoll(words.toArray(String[]::new)));
    return command;
  }

  /** Ends the VOS, if there is one. */
  @Override
  public void close() throws IOException {
    if (costs != null) {
      costs.close();
    }
    if (folder != null) {
      Folders.delete(folder);
    }
    costs = null;
    program = null;
    folder = null;
  }
}
