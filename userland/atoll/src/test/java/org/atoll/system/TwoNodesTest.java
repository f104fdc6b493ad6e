package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A VOS of two processes of the host, and what happens when one of them is killed. */
@Tag("system")
@Timeout(300)
class TwoNodesTest {
  private static final String BUSY_ON_NODE_1 =
      "onnode 1 sh -c 'echo ready; while :; do :; done'; echo \"status $?\"; echo still here";

  private Process node0;
  private BufferedReader output;

  @BeforeEach
  void startABusyProgramOnNode1() throws IOException {
    AtollCommand command = AtollCommand.ofThisBuild();
    command.prepare();
    node0 = command.launcher("run", "--nodes", "2", "--", "sh", "-c", BUSY_ON_NODE_1).start();
    output = node0.inputReader(StandardCharsets.UTF_8);
    assertEquals("ready", output.readLine());
  }

  @AfterEach
  void endIt() {
    node0.descendants().forEach(ProcessHandle::destroyForcibly);
    node0.destroyForcibly();
  }

  @Test
  void aKilledNodeEndsWhatRanThereAndTheShellGoesOn() throws Exception {
    ProcessHandle node1 = node1();
    burns(node1, Duration.ofMillis(200));
    node1.destroyForcibly();
    assertEquals("status 137", output.readLine());
    assertEquals("still here", output.readLine());
    assertEquals(0, node0.waitFor());
    List<String> errors = node0.errorReader(StandardCharsets.UTF_8).lines().toList();
    assertTrue(errors.stream().anyMatch(l -> l.contains("node 1 is dead")), errors.toString());
  }

  @Test
  void whenNode0DiesTheOthersEnd() throws Exception {
    ProcessHandle node1 = node1();
    node0.destroyForcibly();
    node1.onExit().get(60, TimeUnit.SECONDS);
    assertFalse(node1.isAlive());
  }

  @Test
  void aNodeThatStandsStillIsDeadAndEndsWhenItGoesOn() throws Exception {
    ProcessHandle node1 = node1();
    signal("STOP", node1);
    assertEquals("status 137", output.readLine());
    assertEquals("still here", output.readLine());
    signal("CONT", node1);
    node1.onExit().get(60, TimeUnit.SECONDS);
    assertEquals(0, node0.waitFor());
    List<String> errors = node0.errorReader(StandardCharsets.UTF_8).lines().toList();
    assertEquals("atoll: node 0: node 1 is dead: no sign of life for 5 s", errors.getFirst());
  }

  @Test
  void whenNode0StandsStillTheOthersEndAndItsShellGoesOnLater() throws Exception {
    ProcessHandle node1 = node1();
    signal("STOP", node0.toHandle());
    awaitEndUnreaped(node1);
    signal("CONT", node0.toHandle());
    assertEquals("status 137", output.readLine());
    assertEquals("still here", output.readLine());
    assertEquals(0, node0.waitFor());
  }

  /** Waits for the end of a process whose parent cannot take notice of it. */
  private static void awaitEndUnreaped(ProcessHandle process) throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/stat");
    while (!Files.readString(status, StandardCharsets.ISO_8859_1).contains(") Z ")) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  private ProcessHandle node1() throws IOException {
    List<ProcessHandle> children = node0.descendants().toList();
    for (ProcessHandle child : children) {
      if (commandLine(child).contains("member\0--id\u00001")) {
        return child;
      }
    }
    throw new AssertionError("no process of node 1 among " + children);
  }

  private static String commandLine(ProcessHandle process) throws IOException {
    return Files.readString(
        Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
  }

  /** Waits until a process has used so much more CPU time than now. */
  private static void burns(ProcessHandle process, Duration more) {
    Duration until = process.info().totalCpuDuration().orElseThrow().plus(more);
    while (process.info().totalCpuDuration().orElseThrow().compareTo(until) < 0) {
      LockSupport.parkNanos(10_000_000);
    }
  }
}
