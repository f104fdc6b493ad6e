package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where the processes of a row may run. */
enum Pinning {
  /** All on the first core that this process may use. */
  SAME_CORE,
  /** On all cores that this process may use. */
  HOST;

  /** The core of the threads that take part, for a JVM that pins itself and those it starts. */
  private static final String CORE = "atoll.bench.core";

  /** What stands before a command, so that it and its children run there. */
  List<String> prefix() throws IOException {
    return this == HOST ? List.of() : List.of("taskset", "-c", Integer.toString(first()));
  }

  private static int first() throws IOException {
    return Cores.allowed().getFirst();
  }

  /**
   * A command that runs a class as this JVM runs. On the one core are the threads that begin by
   * {@link #pinThisThread} and those that they start; the JVM's own, as its compilers, have the
   * others: there each would hold up an operation for milliseconds.
   */
  List<String> java(List<String> flags, Class<?> main, List<String> words) throws IOException {
    if (this == HOST) {
      return ForkedTrial.java(flags, main, words);
    }
    List<String> command = new ArrayList<>(List.of("taskset", "-c", Cores.list(Cores.others())));
    List<String> all = new ArrayList<>(flags);
    all.add("-D" + CORE + "=" + first());
    command.addAll(ForkedTrial.java(all, main, words));
    return command;
  }

  /**
   * Keeps the thread that calls where the JVM's flags say. To be called before anything counts
   * cores, for a thread counts those that it may use itself.
   */
  static void pinThisThread() throws IOException {
    Integer core = Integer.getInteger(CORE);
    if (core != null) {
      Cores.pinThisThread(core);
    }
  }

  /** What stands before a command whose process is to have the cores that this JVM's own have. */
  static List<String> asThisJvm() throws IOException {
    return List.of("taskset", "-c", Cores.list(Cores.allowed()));
  }

  /** As rows and {@code --pin} name it. */
  String words() {
    return this == HOST ? "host" : "same core";
  }
}
