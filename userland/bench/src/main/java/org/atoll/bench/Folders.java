package org.atoll.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Folders that a benchmark makes for a while. Those that are left when it ends, ends them. */
public final class Folders {

  private static final Set<Path> LEFT = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Folders::deleteAll, "folders"));
  }

  private Folders() {}

  /** Makes one for temporary files. */
  public static Path make() throws IOException {
    Path folder = Files.createTempDirectory("atoll-bench-");
    LEFT.add(folder);
    return folder;
  }

  /** Takes a folder away with all that is in it. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
    LEFT.remove(folder);
  }

  /** Where a signal ends the benchmark: as far as it goes. */
  private static void deleteAll() {
    for (Path folder : LEFT) {
      try {
        delete(folder);
      } catch (IOException inUse) {
        // A process that is ending still writes there.
      }
    }
  }
}
