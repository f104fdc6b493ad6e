package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rounds of a C program that prints the time of each operation: what the system costs alone. */
final class PeerTrial implements Trial {

  /** Folder of the executables, which the script {@code run} has built. */
  private static final String FOLDER = "atoll.bench.peers";

  private static final long NANOS = 300_000_000;

  private final Path program;
  private final List<String> arguments;
  private final Pinning pinning;

  /**
   * @param samples that count; a fifth as many warm up
   * @param more arguments of the program
   */
  PeerTrial(String name, int samples, Pinning pinning, String... more) {
    program = Path.of(System.getProperty(FOLDER, "target/peers")).resolve(name);
    arguments = new ArrayList<>();
    arguments.add(Integer.toString(samples));
    arguments.add(Integer.toString(samples / 5));
    arguments.addAll(List.of(more));
    this.pinning = pinning;
  }

  @Override
  public @Nullable String missing() {
    return Files.isExecutable(program) ? null : "no C compiler: apt-get install gcc libc6-dev";
  }

  @Override
  public long nanos() {
    return NANOS;
  }

  @Override
  public Burst round() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(pinning.prefix());
    command.add(program.toString());
    command.addAll(arguments);
    return new Burst(Numbers.printedBy(command), Double.NaN, Double.NaN);
  }
}
