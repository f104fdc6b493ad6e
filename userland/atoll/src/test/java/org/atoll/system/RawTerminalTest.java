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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program has made the guest's terminal raw when a part of the VOS is killed: whatever that was,
 * the host's terminal is as it was, and no process is left.
 */
@Tag("system")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawTerminalTest {

  private static final String PROMPT = "# ";

  /** What is echoed as the line is typed looks different. */
  private static final String RAW = "sh -c 'stty raw -echo; echo rea\"\"dy; exec cat'";

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

  /** A shell whose foreground job, on the last node, has made the terminal raw. */
  private TerminalSession raw(int nodes) throws Exception {
    TerminalSession session = shell(nodes);
    session.line("onnode " + (nodes - 1) + " " + RAW);
    session.pty().await("ready");
    return session;
  }

  private TerminalSession shell(int nodes) throws Exception {
    return TerminalSession.ofShell(folder, nodes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whenNode0IsKilledTheTerminalIsAsItWas(int nodes) throws Exception {
    try (TerminalSession session = raw(nodes)) {
      session.nodeZero().destroyForcibly();
      assertEquals(137, session.awaitEnd());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whenTheLauncherIsKilledTheTerminalIsAsItWas(int nodes) throws Exception {
    try (TerminalSession session = raw(nodes)) {
      session.leader().destroyForcibly();
      assertEquals(137, session.awaitEnd());
    }
  }

  /** Nobody but the shell makes the guest's terminal usable again. */
  @Test
  void whenTheNodeOfTheJobIsKilledTheShellHasTheTerminalAgain() throws Exception {
    try (TerminalSession session = raw(2)) {
      session.node(1).destroyForcibly();
      session.pty().await("node 1 is dead");
      session.pty().await(PROMPT);
      session.line("echo status=$?");
      session.pty().await("status=137");
      session.pty().await(PROMPT);
      assertTrue(session.pty().isRaw());
      session.line("exit 3");
      assertEquals(3, session.awaitEnd());
      assertEquals(1, session.complaints().size(), session.pty()::shown);
    }
  }

  @Test
  void whenTheNodeOfAnEditorIsKilledTheShellGoesOn() throws Exception {
    try (TerminalSession session = shell(2)) {
      session.line("onnode 1 vi /tmp/f");
      session.pty().await("~");
      session.node(1).destroyForcibly();
      session.pty().await("node 1 is dead");
      session.pty().await(PROMPT);
      session.line("exit 3");
      assertEquals(3, session.awaitEnd());
    }
  }

  @ParameterizedTest
  @CsvSource({"pm,1", "vm,2", "vfs,2", "tmpfs,1", "rs,1", "rs,2", "shm,1"})
  void whenAServerThatHasTheStateIsKilledTheTerminalIsAsItWas(String name, int nodes)
      throws Exception {
    try (TerminalSession session = raw(nodes)) {
      desk.service("kill", name);
      assertEquals(125, session.awaitEnd());
      assertEquals(1, session.complaints().size(), session.pty()::shown);
    }
  }

  @Test
  void aConsoleThatFailsTooOftenGivesTheTerminalBack() throws Exception {
    try (TerminalSession session = raw(1)) {
      while (session.leader().isAlive()) {
        desk.service("kill", "console");
      }
      assertEquals(125, session.awaitEnd());
    }
  }

  /** What such a server forgets is nothing that a terminal is. */
  @ParameterizedTest
  @ValueSource(strings = {"console", "tty", "devfs", "procfs", "sched", "ds", "is", "control"})
  void aServerThatBeginsAnewLeavesTheJobItsTerminal(String name) throws Exception {
    try (TerminalSession session = raw(1)) {
      desk.done("kill", name);
      assertTrue(session.pty().isRaw());
      session.pty().type("typed\n");
      session.pty().await("typed");
      TerminalSession.signal("TERM", session.leader());
      assertEquals(143, session.awaitEnd());
    }
  }
}
