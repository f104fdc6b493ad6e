package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * When the launcher builds, and what is left when it is ended: in a source tree of two modules,
 * with scripts in the places of Maven and Java.
 */
@Tag("system")
@Timeout(300)
class LauncherTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** Counts, says its number, does what the test has written into a file, and makes a jar. */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo $$ >>"$TREE/built"
      [ ! -e "$TREE/during" ] || . "$TREE/during"
      mkdir -p "$TREE/userland/atoll/target/lib" "$TREE/kernel/abi/target/classes"
      wc -l <"$TREE/built" >"$TREE/userland/atoll/target/lib/atoll.jar"
      : >"$TREE/kernel/abi/target/classes/Made.class"
      """;

  @TempDir Path folder;
  private Path tree;
  private Path source;

  @BeforeEach
  void makeATree() throws IOException {
    tree = Files.createDirectory(folder.resolve("a tree"));
    for (String room : List.of("kernel", "hypercall", "drivers", "servers", "libposix")) {
      Files.createDirectory(tree.resolve(room));
    }
    source = write(tree.resolve("kernel/abi/src/main/java/Source.java"), "class Source {}");
    write(tree.resolve("userland/atoll/src/main/java/Main.java"), "class Main {}");
    write(tree.resolve("pom.xml"), "<project/>");
    script(tree.resolve("atoll"), Files.readString(AtollCommand.root().resolve("atoll")));
    script(folder.resolve("bin/mvn"), MAVEN);
    script(folder.resolve("jdk/bin/java"), "#!/bin/sh\necho java\n");
    script(folder.resolve("jdk/bin/javac"), "#!/bin/sh\n");
    write(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static void script(Path file, String text) throws IOException {
    Files.setPosixFilePermissions(write(file, text), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** What the next build does before it makes anything. */
  private void during(String script) throws IOException {
    write(tree.resolve("during"), script + "\n");
  }

  private ProcessBuilder launcher() {
    ProcessBuilder builder = new ProcessBuilder(tree.resolve("atoll").toString(), "run");
    Map<String, String> environment = builder.environment();
    environment.remove("ATOLL_NO_BUILD");
    environment.put("ATOLL_JAVA_HOME", folder.resolve("jdk").toString());
    environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("TREE", tree.toString());
    return builder.redirectErrorStream(true);
  }

  private Outcome start() {
    return AtollCommand.ofThisBuild().run(launcher(), LIMIT);
  }

  private void startsWell() {
    Outcome outcome = start();
    assertEquals(0, outcome.status(), outcome.out());
    assertTrue(outcome.out().endsWith("java\n"), outcome.out());
  }

  private List<String> builds() throws IOException {
    Path built = tree.resolve("built");
    return Files.exists(built) ? Files.readAllLines(built) : List.of();
  }

  private void assertBuilds(int count) throws IOException {
    assertEquals(count, builds().size());
  }

  /** Waits for the build that was started as the {@code count}th. */
  private ProcessHandle awaitBuild(int count) throws IOException {
    while (builds().size() < count) {
      Thread.onSpinWait();
    }
    return ProcessHandle.of(Long.parseLong(builds().get(count - 1))).orElseThrow();
  }

  @Test
  void itBuildsOnceAndNotAgain() throws IOException {
    startsWell();
    startsWell();
    assertBuilds(1);
  }

  @Test
  void whatDoesNotChangeASourceBuildsNothing() throws IOException {
    startsWell();
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3_600)));
    write(tree.resolve("kernel/abi/src/test/java/SourceTest.java"), "class SourceTest {}");
    write(tree.resolve("kernel/abi/README.md"), "abi");
    startsWell();
    assertBuilds(1);
  }

  @Test
  void aTreeThatIsBuiltIsOnlyRead() throws IOException {
    startsWell();
    String before = timesOfAllFiles();
    startsWell();
    assertEquals(before, timesOfAllFiles());
  }

  private String timesOfAllFiles() throws IOException {
    StringBuilder times = new StringBuilder();
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted().toList()) {
        times.append(file).append(' ').append(Files.getLastModifiedTime(file)).append('\n');
      }
    }
    return times.toString();
  }

  @Test
  void aVosThatRunsKeepsTheJarsItHasOpened() throws IOException {
    startsWell();
    Path jar = tree.resolve("userland/atoll/target/lib/atoll.jar");
    try (InputStream open = Files.newInputStream(jar)) {
      Files.writeString(source, "class Other {}");
      startsWell();
      assertEquals("2\n", Files.readString(jar));
      assertEquals("1\n", new String(open.readAllBytes(), StandardCharsets.US_ASCII));
    }
  }

  @Test
  void aSourceThatIsAnotherOneIsBuiltAlsoWhenItIsOlder() throws IOException {
    startsWell();
    Files.writeString(source, "class Other {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
    startsWell();
    assertBuilds(2);
  }

  @Test
  void aSourceThatIsGoneOrMovedIsBuilt() throws IOException {
    Path more = write(tree.resolve("kernel/abi/src/main/java/More.java"), "class More {}");
    startsWell();
    Files.move(more, more.resolveSibling("Moved.java"));
    startsWell();
    assertBuilds(2);
    Files.delete(more.resolveSibling("Moved.java"));
    startsWell();
    assertBuilds(3);
  }

  @Test
  void theClassesOfAModuleThatHasChangedAreMadeAnew() throws IOException {
    startsWell();
    Path kept = write(tree.resolve("userland/atoll/target/classes/Main.class"), "");
    Path stale = write(tree.resolve("kernel/abi/target/classes/Deleted.class"), "");
    Files.writeString(source, "class Other {}");
    startsWell();
    assertTrue(Files.exists(kept));
    assertFalse(Files.exists(stale));
  }

  @Test
  void aBuildThatFailsIsToldAndBegunAnew() throws IOException {
    during("echo '[ERROR] no'; exit 1");
    Outcome failed = start();
    assertEquals(125, failed.status());
    assertTrue(failed.out().contains("[ERROR] no\natoll: the build failed"), failed.out());
    during(":");
    startsWell();
    assertBuilds(2);
  }

  @Test
  void twoFirstStartsAtOnceBuildOnce() throws Exception {
    Process pipe = new ProcessBuilder("mkfifo", tree.resolve("gate").toString()).start();
    assertEquals(0, pipe.waitFor());
    during("read -r go <\"$TREE/gate\"");
    Process first = launcher().start();
    awaitBuild(1);
    Process second = launcher().start();
    assertTrue(second.inputReader().readLine().startsWith("atoll: waiting for another build"));
    Files.writeString(tree.resolve("gate"), "go\n");
    assertEquals(0, first.waitFor());
    assertEquals(0, second.waitFor());
    assertEquals("java", second.inputReader().readLine());
    assertBuilds(1);
  }

  @Test
  void aBuildEndsWithTheLauncherAndIsBegunAnewFromNothing() throws Exception {
    Path stale = write(tree.resolve("userland/atoll/target/classes/Half.class"), "");
    during("exec sleep 1000");
    Process launcher = launcher().start();
    ProcessHandle maven = awaitBuild(1);
    write(stale, "half");
    launcher.destroyForcibly();
    maven.onExit().get(60, TimeUnit.SECONDS);
    during(":");
    startsWell();
    assertBuilds(2);
    assertFalse(Files.exists(stale));
  }
}
