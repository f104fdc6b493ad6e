package org.atoll.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A program in C that a case needs: {@code userland/oracle/program} compiles it. */
final class OracleProgram {

  private OracleProgram() {}

  /** The executable; without a compiler, a failure that says what to install. */
  static Path named(String name) {
    String script = OracleCase.folder().resolve("program").toString();
    try {
      Process process = new ProcessBuilder(script, name).start();
      String path = new String(process.getInputStream().readAllBytes(), OracleRecord.BYTES);
      String errors = new String(process.getErrorStream().readAllBytes(), OracleRecord.BYTES);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(errors.strip());
      }
      return Path.of(path.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a program was compiled", e);
    }
  }
}
