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

  static final String NO_COMPILER = "no C compiler: apt-get install gcc libc6-dev";

  private final String name;
  private final List<String> arguments;
  private final Pinning pinning;

  /**
   * @param samples that count; a fifth as many warm up
   * @param more arguments of the program
   */
  PeerTrial(String name, int samples, Pinning pinning, String... more) {
    this.name = name;
    arguments = new ArrayList<>();
    arguments.add(Integer.toString(samples));
    arguments.add(Integer.toString(samples / 5));
    arguments.addAll(List.of(more));
    this.pinning = pinning;
  }

  /** Where the executable is, if there is one. */
  static Path program(String name) {
    return Path.of(System.getProperty(FOLDER, "target/peers")).resolve(name);
  }

  String name() {
    return name;
  }

  Pinning pinning() {
    return pinning;
  }

  List<String> arguments() {
    return arguments;
  }

  @Override
  public @Nullable String missing() {
    return Files.isExecutable(program(name)) ? null : NO_COMPILER;
  }

  @Override
  public long nanos() {
    return NANOS;
  }

  @Override
  public Burst round() throws IOException, InterruptedException {
    return burst(Numbers.printedBy(command(List.of())));
  }

  /**
   * What runs it.
   *
   * @param ends which end it is, where the other one is elsewhere
   */
  List<String> command(List<String> ends) throws IOException {
    List<String> command = new ArrayList<>(pinning.prefix());
    command.add(program(name).toString());
    command.addAll(ends);
    command.addAll(arguments);
    return command;
  }

  /** What it has printed. */
  Burst burst(double[] nanos) {
    return new Burst(nanos, Double.NaN, Double.NaN);
  }
}
