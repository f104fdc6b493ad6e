package org.atoll.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultLogTest {

  @TempDir Path state;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private void publish(Level level, String message, Throwable cause) {
    LogRecord entry = new LogRecord(level, message);
    entry.setThrown(cause);
    new FaultLog(
            Map.of("XDG_STATE_HOME", state.toString()),
            new PrintStream(shown, true, StandardCharsets.UTF_8))
        .publish(entry);
  }

  private Path file() {
    return state.resolve("atoll/failures.log");
  }

  @Test
  void aFailureIsOneLineAndItsStackIsInTheFile() throws IOException {
    publish(Level.SEVERE, "pm failed", new IllegalStateException("row 7 is not there"));
    String line = shown.toString(StandardCharsets.UTF_8);
    assertEquals("atoll: pm failed: row 7 is not there (stack in " + file() + ")\n", line);
    assertTrue(Files.readString(file()).contains("\tat org.atoll.cli.FaultLogTest."));
  }

  @Test
  void failuresAreAddedUntilTheFileIsLarge() throws IOException {
    publish(Level.SEVERE, "first", new IllegalStateException());
    publish(Level.SEVERE, "second", new IllegalStateException());
    String both = Files.readString(file());
    assertTrue(both.indexOf("first") < both.indexOf("second"), both);
    Files.writeString(file(), "x".repeat(2_000_000));
    publish(Level.SEVERE, "third", new IllegalStateException());
    assertTrue(Files.size(file()) < 100_000);
  }

  @Test
  void whatIsNotWorthALineGoesToTheFileAlone() throws IOException {
    publish(Level.INFO, "node 2: node 1 is dead", new IllegalStateException());
    assertEquals("", shown.toString(StandardCharsets.UTF_8));
    assertTrue(Files.readString(file()).contains("node 2: node 1 is dead"));
  }

  @Test
  void aFailureIsShownAlsoWhereNoFileCanBeWritten() throws IOException {
    Files.writeString(state.resolve("atoll"), "in the way");
    publish(Level.SEVERE, "pm failed", new IllegalStateException("why"));
    String line = shown.toString(StandardCharsets.UTF_8);
    assertTrue(line.startsWith("atoll: pm failed: why (no stack: "), line);
    assertFalse(line.trim().contains("\n"), line);
  }
}
