package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The records are what Linux prints: every case has one, and where the oracle can run they are made
 * again and must be equal.
 *
 * <p>With {@code ATOLL_ORACLE=required} in the environment an oracle that cannot run is a failure.
 * {@code ORACLE_IMAGES} names another folder of images than the one of the atoll command.
 */
@Tag("system")
class OracleRecordsTest {
  private static final long RECORDING_MINUTES = 20;

  @Test
  void everyCaseHasARecordAndEveryRecordACase() throws IOException {
    assertEquals(names("cases", ".sh"), names("records", ".txt"));
  }

  @Test
  void recordsMadeAgainAreEqual() throws Exception {
    AtollCommand command = AtollCommand.ofThisBuild();
    OracleCase.all().stream().map(OracleCase::image).distinct().forEach(command::prepareImage);
    String missing = missing();
    if (!missing.isEmpty()) {
      assertFalse(OracleRecord.areRequired(), () -> "the oracle cannot run: " + missing);
      System.out.println("The oracle cannot run here, records are taken as they are: " + missing);
      abort(missing);
    }
    Path log = Files.createTempFile("oracle-records", ".log");
    try {
      int status = run(log, "record", "--check", "--jobs", "2");
      assertEquals(0, status, () -> "records differ from what Linux prints:\n" + read(log));
    } finally {
      Files.delete(log);
    }
  }

  /** Why the oracle cannot run here; empty when it can. */
  private static String missing() throws Exception {
    Path log = Files.createTempFile("oracle-check", ".log");
    try {
      for (String image : OracleCase.all().stream().map(OracleCase::image).distinct().toList()) {
        if (run(log, "oracle", "--image", image, "--check") != 0) {
          return read(log).strip();
        }
      }
      return "";
    } finally {
      Files.delete(log);
    }
  }

  private static int run(Path log, String... words) throws Exception {
    words[0] = OracleCase.folder().resolve(words[0]).toString();
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(RECORDING_MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    return process.exitValue();
  }

  private static Set<String> names(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(OracleCase.folder().resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String read(Path log) {
    try {
      return new String(Files.readAllBytes(log), OracleRecord.BYTES);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
