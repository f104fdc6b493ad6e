package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial, executed as it stands: sources are written where it says, what follows {@code $} is
 * run on the host, what follows {@code #} is typed into the VOS, and the output must be the page's.
 */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class TutorialTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String FENCE = "```";

  /** A fence with a language and the name of a file. */
  private static final Pattern SOURCE = Pattern.compile(FENCE + "[a-z]+ (\\S+)");

  private static final String CONSOLE = FENCE + "console";
  private static final String HOST = "$ ";
  private static final String GUEST = "# ";

  private final AtollCommand command = AtollCommand.ofThisBuild();

  private Path folder = Path.of("");

  @BeforeAll
  void build() {
    command.prepare();
  }

  @BeforeEach
  void use(@TempDir Path fresh) {
    folder = fresh;
  }

  @Test
  void yourOwnServerWorksAsThePageSays() throws IOException {
    follow("your-own-server.md");
  }

  @Test
  void yourOwnSchedulerWorksAsThePageSays() throws IOException {
    follow("your-own-scheduler.md");
  }

  private void follow(String name) throws IOException {
    Path page = AtollCommand.root().resolve("docs/tutorial").resolve(name);
    Files.createSymbolicLink(folder.resolve("atoll"), AtollCommand.root().resolve("atoll"));
    Files.createDirectory(
        folder.resolve("run"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (Reader reader = new Reader()) {
      reader.read(Files.readAllLines(page));
      assertTrue(reader.prompts > 10, "the page has a session");
    }
  }

  /** Goes through the page; at most one VOS runs. */
  private final class Reader implements AutoCloseable {
    private @Nullable LiveVos vos;
    private int prompts;

    void read(List<String> lines) throws IOException {
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        Matcher source = SOURCE.matcher(line);
        if (source.matches() || line.equals(CONSOLE)) {
          int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
          List<String> block = lines.subList(i + 1, end);
          if (line.equals(CONSOLE)) {
            session(block);
          } else {
            Files.write(folder.resolve(source.group(1)), block);
          }
          i = end;
        }
      }
    }

    private void session(List<String> block) {
      for (int i = 0; i < block.size(); ) {
        String typed = block.get(i);
        List<String> expected = new ArrayList<>();
        for (i++; i < block.size() && !isPrompt(block.get(i)); i++) {
          expected.add(block.get(i));
        }
        prompts++;
        String said = typed.startsWith(HOST) ? host(typed.substring(2)) : guest(typed.substring(2));
        assertEquals(String.join("\n", expected), said.stripTrailing(), typed);
      }
    }

    private static boolean isPrompt(String line) {
      return line.startsWith(HOST) || line.startsWith(GUEST);
    }

    private String host(String line) {
      ProcessBuilder shell = command.launcher();
      shell.command("sh", "-c", line).directory(folder.toFile());
      shell.environment().put("XDG_RUNTIME_DIR", folder.resolve("run").toString());
      if (line.contains("atoll run")) {
        shell.command("sh", "-c", "exec " + line);
        vos = LiveVos.start(shell, folder.resolve("run"));
        return vos.run(":");
      }
      Outcome outcome = command.run(shell, LIMIT);
      assertEquals("", outcome.err(), line);
      assertEquals(0, outcome.status(), line);
      return outcome.out();
    }

    private String guest(String line) {
      LiveVos running = vos;
      if (running == null) {
        throw new AssertionError("no VOS runs for: " + line);
      }
      if (line.equals("exit")) {
        vos = null;
        running.type(line);
        Outcome outcome = running.end(LIMIT);
        assertEquals(0, outcome.status());
        return outcome.out();
      }
      return inTheVos(running.run(line));
    }

    /** The page shows apart what the VOS itself says in between: it depends on the machine. */
    private static String inTheVos(String said) {
      return said.lines()
          .filter(line -> !line.startsWith("atoll: "))
          .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
      if (vos != null) {
        vos.close();
      }
    }
  }
}
