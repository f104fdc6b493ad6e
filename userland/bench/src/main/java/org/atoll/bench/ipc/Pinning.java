package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the processes of a row may run. */
enum Pinning {
  /** All on the first core that this process may use. */
  SAME_CORE,
  /** On all cores that this process may use. */
  HOST;

  private static final String ALLOWED = "Cpus_allowed_list:";

  /** What stands before a command, so that it and its children run there. */
  List<String> prefix() throws IOException {
    return this == HOST ? List.of() : List.of("taskset", "-c", firstCore());
  }

  /** As rows and {@code --pin} name it. */
  String words() {
    return this == HOST ? "host" : "same core";
  }

  private static String firstCore() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(ALLOWED)) {
        return line.substring(ALLOWED.length()).strip().split("[,-]")[0];
      }
    }
    throw new IOException("/proc/self/status: no line " + ALLOWED);
  }
}
