package org.atoll.bench.ipc;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rounds of a {@link Subject}, each in a JVM of its own that has this one's flags. */
final class ForkedTrial implements Trial {

  /** The flag before a class path. */
  static final String CLASS_PATH = "-cp";

  private final String row;
  private final Pinning pinning;
  private final int nodes;
  private final Effort effort;
  private final List<String> flags;
  private final boolean slow;

  /**
   * @param nodes of its VOS
   * @param flags of the JVM besides this one's
   */
  ForkedTrial(String row, Pinning pinning, int nodes, Effort effort, List<String> flags) {
    this(row, pinning, nodes, effort, flags, false);
  }

  private ForkedTrial(
      String row, Pinning pinning, int nodes, Effort effort, List<String> flags, boolean slow) {
    this.row = row;
    this.pinning = pinning;
    this.nodes = nodes;
    this.effort = effort;
    this.flags = List.copyOf(flags);
    this.slow = slow;
  }

  /** The same, which takes long. */
  ForkedTrial slowly() {
    return new ForkedTrial(row, pinning, nodes, effort, flags, true);
  }

  @Override
  public @Nullable String missing() {
    return null;
  }

  @Override
  public long nanos() {
    return effort.forkNanos(nodes);
  }

  /** The libraries, which have much code to warm up. */
  @Override
  public boolean slow() {
    return slow;
  }

  @Override
  public Burst round() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(row));
    words.addAll(effort.words(nodes));
    words.add(Integer.toString(nodes));
    return Burst.of(Numbers.printedBy(pinning.java(flags, SubjectMain.class, words)));
  }

  /** A command that runs a class as this JVM runs, unless the flags say of what class path. */
  static List<String> java(List<String> flags, Class<?> main, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(flags);
    if (!flags.contains(CLASS_PATH)) {
      command.addAll(List.of(CLASS_PATH, System.getProperty("java.class.path")));
    }
    command.add(main.getName());
    command.addAll(words);
    return command;
  }
}
