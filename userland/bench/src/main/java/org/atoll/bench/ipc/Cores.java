package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The cores that this process may use, and threads that stay on one of them. */
final class Cores {

  private static final String ALLOWED = "Cpus_allowed_list:";

  /** A link to PID/task/TID of the thread that reads it. */
  private static final Path THREAD = Path.of("/proc/thread-self");

  private Cores() {}

  /**
   * Their numbers, ascending: those of the process's first thread, which is the launcher's, so that
   * nothing here pins it.
   */
  static List<Integer> allowed() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(ALLOWED)) {
        return parse(line.substring(ALLOWED.length()).strip());
      }
    }
    throw new IOException("/proc/self/status: no line " + ALLOWED);
  }

  /** All but the first, where there are others. */
  static List<Integer> others() throws IOException {
    List<Integer> cores = allowed();
    return cores.size() == 1 ? cores : cores.subList(1, cores.size());
  }

  /** Reads a list as the kernel writes it: 0-2,4. */
  static List<Integer> parse(String list) {
    List<Integer> cores = new ArrayList<>();
    for (String range : list.split(",")) {
      String[] ends = range.split("-");
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
        cores.add(core);
      }
    }
    return cores;
  }

  /** As taskset takes them. */
  static String list(List<Integer> cores) {
    return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Keeps the thread that calls on the core that is so far in the row of those allowed. */
  static void pinToNth(int which) throws IOException {
    List<Integer> cores = allowed();
    pinThisThread(cores.get(which % cores.size()));
  }

  /** Keeps the thread that calls on the core of this number. */
  static void pinThisThread(int core) throws IOException {
    String thread = Files.readSymbolicLink(THREAD).getFileName().toString();
    Process pinning =
        new ProcessBuilder("taskset", "-p", "-c", Integer.toString(core), thread)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (pinning.waitFor() != 0) {
        throw new IOException("taskset cannot put a thread on core " + core);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a thread was put on core " + core, e);
    }
  }
}
