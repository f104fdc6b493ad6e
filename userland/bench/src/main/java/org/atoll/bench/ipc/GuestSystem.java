package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.List;
import org.atoll.bench.Costs;
import org.jspecify.annotations.Nullable;

/**
 * A system that guest programs run in, for all rounds of all rows: it is started when it is first
 * needed, and warm from then on.
 */
final class GuestSystem implements AutoCloseable {

  private final GuestProgram program;
  private final List<String> command;
  private @Nullable Costs costs;

  /**
   * @param command that runs a shell in it
   */
  GuestSystem(GuestProgram program, List<String> command) {
    this.program = program;
    this.command = List.copyOf(command);
  }

  /** The program in it. */
  Costs costs() throws IOException, InterruptedException {
    Costs started = costs;
    if (started == null) {
      started = new Costs(command, program.path());
      costs = started;
    }
    return started;
  }

  /** Ends it, if it was started. */
  @Override
  public void close() throws IOException {
    if (costs != null) {
      costs.close();
    }
    costs = null;
    program.close();
  }
}
