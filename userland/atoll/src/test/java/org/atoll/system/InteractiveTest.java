package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person at a terminal, with the shell of the base image. */
@Tag("system")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteractiveTest {

  private static final String PROMPT = "# ";
  private static final String CTRL_C = "\3";
  private static final String CTRL_D = "\4";
  private static final String CTRL_Z = "\32";
  private static final String ESCAPE = "\33";

  /** Says so when it is in the foreground; what is echoed as it is typed looks different. */
  private static final String SLEEP = "sh -c 'echo sta\"\"rted; exec sleep 1000'";

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @BeforeAll
  void build() {
    command.prepare();
  }

  private static TerminalSession shell(int nodes) throws Exception {
    TerminalSession session = TerminalSession.ofAtoll("run", "--nodes", String.valueOf(nodes));
    session.pty().await(PROMPT);
    return session;
  }

  /** Types a line and waits for an answer and the next prompt. */
  private static void says(TerminalSession session, String line, String answer) throws Exception {
    session.line(line);
    session.pty().await(answer);
    session.pty().await(PROMPT);
  }

  private static void ends(TerminalSession session) throws Exception {
    session.line("exit 0");
    assertEquals(0, session.awaitEnd());
  }

  @Test
  void whatIsTypedIsShownAndCanBeCorrected() throws Exception {
    try (TerminalSession session = shell(1)) {
      session.pty().type("echo one-$((1+1))");
      session.pty().await("echo one-$((1+1))");
      session.pty().type("\177\177\177" + "3))\r");
      session.pty().await("one-4");
      ends(session);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void ctrlCEndsTheJobInTheForegroundAndNotTheVos(int node) throws Exception {
    try (TerminalSession session = shell(node + 1)) {
      session.line("onnode " + node + " " + SLEEP);
      session.pty().await("started");
      session.pty().type(CTRL_C);
      session.pty().await(PROMPT);
      says(session, "echo status=$?", "status=130");
      ends(session);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void ctrlZStopsTheJobAndFgAndBgLetItGoOn(int node) throws Exception {
    try (TerminalSession session = shell(node + 1)) {
      session.line("onnode " + node + " " + TerminalSession.JOB);
      session.pty().await("started");
      session.pty().type(CTRL_Z);
      session.pty().await("Stopped");
      session.pty().await(PROMPT);
      says(session, "jobs", "Stopped");
      session.line("bg");
      session.pty().await("awake");
      says(session, "jobs", "Running");
      session.line("fg");
      session.pty().await("awake");
      session.pty().type(CTRL_C);
      session.pty().await(PROMPT);
      says(session, "echo status=$?", "status=130");
      session.line("jobs; echo li\"\"sted");
      assertFalse(session.pty().await("listed").contains("Running"), session.pty()::shown);
      ends(session);
    }
  }

  @Test
  void ctrlDEndsTheShellAndItsStatusIsPassedOn() throws Exception {
    try (TerminalSession session = shell(1)) {
      session.line("(exit 5)");
      session.pty().await(PROMPT);
      session.pty().type(CTRL_D);
      assertEquals(5, session.awaitEnd());
    }
  }

  @Test
  void theSizeOfTheWindowFollowsTheHosts() throws Exception {
    try (TerminalSession session = shell(1)) {
      says(session, "stty size", "24 80");
      session.line("sh -c 'trap \"stty size; exit\" WINCH; echo rea\"\"dy; while :; do :; done'");
      session.pty().await("ready");
      session.pty().resize(50, 132);
      session.pty().await("50 132");
      session.pty().await(PROMPT);
      ends(session);
    }
  }

  @Test
  void viChangesAFile() throws Exception {
    try (TerminalSession session = shell(1)) {
      session.line("vi /tmp/f");
      session.pty().await("~");
      session.pty().type("ihello");
      session.pty().await("hello");
      // What follows an escape at once is a key with a longer code.
      session.pty().type(ESCAPE);
      session.pty().await("[Modified]");
      session.pty().type(":wq\r");
      session.pty().await(PROMPT);
      says(session, "cat /tmp/f | tr a-z A-Z", "HELLO");
      ends(session);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"less /etc/passwd", "top"})
  void whatFillsTheScreenEndsByQAndLeavesTheTerminalSane(String program) throws Exception {
    try (TerminalSession session = shell(1)) {
      session.line(program);
      session.pty().await(program.equals("top") ? "COMMAND" : "root:*:0:0");
      session.pty().type("q");
      session.pty().await(PROMPT);
      says(session, "stty -a | tr ' ' '\\n' | grep -x echo && echo sa\"\"ne", "sane");
      ends(session);
    }
  }

  @Test
  void programsSeeThatTheyAreOnATerminal() throws Exception {
    try (TerminalSession session = shell(1)) {
      says(session, "ls --color=auto -d /etc", "\33[");
      says(session, "test -t 0 && test -t 1 && echo termi\"\"nal", "terminal");
      ends(session);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theHostsTerminalIsRawWhileTheVosRuns(int nodes) throws Exception {
    try (TerminalSession session = shell(nodes)) {
      assertTrue(session.pty().isRaw());
      ends(session);
      assertFalse(session.pty().isRaw());
    }
  }

  /** The guest's job control has keys of its own; a stop of the VOS comes from elsewhere. */
  @Test
  void aVosThatIsStoppedAndContinuedByTheHostIsRawAgain() throws Exception {
    try (TerminalSession session = TerminalSession.of("bash", "--norc", "--noediting", "-i")) {
      session.line("PS1='host> '");
      session.pty().await("host> ");
      session.line(AtollCommand.root().resolve("atoll") + " run");
      session.pty().await(PROMPT);
      String group = "-" + session.awaitProcess("/atoll\0run\0").pid();
      TerminalSession.signal("TSTP", group);
      session.pty().await("host> ");
      assertFalse(session.pty().isRaw());
      session.line("fg");
      session.pty().await("atoll run");
      session.pty().type("\r");
      session.pty().await(PROMPT);
      assertTrue(session.pty().isRaw());
      says(session, "echo $((6*7))", "42");
      session.line("exit 4");
      session.pty().await("host> ");
      session.line("exit $?");
      assertEquals(4, session.awaitEnd());
    }
  }
}
