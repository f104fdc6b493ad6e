package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Where the command is started from, and by whom: it works, or says what is in its way. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurroundingsTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;

  @BeforeAll
  void build() {
    command.prepare();
  }

  private void prints(String expected, ProcessBuilder builder) {
    Outcome outcome = command.run(builder, LIMIT);
    assertEquals(expected, outcome.out(), outcome.err());
    assertEquals(0, outcome.status());
  }

  @Test
  void aLinkToTheLauncherWorksFromAnyFolder() throws IOException {
    Path link =
        Files.createSymbolicLink(folder.resolve("first"), AtollCommand.root().resolve("atoll"));
    Files.createSymbolicLink(folder.resolve("second"), link.getFileName());
    ProcessBuilder builder = command.launcher("run", "echo", "hi");
    List<String> words = List.of("./second", "run", "echo", "hi");
    prints("hi\n", builder.command(words).directory(folder.toFile()));
    Files.delete(link);
  }

  @Test
  void aFolderWithSpacesInItsNameIsAFolder() throws IOException {
    Path root = folder.resolve("a folder  with spaces");
    Path built = AtollCommand.root().resolve("userland/atoll/target");
    Path target = Files.createDirectories(root.resolve("userland/atoll/target"));
    Files.createDirectory(target.resolve("lib"));
    try (Stream<Path> jars = Files.list(built.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, target.resolve("lib").resolve(jar.getFileName()));
      }
    }
    Files.writeString(target.resolve("atoll.aot"), "no cache at all, but newer than every jar");
    Path launcher = Files.copy(AtollCommand.root().resolve("atoll"), root.resolve("atoll"));
    ProcessBuilder builder = command.launcher();
    prints(
        "hi\n",
        builder.command(launcher.toString(), "run", "--nodes", "2", "onnode", "1", "echo", "hi"));
  }

  @Test
  void twoVosesSideBySideDoNotMeet() throws Exception {
    ProcessBuilder first =
        command.launcher("run", "--nodes", "2", "sh", "-c", "echo ready; onnode 1 cat");
    Process other = first.redirectInput(ProcessBuilder.Redirect.PIPE).start();
    try {
      assertEquals("ready", other.inputReader().readLine());
      String script = "onnode 1 vps | grep -c ' cat$'; true";
      prints("0\n", command.launcher("run", "--nodes", "2", "sh", "-c", script));
    } finally {
      other.getOutputStream().close();
      assertEquals(0, other.waitFor());
    }
  }

  @Test
  void withoutAHomeThereIsThePasswordFiles() {
    ProcessBuilder builder = command.launcher("run", "sh", "-c", "echo $HOME");
    builder.environment().remove("HOME");
    prints("/root\n", builder);
  }

  @Test
  void aCacheThatCannotBeMadeIsNamed() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("file"), "");
    ProcessBuilder builder = command.launcher("run", "true");
    builder.environment().put("XDG_CACHE_HOME", inTheWay.toString());
    Outcome outcome = command.run(builder, LIMIT);
    assertEquals(125, outcome.status());
    String expected = "atoll: cannot make " + inTheWay + "/atoll/images, where images are kept";
    assertTrue(outcome.err().contains(expected), outcome.err());
  }

  @Test
  void anImageThatIsDamagedIsNamed() throws IOException {
    Path image = Files.writeString(folder.resolve("damaged.tar"), "x".repeat(9_999));
    Outcome outcome = command.launch(LIMIT, "run", "--image", image.toString(), "true");
    assertEquals(125, outcome.status());
    assertTrue(outcome.err().startsWith("atoll: " + image + " is no image"), outcome.err());
  }

  @Test
  void anImageWithoutAShellHasNone() {
    Outcome outcome = command.launch(LIMIT, "run", "--image", folder.toString());
    assertEquals(127, outcome.status());
    assertEquals("atoll: sh: not found\n", outcome.err());
  }
}
