package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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

/** Services of one's own, and what happens to a VOS whose services are killed and updated. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class ServiceTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** A service with a file "value"; VALUE and READ are what a test puts there. */
  private static final String SOURCE =
      """
      import org.atoll.abi.StateReader;
      import org.atoll.abi.StateWriter;
      import org.atoll.abi.Turn;
      import org.atoll.libsys.files.FileTree;
      import org.atoll.libsys.files.Listing;

      public final class Counting implements FileTree {
        private long reads;

        @Override
        public void list(Turn turn, String folder, Listing into) {
          into.file("value", 0444);
        }

        @Override
        public int read(Turn turn, String path, long offset, byte[] into) {
          if (offset == 0) {
            reads++;
          }
          READ
          return FileTree.part("VALUE " + reads + "\\n", offset, into);
        }

        @Override
        public void save(StateWriter out) {
          out.version(1).writeLong(reads);
        }

        @Override
        public void load(StateReader in) {
          in.version(1);
          reads = in.readLong();
        }
      }
      """;

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;
  private Path file = Path.of("");
  private List<LiveVos> started = List.of();

  @BeforeAll
  void build() {
    command.prepare();
  }

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("Counting.java");
    write("one", "");
  }

  @AfterEach
  void end() {
    started.forEach(LiveVos::close);
  }

  private void write(String value, String read) throws IOException {
    Files.writeString(file, SOURCE.replace("VALUE", value).replace("READ", read));
  }

  private LiveVos vos() {
    return vos("run", "--service", file.toString());
  }

  private LiveVos vos(String... words) {
    ProcessBuilder run = command.launcher(words);
    run.command().addAll(List.of("--mount", "counting:/mnt/c", "--", "sh"));
    run.directory(folder.toFile());
    LiveVos vos = LiveVos.start(run, folder);
    started = Stream.concat(started.stream(), Stream.of(vos)).toList();
    vos.run(":");
    return vos;
  }

  private Outcome service(String... words) {
    ProcessBuilder asked = command.launcher();
    asked.command().add("service");
    asked.command().addAll(List.of(words));
    asked.environment().put("XDG_RUNTIME_DIR", folder.toString());
    return command.run(asked, LIMIT);
  }

  private void done(String... words) {
    Outcome outcome = service(words);
    assertEquals("", outcome.err());
    assertEquals(0, outcome.status());
  }

  @Test
  void anUpdateCarriesTheStateOverAndAMistakeChangesNothing() throws IOException {
    LiveVos vos = vos();
    assertEquals("one 1\n", vos.run("cat /mnt/c/value"));
    write("two", "");
    done("update", "counting");
    assertEquals("two 2\n", vos.run("cat /mnt/c/value"));
    write("three", "not java");
    Outcome broken = service("update", "counting");
    assertEquals(125, broken.status());
    assertTrue(broken.err().contains("Counting.java:20: error: ';' expected"), broken.err());
    write("four", "if (System.nanoTime() == 0) { return 0; }");
    Outcome refused = service("update", "counting");
    assertEquals(125, refused.status());
    assertTrue(
        refused.err().contains("Counting.read uses java.lang.System.nanoTime"), refused.err());
    assertEquals("two 3\n", vos.run("cat /mnt/c/value"));
  }

  @Test
  void aServiceThatThrowsBeginsAnewAndItsReaderGetsOneError() throws IOException {
    write("one", "if (reads == 2) { throw new IllegalStateException(\"at two\"); }");
    LiveVos vos = vos();
    assertEquals("one 1\n", vos.run("cat /mnt/c/value"));
    String failed = vos.run("read word rest < /mnt/c/value; echo status $?");
    assertTrue(failed.contains("status 1"), failed);
    assertTrue(failed.contains("(counting) failed in the request READ: at two"), failed);
    assertEquals("one 1\n", vos.run("cat /mnt/c/value"));
    String table = service("ls").out();
    assertTrue(table.lines().anyMatch(row -> row.matches("counting +.* 0 +1 +1 .*")), table);
  }

  @Test
  void aCheckpointedServiceThatFailsGoesOnWithWhatItKept() throws IOException {
    String source = Files.readString(file);
    String marked = source.replace("FileTree {", "FileTree, org.atoll.libsys.files.Checkpointed {");
    Files.writeString(file, marked);
    LiveVos vos = vos();
    assertEquals("one 1\n", vos.run("cat /mnt/c/value"));
    done("kill", "counting");
    assertEquals("one 2\n", vos.run("cat /mnt/c/value"));
    done("restart", "counting");
    assertEquals("one 1\n", vos.run("cat /mnt/c/value"));
  }

  @Test
  void theShellGoesOnWithoutItsConsoleAndProcfs() {
    LiveVos vos = vos();
    vos.run("cd /proc/self; exec 3< /proc/uptime");
    for (String name : List.of("console", "procfs", "ds", "is", "counting")) {
      done("kill", name);
      done("restart", name);
    }
    assertEquals("0\n", vos.run("cat <&3 > /dev/null; ls /proc/1 > /dev/null; echo $?"));
    assertEquals("one 1\n", vos.run("cat /mnt/c/value"));
    vos.type("exit 7");
    assertEquals(7, vos.end(LIMIT).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pm", "vm", "vfs", "tmpfs", "rs"})
  void theLossOfWhatHasTheStateEndsTheVosWithOneLine(String name) {
    LiveVos vos = vos();
    Outcome restarted = service("restart", name);
    assertTrue(restarted.err().contains("would end the VOS"), restarted.err());
    done("update", name);
    assertEquals("one 1\n", vos.run("cat /mnt/c/value"));
    service("kill", name);
    Outcome outcome = vos.end(LIMIT);
    assertEquals(125, outcome.status());
    assertEquals(1, outcome.out().lines().count(), outcome.out());
    assertTrue(outcome.out().contains("(" + name + ") was killed and ends"), outcome.out());
  }

  @Test
  void oneVosNeedsNoNameAndOfSeveralOneHasToBeNamed() {
    assertTrue(service("ls").err().contains("no VOS of yours runs"));
    LiveVos first = vos();
    assertEquals(0, service("ls").status());
    LiveVos second = vos();
    Outcome asked = service("ls");
    assertEquals(125, asked.status());
    assertTrue(asked.err().contains(first.pid() + ""), asked.err());
    assertEquals(0, service("ls", "--vos", second.pid() + "").status());
    first.type("exit");
    assertEquals(0, first.end(LIMIT).status());
    assertEquals(0, service("ls").status());
    second.close();
    assertEquals(125, service("ls", "--vos", second.pid() + "").status());
  }

  @Test
  void whatCannotBeLoadedIsSaidBeforeAnythingBoots() throws IOException {
    write("one", "oops");
    Outcome broken = command.launch(LIMIT, "run", "--service", file.toString(), "true");
    assertEquals(125, broken.status());
    assertTrue(broken.err().contains("Counting.java:20: error"), broken.err());
    Outcome missing = command.launch(LIMIT, "run", "--service", "/none.java", "true");
    assertEquals("atoll: /none.java: no such file or folder\n", missing.err());
    Outcome unmounted = command.launch(LIMIT, "run", "--mount", "none:/mnt", "true");
    assertEquals(125, unmounted.status());
    assertEquals("atoll: no service none to mount\n", unmounted.err());
  }

  @Test
  void aTraceNamesTheCallsOfAnOwnProtocolAndOtherNodesReachIt() throws IOException {
    write("one", "");
    String protocol =
        """
        enum Call implements org.atoll.abi.ProtocolCall {
          TWICE(0x4000, "number", "double");
          private final int number;
          private final org.atoll.abi.Signature signature;
          Call(int number, String request, String answer) {
            this.number = number;
            this.signature = org.atoll.abi.Signature.of(request, answer);
          }
          public int number() { return number; }
          public org.atoll.abi.Signature signature() { return signature; }
        }

        @Override
        public void request(Turn turn, long request, org.atoll.abi.Message m) {
          turn.reply(request, 2 * m.w0);
        }

        private long reads;
        """;
    Files.writeString(file, Files.readString(file).replace("private long reads;", protocol));
    Path trace = folder.resolve("trace.txt");
    LiveVos vos =
        vos("trace", "--nodes", "2", "-o", trace.toString(), "--service", file.toString());
    Outcome called = service("call", "counting", "TWICE", "21");
    assertEquals("double=42\n", called.out(), called.err());
    assertEquals("one 1\n", vos.run("onnode 1 cat /mnt/c/value"));
    assertTrue(service("call", "counting", "THRICE", "1").err().contains("but [TWICE]"));
    assertTrue(service("call", "counting", "TWICE").err().contains("takes 1 words"));
    vos.type("exit");
    assertEquals(0, vos.end(LIMIT).status());
    List<String> lines = Files.readAllLines(trace);
    assertTrue(lines.stream().anyMatch(line -> line.contains("(counting) TWICE number=21")));
    assertTrue(lines.stream().anyMatch(line -> line.contains("(counting) TWICE double=42")));
  }

  @Test
  void theSimulatorSwapsAServiceOfOnesOwnToo() {
    String script = "for i in 1 2 3; do cat /mnt/c/value; done";
    String[] words = {
      "sim",
      "--seed",
      "5",
      "--swap",
      "2",
      "--service",
      file.toString(),
      "--mount",
      "counting:/mnt/c",
      "--",
      "sh",
      "-c",
      script
    };
    Outcome outcome = command.launch(LIMIT, words);
    assertEquals("one 1\none 2\none 3\n", outcome.out(), outcome.err());
    assertFalse(outcome.err().contains("failed"), outcome.err());
  }
}
