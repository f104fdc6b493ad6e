package org.atoll.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls of which the oracle's emulator knows too little: what the same program prints on Linux
 * itself is in the file beside its source.
 */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BeyondTheEmulatorTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;

  @BeforeAll
  void build() {
    command.prepare();
  }

  private byte[] resource(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/ipc/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private void printsWhatLinuxPrints(String name) throws IOException {
    Files.write(folder.resolve(name + ".c"), resource(name + ".c"));
    ProcessBuilder compiler =
        command.launcher("cc", "-Wall", "-Werror", "-pthread", name + ".c", "-o", name);
    assertEquals("", command.run(compiler.directory(folder.toFile()), LIMIT).err());
    Outcome outcome = command.launch(LIMIT, "run", "-v", folder + ":/w", "--", "/w/" + name);
    assertEquals(new String(resource(name + ".txt"), UTF_8), outcome.out());
    assertEquals(0, outcome.status());
  }

  @Test
  void descriptorsOfSignals() throws IOException {
    printsWhatLinuxPrints("signalfd");
  }

  @Test
  void locksBetweenProcessesThatInheritPrioritiesAndAreRobust() throws IOException {
    printsWhatLinuxPrints("sharedlocks");
  }
}
