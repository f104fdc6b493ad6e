package org.atoll.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Java programs of the guest: processes like any other. */
@Tag("system")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaProgramTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String CTRL_C = "\3";

  private final AtollCommand command = AtollCommand.ofThisBuild();
  private final Path examples = AtollCommand.root().resolve("userland/examples/java");

  @TempDir Path folder;

  @BeforeAll
  void build() {
    command.prepare();
  }

  private Outcome run(String... words) {
    List<String> line = List.of("run", "-v", examples + ":/e:ro", "-v", folder + ":/w", "--");
    String[] all = Arrays.copyOf(line.toArray(String[]::new), line.size() + words.length);
    System.arraycopy(words, 0, all, line.size(), words.length);
    return command.launch(LIMIT, all);
  }

  private Outcome shell(String script) {
    return run("sh", "-c", script);
  }

  private Path program(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aSourceRunsAsItsCommand() {
    Outcome outcome = run("java", "/e/Hello.java", "you", "me");
    assertEquals("", outcome.err());
    assertEquals("Hello, you and me!\n", outcome.out());
    assertEquals(0, outcome.status());
  }

  @Test
  void aScriptIsExecutedLikeAnyFile() throws IOException {
    Path script =
        program("script", "#!/usr/bin/java --source 25\nvoid main() { System.exit(7); }\n");
    assertTrue(script.toFile().setExecutable(true));
    assertEquals(7, run("/w/script").status());
  }

  @Test
  void classesAndJarsRunAsTheRealLauncherRunsThem() throws IOException {
    Outcome outcome = run("java", "-cp", "/w:/nowhere", "Nothing");
    assertEquals(
        "Error: Could not find or load main class Nothing\n"
            + "Caused by: java.lang.ClassNotFoundException: Nothing\n",
        outcome.err());
    assertEquals(1, outcome.status());
  }

  @Test
  void theCallsOfEachHeaderAnswerAsInC() throws IOException {
    try (InputStream source = resource("Headers.java");
        InputStream expected = resource("Headers.out")) {
      Files.write(folder.resolve("Headers.java"), source.readAllBytes());
      Outcome outcome = run("java", "/w/Headers.java");
      assertEquals(new String(expected.readAllBytes(), UTF_8), outcome.out(), outcome.err());
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(JavaProgramTest.class.getResourceAsStream("/java/" + name));
  }

  @Test
  void aProgramThatFillsTheHeapFailsAlone() throws IOException {
    program(
        "Fill.java",
        """
        void main() {
          var all = new java.util.ArrayList<Object>();
          while (true) {
            all.add(new int[10]);
          }
        }
        """);
    Outcome outcome = shell("java /w/Fill.java; echo $?; java /e/Hello.java");
    assertEquals("1\nHello, world!\n", outcome.out());
    assertTrue(outcome.err().contains("java.lang.OutOfMemoryError"), outcome.err());
  }

  @Test
  void itIsAPartOfAPipeline() {
    Outcome outcome =
        shell("echo one two | java /e/Cat.java | tr a-z A-Z; yes | java /e/Cat.java | head -2;");
    assertEquals("ONE TWO\ny\ny\n", outcome.out());
  }

  @Test
  void itStartsOtherProgramsAndWaitsForThem() {
    Outcome outcome = shell("java /e/Pipeline.java; ls / | sort -r | head -3");
    String[] lines = outcome.out().split("\n", -1);
    assertEquals(7, lines.length, outcome.out() + outcome.err());
    assertEquals(List.of(lines[3], lines[4], lines[5]), List.of(lines[0], lines[1], lines[2]));
  }

  @Test
  void aSpinnerLeavesTheShellAloneAndDiesByKill() throws IOException {
    program(
        "Spin.java",
        """
        class Spin {
          public static void main(String[] args) throws Exception {
            System.out.println("spinning");
            try {
              while (true) {}
            } catch (Throwable t) {
              while (true) {}
            } finally {
              while (true) {}
            }
          }
        }
        """);
    Outcome outcome =
        shell(
            """
            mkfifo /tmp/p; java /w/Spin.java >/tmp/p & read line </tmp/p; echo $line
            ps | grep -c '^ *[0-9]* root  *java /w/Spin.java'; kill -9 $!; wait $!; echo $?\
            """);
    assertEquals("spinning\n1\n137\n", outcome.out(), outcome.err());
  }

  @Test
  void anExceptionThatNobodyCatchesIsShownWithTheProgramsFramesAlone() throws IOException {
    program(
        "Boom.java",
        """
        void main() {
          throw new IllegalStateException("boom");
        }
        """);
    Outcome outcome = run("java", "/w/Boom.java");
    assertEquals(
        "Exception in thread \"main\" java.lang.IllegalStateException: boom\n"
            + "\tat Boom.main(Boom.java:2)\n",
        outcome.err());
    assertEquals(1, outcome.status());
  }

  @Test
  void whatJavacSaysIsSaid() throws IOException {
    program("Bad.java", "class Bad { int x = \"s\"; }\n");
    Outcome outcome = run("java", "/w/Bad.java");
    assertEquals(
        """
        /w/Bad.java:1: error: incompatible types: String cannot be converted to int
        class Bad { int x = "s"; }
                            ^
        1 error
        error: compilation failed
        """,
        outcome.err());
    assertEquals(1, outcome.status());
  }

  @Test
  void aStackThatOverflowsIsTheProgramsError() throws IOException {
    program(
        "Deep.java",
        """
        int depth;
        void deeper() { depth++; deeper(); }
        void main() {
          for (int i = 0; i < 30; i++) {
            try { deeper(); } catch (StackOverflowError e) { IO.print(depth > 1000 ? "." : "?"); }
          }
        }
        """);
    Outcome outcome = run("java", "/w/Deep.java");
    assertEquals(".".repeat(30), outcome.out(), outcome.err());
  }

  @Test
  void handlersRunOnTheProgramsThread() throws Exception {
    String e = examples + ":/e:ro";
    try (TerminalSession session = TerminalSession.ofAtoll("run", "-v", e, "--", "sh")) {
      session.pty().await("# ");
      session.line("java /e/Patience.java");
      session.pty().await("ready");
      for (int left = 2; left >= 0; left--) {
        session.pty().type(CTRL_C);
        session.pty().await("interrupted, " + left + " left");
      }
      session.pty().await("out of patience");
      session.pty().await("# ");
      session.line("sh -c 'echo sta\"\"rted; exec java /e/Cat.java'");
      session.pty().await("started");
      session.line("typed");
      session.pty().await("typed\r\ntyped");
      session.pty().type(CTRL_C);
      session.pty().await("# ");
      session.line("exit 0");
      assertEquals(0, session.awaitEnd());
    }
  }

  @Test
  void fiftyRunAtOnce() {
    Outcome outcome =
        shell(
            """
            cd /tmp; for i in $(seq 50); do java /e/Hello.java $i >out$i & done
            wait; cat out* | sort | uniq | wc -l\
            """);
    assertEquals("50\n", outcome.out(), outcome.err());
  }

  @Test
  void programsInJavaAndInCAskEachOther() {
    Path ipc = AtollCommand.root().resolve("userland/examples/ipc");
    for (String name : List.of("counter", "count")) {
      ProcessBuilder compiler =
          command.launcher("cc", ipc.resolve(name + ".c").toString(), "-o", name);
      assertEquals("", command.run(compiler.directory(folder.toFile()), LIMIT).err());
    }
    Outcome outcome =
        shell(
            """
            java /e/CounterServer.java & server=$!
            until /w/count user/counter 2>/dev/null >/dev/null; do sleep 0.05; done
            /w/count user/counter 1 2 3; java /e/Count.java user/counter 4 5
            java /e/CounterServer.java 2>&1 | head -1
            kill $server; wait $server 2>/dev/null
            /w/counter & until java /e/Count.java user/counter 2>/dev/null >/dev/null; do :; done
            java /e/Count.java user/counter 7; kill $!; wait 2>/dev/null
            java /e/Count.java user/counter; java /e/Count.java pm 1; java /e/Count.java nobody\
            """);
    assertEquals(
        """
        node 0: the sum is 6
        node 0: the sum is 15
        Exception in thread "main" org.atoll.posix.PosixException: user/counter: File exists
        node 0: the sum is 7
        """,
        outcome.out());
    assertEquals(
        """
        count: user/counter: No such file or directory
        count: sendrec: Function not implemented
        count: nobody: No such file or directory
        """,
        outcome.err().replace("Terminated\n", ""));
  }

  @Test
  void theSimulationRunsItTheSameEveryTime() throws IOException {
    program(
        "Chance.java",
        """
        import org.atoll.posix.Unistd;
        void main() {
          for (int i = 0; i < 3; i++) {
            IO.println(Math.random() + " " + System.nanoTime());
            for (int k = 0; k < 100_000; k++) {}
            Unistd.sleep(1);
          }
        }
        """);
    String source = Files.readString(folder.resolve("Chance.java")).replace("\n", " ");
    String script = "echo '" + source + "' >/tmp/C.java; java /tmp/C.java & java /tmp/C.java; wait";
    assertEquals(simulated(script), simulated(script));
  }

  private List<String> simulated(String script) throws IOException {
    Path trace = folder.resolve("trace");
    Outcome outcome =
        command.launch(LIMIT, "sim", "--seed=7", "--trace=" + trace, "--", "sh", "-c", script);
    assertEquals("", outcome.err());
    assertEquals(6, outcome.out().lines().count());
    return List.of(outcome.out(), Files.readString(trace));
  }
}
