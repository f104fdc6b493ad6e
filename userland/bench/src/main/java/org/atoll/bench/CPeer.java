package org.atoll.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A C program that prints one time a line: what the system costs without a JVM. */
final class CPeer {

  /** Folder of the executables, which the script {@code run} has built. */
  private static final String FOLDER = "atoll.bench.peers";

  private final Path program;

  CPeer(String name) {
    program = Path.of(System.getProperty(FOLDER, "target/peers")).resolve(name);
  }

  /** Whether it was built. */
  boolean there() {
    return Files.isExecutable(program);
  }

  /** Runs it, and answers what it prints. */
  double[] run(int... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    for (int argument : arguments) {
      command.add(Integer.toString(argument));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    double[] samples;
    try (var lines = process.inputReader().lines()) {
      samples = lines.mapToDouble(Double::parseDouble).toArray();
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(program.getFileName() + " ended with " + status);
    }
    return samples;
  }
}
