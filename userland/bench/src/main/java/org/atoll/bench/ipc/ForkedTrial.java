package org.atoll.bench.ipc;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rounds of a {@link Subject}, each in a JVM of its own that has this one's flags. */
final class ForkedTrial implements Trial {

  private final String row;
  private final int warm;
  private final int samples;
  private final Pinning pinning;

  /**
   * @param warm samples that warm up
   * @param samples that count
   */
  ForkedTrial(String row, int warm, int samples, Pinning pinning) {
    this.row = row;
    this.warm = warm;
    this.samples = samples;
    this.pinning = pinning;
  }

  @Override
  public @Nullable String missing() {
    return null;
  }

  @Override
  public Burst round() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(pinning.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(SubjectMain.class.getName(), row));
    command.addAll(List.of(Integer.toString(warm), Integer.toString(samples)));
    double[] printed = Numbers.printedBy(command);
    return new Burst(Arrays.copyOfRange(printed, 2, printed.length), printed[0], printed[1]);
  }
}
