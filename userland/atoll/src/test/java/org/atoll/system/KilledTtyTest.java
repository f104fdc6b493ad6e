package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The terminal server is killed under a person's hands: what they did is still there. */
@Tag("system")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledTtyTest {

  private static final String PROMPT = "# ";
  private static final String CTRL_C = "\3";
  private static final String CTRL_Z = "\32";
  private static final String ESCAPE = "\33";

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;
  private ServiceDesk desk = new ServiceDesk(command, Path.of(""));

  @BeforeAll
  void build() {
    command.prepare();
  }

  @BeforeEach
  void open() {
    desk = new ServiceDesk(command, folder);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private TerminalSession shell(int nodes) throws Exception {
    return TerminalSession.ofShell(folder, nodes);
  }

  private void kill() {
    desk.done("kill", "tty");
  }

  private static void ends(TerminalSession session) throws Exception {
    session.line("exit 7");
    assertEquals(7, session.awaitEnd());
    assertEquals(0, session.complaints().size(), session.pty()::shown);
  }

  @Test
  void aShellGoesOnAtItsPromptWithWhatWasTyped() throws Exception {
    try (TerminalSession session = shell(1)) {
      session.pty().type("echo $((6*");
      session.pty().await("echo $((6*");
      kill();
      session.pty().type("7))\r");
      session.pty().await("42");
      session.pty().await(PROMPT);
      ends(session);
    }
  }

  @Test
  void aLineThatIsHalfTypedCanStillBeCorrected() throws Exception {
    try (TerminalSession session = shell(1)) {
      session.line("sh -c 'echo rea\"\"dy; read line; echo got-$line'");
      session.pty().await("ready");
      session.pty().type("onx");
      session.pty().await("onx");
      kill();
      session.pty().type("\177e\r");
      session.pty().await("got-one");
      session.pty().await(PROMPT);
      ends(session);
    }
  }

  @Test
  void anEditorGoesOn() throws Exception {
    try (TerminalSession session = shell(1)) {
      session.line("vi /tmp/f");
      session.pty().await("~");
      session.pty().type("ihel");
      session.pty().await("hel");
      kill();
      session.pty().type("lo");
      session.pty().await("lo");
      session.pty().type(ESCAPE);
      session.pty().await("[Modified]");
      session.pty().type(":wq\r");
      session.pty().await(PROMPT);
      session.line("cat /tmp/f | tr a-z A-Z");
      session.pty().await("HELLO");
      session.pty().await(PROMPT);
      ends(session);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theForegroundAndTheStoppedJobsAreWhatTheyWere(int nodes) throws Exception {
    try (TerminalSession session = shell(nodes)) {
      session.line("onnode " + (nodes - 1) + " " + TerminalSession.JOB);
      session.pty().await("started");
      kill();
      session.pty().type(CTRL_Z);
      session.pty().await("Stopped");
      session.pty().await(PROMPT);
      kill();
      session.line("fg");
      session.pty().await("awake");
      session.pty().type(CTRL_C);
      session.pty().await(PROMPT);
      session.line("echo status=$?");
      session.pty().await("status=130");
      session.pty().await(PROMPT);
      ends(session);
    }
  }

  @Test
  void theWindowIsFollowedOn() throws Exception {
    try (TerminalSession session = shell(1)) {
      session.line("sh -c 'trap \"stty size; exit\" WINCH; echo rea\"\"dy; while :; do :; done'");
      session.pty().await("ready");
      kill();
      session.pty().resize(50, 132);
      session.pty().await("50 132");
      session.pty().await(PROMPT);
      ends(session);
    }
  }

  @Test
  void afterTooManyFailuresTheVosEndsWithOneLineAndTheTerminalIsAsItWas() throws Exception {
    try (TerminalSession session = shell(1)) {
      while (session.leader().isAlive()) {
        desk.service("kill", "tty");
      }
      assertEquals(125, session.awaitEnd());
      assertEquals(1, session.complaints().size(), session.pty()::shown);
      assertTrue(session.pty().shown().contains("service tty failed 4 times within a minute"));
    }
  }
}
