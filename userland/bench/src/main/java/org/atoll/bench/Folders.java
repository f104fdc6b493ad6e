package org.atoll.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that a benchmark makes for a while. */
public final class Folders {

  private Folders() {}

  /** Takes a folder away with the files in it. */
  public static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
