package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * So many processes write to and read from another node at once that what is under way is more than
 * links, kernels and servers keep: all is done in the end, and no node is given up.
 */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HerdTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** With 64 KiB each: 156 MiB at once. */
  private static final String PROCESSES = "2500";

  private final AtollCommand command = AtollCommand.ofThisBuild();

  private Path folder = Path.of("");

  @BeforeAll
  void build(@TempDir Path temporary) throws IOException {
    folder = temporary;
    command.prepare();
    Path program = folder.resolve("herd.c");
    try (InputStream source = getClass().getResourceAsStream("/files/herd.c")) {
      Files.copy(Objects.requireNonNull(source), program);
    }
    String[] line = {"cc", "-Wall", "-Wextra", "-Werror", "-O2", "-static", "herd.c", "-o", "herd"};
    Outcome compiled = command.run(command.launcher(line).directory(folder.toFile()), LIMIT);
    assertEquals("", compiled.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "shm"})
  void thousandsOfProcessesWriteToAndReadFromAnotherNodeAtOnce(String transport) {
    Outcome outcome =
        command.launch(
            LIMIT,
            "run",
            "--nodes",
            "2",
            "--transport",
            transport,
            "-v",
            folder + ":/w",
            "--",
            "onnode",
            "1",
            "/w/herd",
            PROCESSES,
            "/tmp/file");
    assertEquals("", outcome.err());
    assertEquals("0 of " + PROCESSES + " failed\n", outcome.out());
  }
}
