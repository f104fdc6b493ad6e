package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees of the command itself: options, streams, exit statuses, one-line errors. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;

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
    assertEquals("atoll: nosuch: not found\n", missing.err());
    Outcome plain = command.launch(LIMIT, "run", "/etc/passwd");
    assertEquals(126, plain.status());
    assertEquals("atoll: /etc/passwd: Permission denied\n", plain.err());
  }

  @Test
  void aBadOptionIs125AndSaysWhich() {
    assertFails(125, "--nodez", "run", "--nodez", "2", "true");
    assertFails(125, "1 to 64", "run", "--nodes", "65", "true");
    assertFails(125, "'x'", "run", "--nodes", "x", "true");
    assertFails(125, "16 to", "run", "--memory", "15", "true");
    assertFails(125, "/nothing/here", "run", "--image", "/nothing/here", "true");
    assertFails(125, "there is no image nosuch", "run", "--image", "nosuch", "true");
    assertFails(125, "KEY=VALUE", "run", "-e", "NOVALUE", "true");
    assertFails(125, "subcommand");
  }

  @Test
  void aMisspeltWordIsAnsweredWithTheRightOne() {
    assertFails(125, "did you mean --nodes?", "run", "--nodse", "2", "true");
    assertFails(125, "did you mean run?", "rum", "true");
    assertFails(125, "did you mean inspect?", "image", "insepct", "base");
  }

  @Test
  void theVersionIsTheBuildsAndTheJdks() {
    Outcome version = command.launch(LIMIT, "--version");
    assertEquals(0, version.status());
    String expected = "atoll [0-9.]+(-SNAPSHOT)?\nJDK [0-9.]+.*\n";
    assertTrue(version.out().matches(expected), version.out());
    assertPrints(version.out(), "image", "ls", "--version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "trace",
        "sim",
        "image",
        "image build",
        "image ls",
        "image inspect",
        "image rm"
      })
  void everyCommandHasHelpWithExamples(String words) {
    Outcome help = command.run(command.launcher((words + " --help").strip().split(" ")), LIMIT);
    assertEquals(0, help.status());
    assertTrue(help.out().startsWith("Usage: atoll"), help.out());
    assertTrue(help.out().contains("Examples:\n  "), help.out());
    assertEquals("", help.err());
  }

  @Test
  void aTerminalThatIsInsistedOnMustBeThere() {
    assertFails(125, "the input device is not a TTY", "run", "-it", "true");
    assertFails(125, "the input device is not a TTY", "run", "--tty", "true");
    assertPrints("hi\n", "run", "-i", "--", "echo", "hi");
  }

  @Test
  void optionsEndWhereTheCommandBegins() {
    assertPrints("--help\n", "run", "echo", "--help");
    assertPrints("-- --nodes 3\n", "run", "--", "echo", "--", "--nodes", "3");
    assertFails(127, "atoll: -x: not found", "run", "--", "-x");
  }

  @Test
  void theEnvironmentIsWhatTheOptionsSayAndNothingOfTheHost() {
    String script = "echo \"$A|$B|$HOME|$USER\"";
    assertPrints("1=2||/root|\n", "run", "-e", "A=1=2", "-e", "B=", "--", "sh", "-c", script);
  }

  @Test
  void theCommandStartsInTheFolderThatIsAskedFor() {
    assertPrints("/usr/bin\n", "run", "-w", "/usr/bin", "--", "pwd");
    Outcome nowhere = command.launch(LIMIT, "run", "-w", "/nonexistent", "--", "pwd");
    assertEquals(125, nowhere.status());
    assertEquals(
        "atoll: working directory /nonexistent: No such file or directory\n", nowhere.err());
    assertPrints("/\n", "run", "pwd");
  }

  @Test
  void standardInputIsTheCommandsUpToItsEnd() throws IOException {
    Path input = Files.write(folder.resolve("input"), new byte[100_000]);
    ProcessBuilder counted = command.launcher("run", "--", "sh", "-c", "wc -c; cat | wc -c");
    Outcome outcome = command.run(counted.redirectInput(input.toFile()), LIMIT);
    assertEquals("100000\n0\n", outcome.out(), outcome.err());
  }

  @Test
  void aClosedStreamIsClosedForTheCommandToo() {
    assertEquals("1\n", shell("run -- sh -c 'cat; echo $?' <&- 2>&-").out());
    Outcome closed = shell("run -- sh -c 'echo hi || echo failed >&2' >&-");
    assertTrue(closed.err().endsWith("failed\n"), closed.err());
    assertEquals(4, shell("run -- sh -c 'exit 4' <&- >&- 2>&-").status());
    assertEquals(5, shell("run --nodes 2 -- onnode 1 sh -c 'exit 5' <&- >&- 2>&-").status());
  }

  @Test
  void aFullDiskIsTheCommandsToSee() {
    Outcome full = shell("run -- sh -c 'echo hi || echo failed >&2' >/dev/full");
    assertEquals(0, full.status());
    assertTrue(full.err().contains("No space left on device"), full.err());
    assertTrue(full.err().endsWith("failed\n"), full.err());
  }

  @Test
  void aReaderThatGoesAwayEndsTheCommandBySigpipe() {
    Outcome piped = shell("run -- yes | head -n 1; echo ${PIPESTATUS[0]}");
    assertEquals("y\n141\n", piped.out(), piped.err());
  }

  @Test
  void missingSystemCallsAreListed() {
    Outcome listed = command.launch(LIMIT, "run", "--report-missing", "--", "true");
    assertEquals(0, listed.status());
    assertTrue(listed.err().contains("atoll: node 0: "), listed.err());
  }

  private void assertPrints(String expected, String... words) {
    Outcome outcome = command.launch(LIMIT, words);
    assertEquals(expected, outcome.out(), outcome.err());
    assertEquals(0, outcome.status());
  }

  /** It prints nothing but one or two lines of error, the first with {@code part} in it. */
  private void assertFails(int status, String part, String... words) {
    Outcome outcome = command.launch(LIMIT, words);
    assertEquals(status, outcome.status(), outcome.err());
    assertTrue(outcome.err().startsWith("atoll: "), outcome.err());
    assertTrue(outcome.err().contains(part), outcome.err());
    assertTrue(outcome.err().lines().count() <= 2, outcome.err());
    assertEquals("", outcome.out());
  }

  /** The launcher with redirections, by the host's bash. */
  private Outcome shell(String line) {
    ProcessBuilder launcher = command.launcher();
    launcher.command("bash", "-c", "\"$0\" " + line, launcher.command().getFirst());
    return command.run(launcher, LIMIT);
  }
}
