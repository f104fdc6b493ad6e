package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What tools read in the file system of processes of a VOS of two nodes, and how it fits together.
 */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class ProcToolsTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @BeforeAll
  void build() {
    command.prepare();
  }

  private List<String> run(int nodes, String script) {
    Outcome outcome = command.launch(LIMIT, "run", "--nodes", "" + nodes, "--", "sh", "-c", script);
    assertEquals("", outcome.err());
    assertEquals(0, outcome.status(), outcome.out());
    return outcome.out().lines().toList();
  }

  private static List<String> words(String row) {
    return List.of(row.strip().split("\\s+"));
  }

  @Test
  void memoryIsThatOfAllNodes() {
    List<String> lines = run(2, "grep -E '^Mem(Total|Free|Available)' /proc/meminfo");
    long total = Long.parseLong(words(lines.get(0)).get(1));
    long free = Long.parseLong(words(lines.get(1)).get(1));
    assertEquals(2 * 2_097_152, total);
    assertTrue(free > 2_097_152 && free < total, lines.toString());
  }

  @Test
  void aProcessShowsItsNodeAsProcessorAndItsParentShowsIt() {
    String script =
        "onnode 1 sh -c 'echo $$ > /tmp/pid; exec sleep 100' & child=$!; onnode 1 true;"
            + " while ! [ -s /tmp/pid ]; do :; done;"
            + " cut -d ' ' -f 1,4,39 /proc/$(cat /tmp/pid)/stat; echo $child $$;"
            + " cat /proc/$$/task/$$/children; echo; ls /proc/$child/task; kill $child";
    List<String> lines = run(2, script);
    List<String> stat = words(lines.get(0));
    List<String> known = words(lines.get(1));
    assertEquals(List.of(known.get(0), known.get(1), "1"), stat);
    assertTrue(words(lines.get(2)).contains(known.get(0)), lines.get(2));
    assertEquals(known.get(0), lines.get(3));
  }

  @Test
  void everyTaskAndCallOfBothNodesIsInTheTables() {
    String script =
        "onnode 1 sleep 100 & onnode 1 true; while ! grep -q '^1 .* sleep ' /proc/atoll/tasks; do"
            + " :; done; cat /proc/atoll/tasks; echo; cat /proc/atoll/calls; echo;"
            + " cat /proc/atoll/nodes; echo; cat /proc/atoll/ds; kill $!";
    String text = String.join("\n", run(2, script));
    assertTrue(text.contains("\n1 16384.0 - kernel "), text);
    assertTrue(text.contains("\n0 0.0 - kernel "), text);
    assertTrue(text.lines().anyMatch(row -> row.matches("0 .* 2 sh \\S+ - pm WAIT .*")), text);
    assertTrue(text.lines().anyMatch(row -> row.matches("0 .* rs \\S+ - pm INIT taken .*")), text);
    assertTrue(text.lines().anyMatch(row -> row.matches("1 \\d+ 1 2097152 \\d+ \\d+")), text);
    assertTrue(text.contains("\nvm@1 label "), text);
  }

  @Test
  void mappingsAreInOrderAndAddUpToTheSizesOfTheProcess() {
    List<String> lines = run(1, "cat /proc/$$/maps; echo; cat /proc/$$/statm; cat /proc/$$/smaps");
    int blank = lines.indexOf("");
    long end = 0;
    long pages = 0;
    for (String line : lines.subList(0, blank)) {
      String[] range = words(line).get(0).split("-");
      long from = Long.parseLong(range[0], 16);
      assertTrue(from >= end, line);
      end = Long.parseLong(range[1], 16);
      pages += (end - from) / 4_096;
    }
    assertTrue(lines.getFirst().matches(".* r-xp .* 00:01 \\d+ +/bin/busybox|.*/usr/bin/busybox"));
    List<String> sizes = words(lines.get(blank + 1));
    assertEquals(Long.parseLong(sizes.get(0)), pages);
    long resident =
        lines.stream()
            .filter(line -> line.startsWith("Rss:"))
            .mapToLong(line -> Long.parseLong(words(line).get(1)))
            .sum();
    assertTrue(resident > 0 && resident <= 4 * pages, resident + " of " + pages);
  }

  @Test
  void whatAShellIgnoresAndCatchesAndMayHaveIsShown() {
    String script =
        "trap '' HUP; trap : USR1; ulimit -n 100;"
            + " grep -E 'SigIgn|SigCgt' /proc/$$/status; grep 'open files' /proc/$$/limits";
    List<String> lines = run(1, script);
    long ignored = Long.parseUnsignedLong(words(lines.get(0)).get(1), 16);
    long caught = Long.parseUnsignedLong(words(lines.get(1)).get(1), 16);
    assertEquals(1, ignored & 1);
    assertEquals(1 << 9, caught & 1 << 9);
    assertEquals(List.of("Max", "open", "files", "100", "100", "files"), words(lines.get(2)));
  }
}
