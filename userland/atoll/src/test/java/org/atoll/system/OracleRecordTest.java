package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A record keeps every byte of both outputs, readable. */
class OracleRecordTest {
  private static final Outcome OUTCOME = new Outcome(3, bytes("a\n\n\u00ff"), bytes("to stderr\n"));

  @Test
  void everyByteAndAMissingNewlineAreKept() {
    assertEquals(
        "status 3\nstdout\n|a\n|\n|\u00ff\n\\ no newline\nstderr\n|to stderr\n",
        OracleRecord.of(test(true), OUTCOME));
  }

  @Test
  void standardErrorIsLeftOutWhereTheCaseSaysSo() {
    assertEquals(
        "status 3\nstdout\n|a\n|\n|\u00ff\n\\ no newline\nstderr any\n",
        OracleRecord.of(test(false), OUTCOME));
  }

  @Test
  void emptyOutputsHaveNoLines() {
    assertEquals(
        "status 0\nstdout\nstderr\n",
        OracleRecord.of(test(true), new Outcome(0, bytes(""), bytes(""))));
  }

  private static OracleCase test(boolean comparesStderr) {
    return new OracleCase(
        "name", "true", Path.of("/dev/null"), "base", "sh", 1, List.of(), comparesStderr);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(OracleRecord.BYTES);
  }
}
