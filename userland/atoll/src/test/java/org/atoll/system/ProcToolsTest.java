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
@Timeout(300)
class ProcToolsTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);

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

  private List<String> runAnyhow(int nodes, String script) {
    Outcome outcome = command.launch(LIMIT, "run", "--nodes", "" + nodes, "--", "sh", "-c", script);
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
  void freeOfBusyboxKnowsTheMemoryOfAllNodes() {
    List<String> lines = run(2, "free; onnode 1 free");
    assertEquals("" + 2 * 2_097_152, words(lines.get(1)).get(1));
    assertEquals("" + 2 * 2_097_152, words(lines.get(4)).get(1));
  }

  @Test
  void aNodeIsAProcessorUnderItsNumberEverywhere() {
    String script =
        "grep -c '^processor' /proc/cpuinfo; cut -d ' ' -f 1 /proc/stat | grep -o '^cpu.*' | xargs;"
            + " cd /sys/devices/system; cat cpu/online node/online node/node1/cpulist;"
            + " echo cpu/cpu*; nproc; nproc --all;"
            + " onnode 1 grep -E '^(Cpus|Mems)_allowed_list' /proc/self/status | cut -f 2 | xargs;"
            + " stat -f -c %T /sys; ls cpu/cpu2 2>&1";
    assertEquals(
        List.of("2", "cpu cpu0 cpu1", "0-1", "0-1", "1", "cpu/cpu0 cpu/cpu1", "1", "2", "1 1"),
        runAnyhow(2, script).subList(0, 9));
  }

  @Test
  void theTimesOfAProcessorGrowOnItsNodeAlone() {
    String script =
        "onnode 1 sh -c 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done';"
            + " grep '^cpu[01]' /proc/stat";
    List<String> lines = run(2, script);
    long ofShell = Long.parseLong(words(lines.get(0)).get(1));
    long ofLoop = Long.parseLong(words(lines.get(1)).get(1));
    assertTrue(ofLoop > ofShell && ofShell >= 0, lines.toString());
  }

  @Test
  void whoReadsTheStateOfItselfRuns() {
    List<String> lines =
        run(
            1,
            "cut -d ' ' -f 3 /proc/self/stat; grep State /proc/self/status;"
                + " cut -d ' ' -f 3 /proc/$$/stat; cut -d ' ' -f 4 /proc/loadavg");
    assertEquals(List.of("R", "State:\tR (running)", "S"), lines.subList(0, 3));
    assertEquals("1", lines.get(3).substring(0, 1));
  }

  @Test
  void statusHasWhatFilesAreMadeBy() {
    String script = "umask 027; grep -E '^(Umask|Groups|CapEff)' /proc/self/status";
    assertEquals(List.of("Umask:\t0027", "Groups:\t", "CapEff:\t000001ffffffffff"), run(1, script));
  }

  @Test
  void aDescriptorTellsItsOffsetAndFlags() {
    String script =
        "exec 5< /etc/passwd; dd bs=1 count=7 of=/dev/null <&5 2> /dev/null;"
            + " grep -E 'pos|flags' /proc/$$/fdinfo/5; ls /proc/$$/fdinfo | grep -c 5";
    assertEquals(List.of("pos:\t7", "flags:\t00", "1"), run(1, script));
  }

  @Test
  void everyMountOfMountinfoHasAParentAndItsDevice() {
    List<String> rows = run(1, "cat /proc/self/mountinfo; stat -c %d /sys /dev");
    assertTrue(rows.get(0).matches("(\\d+) \\1 0:1 / / rw - tmpfs tmpfs rw"), rows.get(0));
    String root = words(rows.get(0)).get(0);
    String sysfs = rows.stream().filter(row -> row.contains("/sys")).findFirst().orElseThrow();
    assertEquals(root, words(sysfs).get(1));
    assertEquals("0:" + rows.get(rows.size() - 2), words(sysfs).get(2));
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
