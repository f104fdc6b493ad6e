package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The simulated VOS of two nodes: one seed, one trace; and nobody notices a server's swap. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulationTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String SCRIPT =
      "for i in 1 2 3; do echo $i; done | sort -r; onnode 1 cat /etc/passwd | onnode 0 wc -l;"
          + " onnode 1 sh -c 'sleep 0.01; exit 3' & wait $!; echo $?; (cd /tmp; echo x >f; cat f)";

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;

  @BeforeAll
  void build() {
    command.prepare();
  }

  @Test
  void theSameSeedGivesTheSameTrace() throws IOException {
    Run first = run(7, 0);
    Run second = run(7, 0);
    assertEquals(first.hash(), second.hash(), "seed 7");
    assertArrayEquals(first.output(), second.output(), "seed 7");
  }

  @Test
  void anotherSeedGivesAnotherTraceAndTheSameOutput() throws IOException {
    Run first = run(7, 0);
    Run other = run(8, 0);
    assertNotEquals(first.hash(), other.hash(), "seeds 7 and 8");
    assertArrayEquals(first.output(), other.output(), "seeds 7 and 8");
  }

  @Test
  void serversThatLoadWhatTheySavedLeaveTheTraceAsItIs() throws IOException {
    for (int seed = 20; seed < 23; seed++) {
      Run plain = run(seed, 0);
      Run swapped = run(seed, 3 + 10 * (seed - 20));
      assertEquals(plain.hash(), swapped.hash(), "seed " + seed);
      assertArrayEquals(plain.output(), swapped.output(), "seed " + seed);
    }
  }

  private record Run(int hash, byte[] output) {}

  private Run run(int seed, int swap) throws IOException {
    Path trace = Files.createTempFile(folder, "trace", ".txt");
    Outcome outcome =
        command.launch(
            LIMIT,
            "sim",
            "--seed=" + seed,
            "--swap=" + swap,
            "--nodes=2",
            "--trace=" + trace,
            "--",
            "sh",
            "-c",
            SCRIPT);
    assertEquals(
        0,
        outcome.status(),
        () -> "seed " + seed + ": " + new String(outcome.stderr(), StandardCharsets.UTF_8));
    return new Run(Arrays.hashCode(Files.readAllBytes(trace)), outcome.stdout());
  }
}
