package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How VOSes end when somebody ends their processes: soon, with one line, and nothing is left. */
@Tag("system")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndingTest {

  private static final String MARK = "ATOLL_ENDING_TEST";
  private static final long SECONDS_MAX = 20;

  private final AtollCommand command = AtollCommand.ofThisBuild();
  private final String mark = UUID.randomUUID().toString();
  private Process node0;

  /** Not a pipe: this JVM would not read it to its end when the first of its writers has ended. */
  @TempDir Path folder;

  @BeforeAll
  void build() {
    command.prepare();
  }

  @AfterEach
  void endWhatIsLeft() throws IOException {
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  private void start(int nodes, String script) throws IOException {
    ProcessBuilder launcher =
        command.launcher("run", "--nodes", String.valueOf(nodes), "--", "sh", "-c", script);
    // Whoever runs this may ignore signals, as nohup and a shell's background jobs do.
    launcher.command().addAll(0, List.of("env", "--default-signal=HUP,INT"));
    launcher.environment().put(MARK, mark);
    node0 = launcher.redirectError(folder.resolve("errors").toFile()).start();
  }

  private void startUntilReady(int nodes) throws IOException {
    start(nodes, "echo ready; while :; do :; done");
    BufferedReader output = node0.inputReader(StandardCharsets.UTF_8);
    assertEquals("ready", output.readLine());
  }

  /** The processes of the VOS: all that have its mark in their environment. */
  private List<ProcessHandle> processes() throws IOException {
    List<ProcessHandle> marked = new ArrayList<>();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      for (ProcessHandle process : all.toList()) {
        if (read(process, "environ").contains(MARK + "=" + mark)) {
          marked.add(process);
        }
      }
    }
    return marked;
  }

  private static String read(ProcessHandle process, String what) {
    try {
      Path file = Path.of("/proc/" + process.pid(), what);
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  private ProcessHandle awaitNode(int number) throws IOException {
    while (node0.isAlive()) {
      for (ProcessHandle process : processes()) {
        if (read(process, "cmdline").contains("\0member\0--id\0" + number + "\0")) {
          return process;
        }
      }
    }
    throw new AssertionError("node " + number + " never was");
  }

  private String awaitEnd(List<ProcessHandle> all) throws Exception {
    for (ProcessHandle process : all) {
      process.onExit().get(SECONDS_MAX, TimeUnit.SECONDS);
    }
    assertTrue(node0.waitFor(SECONDS_MAX, TimeUnit.SECONDS));
    assertEquals(List.of(), processes());
    return Files.readString(folder.resolve("errors"));
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "4, 3"})
  void aNodeThatIsKilledBeforeItJoinsEndsTheVos(int nodes, int victim) throws Exception {
    start(nodes, "echo never");
    awaitNode(victim).destroyForcibly();
    String errors = awaitEnd(processes());
    assertEquals(125, node0.exitValue());
    assertEquals(
        "atoll: node 0: node "
            + victim
            + " is dead: its process ended with status 137 before it connected\n",
        errors);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void whenNode0IsKilledTheOthersEndAndOneOfThemSaysSo(int nodes) throws Exception {
    startUntilReady(nodes);
    List<ProcessHandle> all = processes();
    assertEquals(nodes, all.size());
    node0.destroyForcibly();
    assertEquals("atoll: node 1: node 0 is dead: the connection ended\n", awaitEnd(all));
  }

  @ParameterizedTest
  @CsvSource({"1, TERM, 143", "1, INT, 130", "1, HUP, 129", "2, TERM, 143", "2, INT, 130"})
  void aSignalEndsTheVosWithoutAWord(int nodes, String signal, int status) throws Exception {
    startUntilReady(nodes);
    List<ProcessHandle> all = processes();
    signal(signal, node0.toHandle());
    assertEquals("", awaitEnd(all));
    assertEquals(status, node0.exitValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "HUP"})
  void whatATerminalSendsToAllIsNode0sToHandle(String signal) throws Exception {
    startUntilReady(2);
    List<ProcessHandle> all = processes();
    signal(signal, awaitNode(1));
    signal(signal, node0.toHandle());
    assertEquals("", awaitEnd(all));
    assertEquals(signal.equals("INT") ? 130 : 129, node0.exitValue());
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }
}
