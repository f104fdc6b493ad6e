package org.atoll.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * An outcome as text, the way {@code userland/oracle/record} writes it: the status, then each
 * output with a bar before every line.
 */
final class OracleRecord {
  /** One character for each byte: records are compared byte for byte. */
  static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private OracleRecord() {}

  /** Whether an oracle or image that is not on this machine is a failure, as in CI. */
  static boolean areRequired() {
    return "required".equals(System.getenv("ATOLL_ORACLE"));
  }

  /** What the oracle printed for this case. */
  static String expected(OracleCase test) {
    try {
      return new String(Files.readAllBytes(test.record()), BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("no record of the case " + test.name(), e);
    }
  }

  /** What the command printed. */
  static String of(OracleCase test, Outcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append("status ").append(outcome.status()).append("\nstdout\n");
    quote(outcome.stdout(), text);
    if (test.comparesStderr()) {
      text.append("stderr\n");
      quote(outcome.stderr(), text);
    } else {
      text.append("stderr any\n");
    }
    return text.toString();
  }

  private static void quote(byte[] output, StringBuilder text) {
    if (output.length == 0) {
      return;
    }
    String[] lines = new String(output, BYTES).split("\n", -1);
    int last = lines.length - 1;
    for (int i = 0; i < last; i++) {
      text.append('|').append(lines[i]).append('\n');
    }
    if (!lines[last].isEmpty()) {
      text.append('|').append(lines[last]).append("\n\\ no newline\n");
    }
  }
}
