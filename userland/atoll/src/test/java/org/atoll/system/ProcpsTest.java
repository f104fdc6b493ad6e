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

/** Debian's own procps, psmisc and util-linux in a VOS of two nodes. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class ProcpsTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String IMAGE = "proctools";

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @BeforeAll
  void build() {
    command.prepare();
    command.prepareImage(IMAGE);
  }

  private List<String> run(String script) {
    Outcome outcome =
        command.launch(LIMIT, "run", "--nodes", "2", "--image", IMAGE, "--", "bash", "-c", script);
    assertEquals("", outcome.err());
    assertEquals(0, outcome.status(), outcome.out());
    return outcome.out().lines().toList();
  }

  private static List<String> words(String row) {
    return List.of(row.strip().split("\\s+"));
  }

  @Test
  void psListsProcessesOfBothNodesWithTheirProcessors() {
    String script =
        "onnode 1 sleep 100 & onnode 1 true; ps -eo psr,stat,nlwp,comm | sed 1d; kill $!";
    List<String> rows = run(script);
    assertTrue(rows.stream().anyMatch(row -> words(row).equals(List.of("1", "S", "1", "sleep"))));
    assertTrue(rows.stream().anyMatch(row -> words(row).equals(List.of("0", "R", "1", "ps"))));
  }

  @Test
  void topSumsUpTasksAndMemoryOfBothNodes() {
    List<String> rows = run("TERM=dumb top -b -n1; true");
    assertTrue(rows.get(1).matches("Tasks: +\\d+ total, +1 running, .* 0 zombie"), rows.get(1));
    assertTrue(rows.get(3).startsWith("MiB Mem :   4096.0 total,"), rows.get(3));
    assertTrue(rows.stream().anyMatch(row -> row.matches(".* R .* top")), rows.toString());
  }

  @Test
  void lscpuAndNprocCountNodes() {
    List<String> rows = run("lscpu; nproc; nproc --all; taskset -cp $$ | cut -d : -f 2");
    assertTrue(rows.contains("CPU(s):              2"), rows.toString());
    assertTrue(rows.contains("NUMA node1 CPU(s):   1"), rows.toString());
    assertTrue(rows.contains("Socket(s):           2"), rows.toString());
    assertEquals(List.of("1", "2", " 0"), rows.subList(rows.size() - 3, rows.size()));
  }

  @Test
  void findmntAndMountpointReadTheMounts() {
    String script =
        "findmnt -rn -o TARGET,FSTYPE /sys; findmnt -rn -o MAJ:MIN /proc; mountpoint /dev/shm;"
            + " findmnt -rn -o TARGET -R / | sort | xargs";
    assertEquals(
        List.of(
            "/sys sysfs", "0:2", "/dev/shm is a mountpoint", "/ /dev /dev/pts /dev/shm /proc /sys"),
        run(script));
  }

  @Test
  void theOthersFindWhatTheyRead() {
    String script =
        "free | sed -n 2p | xargs | cut -d ' ' -f 2; vmstat | sed -n 3p | wc -w;"
            + " pgrep -x bash; pidof bash; pmap -x $$ | tail -n 1 | cut -d ' ' -f 1;"
            + " uptime | grep -c average; slabtop -o > /dev/null 2>&1; echo $?;"
            + " fuser /proc/$$/exe 2> /dev/null | wc -w; lsof -p $$ 2> /dev/null | grep -c cwd";
    List<String> rows = run(script);
    assertEquals(
        List.of("4194304", "18", "2", "2", "total", "1", "1", "1", "1"), rows, rows.toString());
  }
}
