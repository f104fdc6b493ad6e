package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A person's jobs, some of them on another node than the shell and its terminal. */
@Tag("system")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsOnTwoNodesTest {

  private static final String PROMPT = "# ";
  private static final String CTRL_C = "\3";
  private static final String CTRL_Z = "\32";
  private static final String CTRL_BACKSLASH = "\34";

  /** Says so when it is in the foreground; what is echoed as it is typed looks different. */
  private static final String SLEEP = "onnode 1 sh -c 'echo sta\"\"rted; exec sleep 1000'";

  /** Says so, and when it goes on. */
  private static final String LOOP = "onnode 1 " + TerminalSession.JOB;

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @BeforeAll
  void build() {
    command.prepare();
  }

  private static TerminalSession shell() throws Exception {
    TerminalSession session = TerminalSession.ofAtoll("run", "--nodes", "2");
    session.pty().await(PROMPT);
    return session;
  }

  /** Types a line and waits for an answer and the next prompt; what was shown before the answer. */
  private static String says(TerminalSession session, String line, String answer) throws Exception {
    session.line(line);
    String before = session.pty().await(answer);
    session.pty().await(PROMPT);
    return before;
  }

  private static void starts(TerminalSession session, String line) throws Exception {
    session.line(line);
    session.pty().await("started");
  }

  private static void ends(TerminalSession session) throws Exception {
    session.line("exit 0");
    assertEquals(0, session.awaitEnd());
    assertEquals(0, session.complaints().size(), session.pty()::shown);
  }

  @Test
  void aJobInTheBackgroundOfAnotherNodeIsListedAndEndsBySignal() throws Exception {
    try (TerminalSession session = shell()) {
      session.line("onnode 1 sleep 1000 &");
      session.pty().await(PROMPT);
      says(session, "jobs", "Running");
      says(session, "kill %1; wait; echo go\"\"ne", "gone");
      String shown = says(session, "jobs; echo li\"\"sted", "listed");
      assertFalse(shown.contains("Running"), shown);
      ends(session);
    }
  }

  @Test
  void jobsOfBothNodesTakeTurnsInTheForeground() throws Exception {
    try (TerminalSession session = shell()) {
      starts(session, LOOP);
      session.pty().type(CTRL_Z);
      session.pty().await("Stopped");
      session.pty().await(PROMPT);
      starts(session, LOOP.replace("onnode 1", "onnode 0"));
      session.pty().type(CTRL_Z);
      session.pty().await("Stopped");
      session.pty().await(PROMPT);
      for (int job = 1; job <= 2; job++) {
        session.line("fg %" + job);
        session.pty().await("awake");
        session.pty().type(CTRL_C);
        session.pty().await(PROMPT);
        says(session, "echo status=$?", "status=130");
      }
      String shown = says(session, "jobs; echo li\"\"sted", "listed");
      assertFalse(shown.contains("Stopped"), shown);
      ends(session);
    }
  }

  @Test
  void aStoppedJobOfAnotherNodeGoesOnInTheBackground() throws Exception {
    try (TerminalSession session = shell()) {
      starts(session, "onnode 1 sh -c 'echo sta\"\"rted; while ! [ -e /tmp/go ]; do :; done'");
      session.pty().type(CTRL_Z);
      session.pty().await("Stopped");
      session.pty().await(PROMPT);
      says(session, "bg", "onnode 1");
      says(session, "jobs", "Running");
      says(session, "touch /tmp/go; wait; echo do\"\"ne", "done");
      ends(session);
    }
  }

  @Test
  void ctrlCEndsAllOfAPipelineOverBothNodes() throws Exception {
    try (TerminalSession session = shell()) {
      String pipeline = "onnode 1 sh -c 'echo started; exec sleep 1000' | onnode 0 cat";
      starts(session, pipeline.replace("started", "sta\"\"rted"));
      session.pty().type(CTRL_C);
      session.pty().await(PROMPT);
      String processes = says(session, "vps; echo li\"\"sted", "listed");
      assertFalse(processes.contains("sleep"), processes);
      assertFalse(processes.contains(" cat"), processes);
      ends(session);
    }
  }

  @Test
  void ctrlZStopsAllOfAPipelineOverBothNodesAndFgLetsItGoOn() throws Exception {
    try (TerminalSession session = shell()) {
      starts(
          session, "onnode 1 sh -c 'echo sta\"\"rted; read line; echo got-$line' | onnode 0 cat");
      session.pty().type(CTRL_Z);
      session.pty().await("Stopped");
      session.pty().await(PROMPT);
      session.line("fg");
      session.pty().await("onnode 0 cat");
      session.line("it");
      session.pty().await("got-it");
      session.pty().await(PROMPT);
      ends(session);
    }
  }

  /** Not a job of a shell: ash ignores SIGQUIT until it executes another program. */
  @Test
  void ctrlBackslashQuitsAJobOfAnotherNode() throws Exception {
    try (TerminalSession session = shell()) {
      starts(session, "onnode 1 awk 'BEGIN { print \"sta\" \"rted\"; while (1); }'");
      session.pty().type(CTRL_BACKSLASH);
      session.pty().await(PROMPT);
      says(session, "echo status=$?", "status=131");
      ends(session);
    }
  }

  @Test
  void aJobInTheBackgroundOfAnotherNodeThatReadsTheTerminalIsStopped() throws Exception {
    try (TerminalSession session = shell()) {
      session.line("onnode 1 cat &");
      session.pty().await(PROMPT);
      session.line("until vps | grep ' T '; do :; done; jobs");
      session.pty().await("Stopped (tty input)");
      session.pty().await(PROMPT);
      session.line("fg");
      session.pty().await("onnode 1 cat");
      session.line("it");
      session.pty().await("it\r\nit");
      session.pty().type(CTRL_C);
      session.pty().await(PROMPT);
      ends(session);
    }
  }

  @Test
  void theSizeOfTheWindowReachesAJobOfAnotherNode() throws Exception {
    try (TerminalSession session = shell()) {
      String loop = "trap \"stty size; exit\" WINCH; echo sta\"\"rted; while :; do :; done";
      starts(session, "onnode 1 sh -c '" + loop + "'");
      session.pty().resize(50, 132);
      session.pty().await("50 132");
      session.pty().await(PROMPT);
      ends(session);
    }
  }

  @Test
  void aNodeThatIsKilledEndsItsForegroundJobAndTheShellHasTheTerminal() throws Exception {
    try (TerminalSession session = shell()) {
      starts(session, SLEEP);
      session.node(1).destroyForcibly();
      session.pty().await("node 1 is dead");
      session.pty().await(PROMPT);
      says(session, "echo status=$?", "status=137");
      starts(session, "sh -c 'echo sta\"\"rted; exec cat'");
      session.line("typed");
      session.pty().await("typed\r\ntyped");
      session.pty().type(CTRL_C);
      session.pty().await(PROMPT);
      session.line("exit 0");
      assertEquals(0, session.awaitEnd());
      assertEquals(1, session.complaints().size(), session.pty()::shown);
    }
  }

  @Test
  void aNodeThatIsKilledEndsItsStoppedAndItsBackgroundJob() throws Exception {
    try (TerminalSession session = shell()) {
      session.line("onnode 1 sleep 1000 &");
      session.pty().await(PROMPT);
      starts(session, SLEEP);
      session.pty().type(CTRL_Z);
      session.pty().await("Stopped");
      session.pty().await(PROMPT);
      session.node(1).destroyForcibly();
      session.pty().await("node 1 is dead");
      session.line("");
      session.pty().await("Killed");
      session.pty().await("Killed");
      session.pty().await(PROMPT);
      String shown = says(session, "jobs; echo li\"\"sted", "listed");
      assertFalse(shown.contains("Stopped") || shown.contains("Running"), shown);
      session.line("exit 0");
      assertEquals(0, session.awaitEnd());
    }
  }
}
