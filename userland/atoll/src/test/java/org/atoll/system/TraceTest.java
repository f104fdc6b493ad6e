package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a trace of several nodes holds, and in which order. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String CALL_OF_NODE_1 = ".* n1 .*-> \\d+\\.0.* WRITE fd=1 bytes=3 .*";
  private static final String CALL_FOR_IT =
      ".* n0 \\d+\\.0\\(vfs\\) -> .* WRITE stream=1 bytes=3 .*";
  private static final String ANSWER_TO_IT = ".* n0 .* <- \\d+\\.0\\(vfs\\) WRITE bytes=3.*";

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;

  @BeforeAll
  void build() {
    command.prepare();
  }

  private static int first(List<String> lines, String pattern) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches(pattern)) {
        return i;
      }
    }
    throw new AssertionError("no line " + pattern);
  }

  @Test
  void aFileHoldsTheMessagesOfAllNodesInOneOrder() throws IOException {
    Path file = folder.resolve("trace");
    Outcome traced =
        command.launch(
            LIMIT,
            "trace",
            "--nodes",
            "2",
            "-o",
            file.toString(),
            "--",
            "onnode",
            "1",
            "echo",
            "hi");
    assertEquals("hi\n", traced.out(), traced.err());
    assertEquals("", traced.err());
    List<String> lines = Files.readAllLines(file);
    List<String> times = lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    assertEquals(
        times.stream().sorted(Comparator.comparingDouble(Double::parseDouble)).toList(), times);
    int call = first(lines, CALL_OF_NODE_1);
    int callForIt = first(lines, CALL_FOR_IT);
    int answer = first(lines, ANSWER_TO_IT);
    assertTrue(call < callForIt && callForIt < answer, call + ", " + callForIt + ", " + answer);
  }

  @Test
  void hypercallsAreShownWhenAskedFor() throws IOException {
    Path file = folder.resolve("hypercalls");
    command.launch(LIMIT, "trace", "--hypercalls", "-o", file.toString(), "--", "echo", "hi");
    List<String> lines = Files.readAllLines(file);
    int write = first(lines, ".* n0 console => STREAM_WRITE stream=1 = 3");
    assertTrue(first(lines, CALL_FOR_IT) < write && write < first(lines, ANSWER_TO_IT));
    Outcome without = command.launch(LIMIT, "trace", "--", "echo", "hi");
    assertFalse(without.err().contains(" => "), without.err());
  }

  @Test
  void aTraceThatCannotBeWrittenIsAFailure() {
    Outcome full = command.launch(LIMIT, "trace", "-o", "/dev/full", "--", "true");
    assertEquals(125, full.status());
    assertEquals("atoll: trace /dev/full: No space left on device\n", full.err());
    Outcome nowhere = command.launch(LIMIT, "trace", "-o", "/no/where", "--", "true");
    assertEquals(125, nowhere.status());
    assertEquals("atoll: /no/where: no such file or folder\n", nowhere.err());
  }
}
