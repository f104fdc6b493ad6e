package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How a VOS on a terminal ends: however that is, the terminal is as it was, and nothing is left.
 */
@Tag("system")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminalEndingTest {

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @BeforeAll
  void build() {
    command.prepare();
  }

  private static TerminalSession busy(int nodes) throws Exception {
    String script = "echo ready; while :; do :; done";
    TerminalSession session =
        TerminalSession.ofAtoll("run", "--nodes", String.valueOf(nodes), "--", "sh", "-c", script);
    session.pty().await("ready");
    assertTrue(session.pty().isRaw());
    return session;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theExitStatusIsTheCommands(int nodes) throws Exception {
    String n = String.valueOf(nodes);
    try (TerminalSession session =
        TerminalSession.ofAtoll("run", "--nodes", n, "--", "sh", "-c", "exit 7")) {
      assertEquals(7, session.awaitEnd());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, HUP, 129", "1, INT, 130", "1, QUIT, 131", "1, TERM, 143", "2, TERM, 143"})
  void aSignalToTheLauncherEndsTheVos(int nodes, String signal, int status) throws Exception {
    try (TerminalSession session = busy(nodes)) {
      TerminalSession.signal(signal, session.leader());
      assertEquals(status, session.awaitEnd());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, HUP, 129", "1, INT, 130", "1, TERM, 143", "2, INT, 130"})
  void aSignalToNode0EndsTheVos(int nodes, String signal, int status) throws Exception {
    try (TerminalSession session = busy(nodes)) {
      TerminalSession.signal(signal, session.nodeZero());
      assertEquals(status, session.awaitEnd());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whenNode0IsKilledTheLauncherGivesTheTerminalBack(int nodes) throws Exception {
    try (TerminalSession session = busy(nodes)) {
      session.nodeZero().destroyForcibly();
      assertEquals(137, session.awaitEnd());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whenTheLauncherIsKilledTheVosEnds(int nodes) throws Exception {
    try (TerminalSession session = busy(nodes)) {
      session.leader().destroyForcibly();
      assertEquals(137, session.awaitEnd());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whenTheLauncherIsKilledAtBootNothingIsLeft(int nodes) throws Exception {
    String n = String.valueOf(nodes);
    try (TerminalSession session =
        TerminalSession.ofAtoll("run", "--nodes", n, "--", "sleep", "1000")) {
      session.nodeZero();
      session.leader().destroyForcibly();
      assertEquals(137, session.awaitEnd());
    }
  }

  /** At boot the host's terminal makes it a signal, later the guest's does. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void ctrlCEndsAProgramAtAnyTimeOfItsStart(int nodes) throws Exception {
    String n = String.valueOf(nodes);
    try (TerminalSession session =
        TerminalSession.ofAtoll("run", "--nodes", n, "--", "sleep", "1000")) {
      session.nodeZero();
      while (!session.endsWithin(100)) {
        session.pty().type("\3");
      }
      assertEquals(130, session.awaitEnd());
    }
  }

  /** As a person's shell has it, which takes the terminal over at once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whenTheLauncherIsKilledTheVosEndsAlsoAsTheJobOfAShell(int nodes) throws Exception {
    List<String> words =
        List.of("run", "--nodes", String.valueOf(nodes), "sh", "-c", "echo rea\"\"dy; cat");
    String line = AtollCommand.root().resolve("atoll") + " " + String.join(" ", words);
    try (TerminalSession session = TerminalSession.of("bash", "--norc", "-i")) {
      session.line(line.replace("echo rea\"\"dy; cat", "'echo rea\"\"dy; cat'"));
      session.pty().await("ready");
      assertTrue(session.pty().isRaw());
      ProcessHandle nodeZero = session.nodeZero();
      session.awaitProcess("/atoll\0run\0").destroyForcibly();
      session.pty().await("Killed");
      nodeZero.onExit().get();
      session.line("echo $((6*7))");
      session.pty().await("42");
      session.line("exit 3");
      assertEquals(3, session.awaitEnd());
    }
  }
}
