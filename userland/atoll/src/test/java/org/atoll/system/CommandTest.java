package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a person sees of the command itself: exit statuses and one-line errors. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @BeforeAll
  void build() {
    command.prepare();
  }

  @Test
  void theExitStatusIsTheCommands() {
    assertEquals(9, command.launch(LIMIT, "run", "--", "sh", "-c", "exit 9").status());
  }

  @Test
  void deathByASignalIs128AndItsNumber() {
    assertEquals(137, command.launch(LIMIT, "run", "--", "sh", "-c", "kill -9 $$").status());
  }

  @Test
  void whatIsNotThereIs127AndWhatCannotRunIs126() {
    Outcome missing = command.launch(LIMIT, "run", "nosuch");
    assertEquals(127, missing.status());
    assertEquals("atoll: nosuch: not found\n", text(missing.stderr()));
    Outcome plain = command.launch(LIMIT, "run", "/etc/passwd");
    assertEquals(126, plain.status());
    assertEquals("atoll: /etc/passwd: Permission denied\n", text(plain.stderr()));
  }

  @Test
  void aBadOptionIs125AndSaysWhich() {
    Outcome bad = command.launch(LIMIT, "run", "--nodez", "2", "true");
    assertEquals(125, bad.status());
    assertTrue(text(bad.stderr()).contains("--nodez"), text(bad.stderr()));
    assertEquals(125, command.launch(LIMIT, "run", "--nodes", "65", "true").status());
    assertEquals(125, command.launch(LIMIT, "run", "--image", "/nothing/here", "true").status());
  }

  @Test
  void missingSystemCallsAreListed() {
    Outcome listed = command.launch(LIMIT, "run", "--report-missing", "--", "true");
    assertEquals(0, listed.status());
    assertTrue(text(listed.stderr()).contains("atoll: node 0: "), text(listed.stderr()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
