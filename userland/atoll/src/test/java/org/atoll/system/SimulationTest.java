package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated VOS of two nodes: one seed, one trace; and nobody notices a server's swap. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulationTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** The shell reads its lines byte by byte, so that a swap that loses anything is met at once. */
  private static final String SCRIPT =
      "n=0; while read l; do n=$((n+1)); done </etc/passwd; echo $n; for i in 1 2 3; do echo $i; done | sort -r; onnode 1 cat /etc/passwd | onnode 0 wc -l;"
          + " onnode 1 sh -c 'sleep 0.01; exit 3' & wait $!; echo $?; (cd /tmp; echo x >f; cat f)";

  /** A program, a pipe's writer and a sleeper of node 1 die; the shell of node 0 goes on. */
  private static final String DEATH =
      "onnode 1 sleep 100; echo $?; onnode 1 true 2>/dev/null; echo $?; echo still here";

  /**
   * A server on node 1, whose listener is there when its starter ends, and clients of both nodes.
   */
  private static final String SOCKETS =
      "mkdir /tmp/h; echo hello >/tmp/h/x; onnode 1 busybox httpd -p 8080 -h /tmp/h;"
          + " onnode 0 wget -qO- http://localhost:8080/x & onnode 1 wget -qO- http://localhost:8080/x;"
          + " wait; wget -qO- http://[::1]:8080/x; netstat -ltn; cat /proc/net/sockstat6";

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
      Run swapped = run(seed, 1 + 6 * (seed - 20));
      assertEquals(plain.hash(), swapped.hash(), "seed " + seed);
      assertArrayEquals(plain.output(), swapped.output(), "seed " + seed);
    }
  }

  @Test
  void theDeathOfANodeIsTheSameInEveryRun() throws IOException {
    for (int seed = 30; seed < 33; seed++) {
      Path trace = Files.createTempFile(folder, "trace", ".txt");
      Outcome first = simulate(seed, trace, "--kill=1@0.2", "--", "sh", "-c", DEATH);
      int hash = Arrays.hashCode(Files.readAllBytes(trace));
      Outcome second = simulate(seed, trace, "--kill=1@0.2", "--", "sh", "-c", DEATH);
      assertEquals("137\n125\nstill here\n", first.out(), "seed " + seed);
      assertEquals(first.out(), second.out(), "seed " + seed);
      assertEquals(hash, Arrays.hashCode(Files.readAllBytes(trace)), "seed " + seed);
    }
  }

  @Test
  void socketsBetweenNodesDoNotNoticeThatServersAreSwapped() throws IOException {
    for (int seed = 40; seed < 42; seed++) {
      Run plain = run(seed, 0, SOCKETS);
      Run swapped = run(seed, 1 + seed % 2 * 8, SOCKETS);
      String said = new String(plain.output(), StandardCharsets.UTF_8);
      assertEquals(3, said.split("hello\n", -1).length - 1, "seed " + seed);
      assertEquals(plain.hash(), swapped.hash(), "seed " + seed);
      assertArrayEquals(plain.output(), swapped.output(), "seed " + seed);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-p 8080:80 | sim takes no -p: nobody outside connects by himself",
        "--net host --dns 1.1.1.1 | sim takes no --dns: its resolver is simulated, too",
        "--net all | --net takes none, publish or host, and not 'all'"
      })
  void whatOfTheHostsNetworkCannotBeSimulatedIsOneLine(String options, String line) {
    Path trace = folder.resolve("none");
    Outcome refused = simulate(1, trace, (options + " -- true").split(" "));
    assertEquals("atoll: " + line + "\n", refused.err());
    assertEquals(125, refused.status());
  }

  private Outcome simulate(int seed, Path trace, String... words) {
    List<String> line = new ArrayList<>(List.of("sim", "--seed=" + seed, "--nodes=2"));
    line.add("--trace=" + trace);
    line.addAll(List.of(words));
    return command.launch(LIMIT, line.toArray(String[]::new));
  }

  private record Run(int hash, byte[] output) {}

  private Run run(int seed, int swap) throws IOException {
    return run(seed, swap, SCRIPT);
  }

  private Run run(int seed, int swap, String script) throws IOException {
    Path trace = Files.createTempFile(folder, "trace", ".txt");
    Outcome outcome = simulate(seed, trace, "--swap=" + swap, "--", "sh", "-c", script);
    assertEquals(
        0,
        outcome.status(),
        () -> "seed " + seed + ": " + new String(outcome.stderr(), StandardCharsets.UTF_8));
    return new Run(Arrays.hashCode(Files.readAllBytes(trace)), outcome.stdout());
  }
}
