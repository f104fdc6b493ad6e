package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** Services that do not return: they are ended, and nobody else notices. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LoopingServiceTest {

  private static final String SOURCE =
      """
      import java.util.*;
      import java.util.function.*;
      import java.util.stream.*;
      import org.atoll.abi.*;
      import org.atoll.libsys.files.*;

      public final class Looping implements FileTree {
        private final List<byte[]> kept = new ArrayList<>();
        private long reads;

        public Looping() { MAKING }

        private int deep(int n) { return n + deep(n + 1); }

        public void list(Turn turn, String folder, Listing into) {
          for (String name : List.of("value", "loop", "sort", "deep", "leak", "hang")) {
            into.file(name, 0444);
          }
        }

        public int read(Turn turn, String path, long offset, byte[] into) {
          reads += offset == 0 ? 1 : 0;
          switch (path) {
            case "loop" -> { while (true) { try { reads++; } catch (Throwable t) { reads--; } } }
            case "sort" -> { while (true) { Arrays.sort(new int[1 << 16]); } }
            case "deep" -> deep(1);
            case "leak" -> { while (true) { kept.add(new byte[1 << 24]); } }
            case "hang" -> Stream.iterate(1, UnaryOperator.identity()).anyMatch(Objects::isNull);
            default -> {}
          }
          return FileTree.part(reads + "\\n", offset, into);
        }

        public void save(StateWriter out) { out.version(1).writeLong(reads); }

        public void load(StateReader in) { in.version(1); LOADING reads = in.readLong(); }
      }
      """;

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;
  private Path file = Path.of("");
  private ServiceDesk desk = new ServiceDesk(command, Path.of(""));

  @BeforeAll
  void build() {
    command.prepare();
  }

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("Looping.java");
    desk = new ServiceDesk(command, folder);
    write("", "");
  }

  @AfterEach
  void end() {
    desk.close();
  }

  private void write(String place, String statements) throws IOException {
    Files.writeString(
        file,
        SOURCE
            .replace("LOADING", place.equals("LOADING") ? statements : "")
            .replace("MAKING", place.equals("MAKING") ? statements : ""));
  }

  private LiveVos vos() {
    return vos(1);
  }

  private LiveVos vos(int nodes) {
    String n = String.valueOf(nodes);
    return desk.start("run", "--nodes", n, "--service", file.toString(), "--mount", "looping:/mnt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loop|Looping.read does not return: more than",
        "sort|Looping.read does not return: more than 500 ms in one turn",
        "deep|Looping calls itself too deep",
        "leak|Looping needs more memory than the node has",
      })
  void itsCallerGetsOneErrorAndTheOthersTheirAnswers(String name, String line) {
    LiveVos vos = vos();
    assertEquals("1\n", vos.run("read word < /mnt/value; echo $word"));
    vos.run("ls -lR /proc /mnt > /tmp/list 2>&1 & other=$!");
    String failed = vos.run("read word < /mnt/" + name + "; echo status $?; wait $other; echo $?");
    assertTrue(failed.contains("failed in the request READ: " + line), failed);
    assertTrue(failed.endsWith("status 1\n0\n"), failed);
    assertEquals("1\n", vos.run("read word < /mnt/value; echo $word"));
    assertEquals(1, desk.restarts("looping"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aCallOfTheJdkThatDoesNotReturnEndsTheVosWithOneLine(int nodes) {
    LiveVos vos = vos(nodes);
    List<ProcessHandle> all = vos.processes();
    vos.type("cat /mnt/hang");
    Outcome outcome = vos.end(ServiceDesk.LIMIT);
    assertEquals(125, outcome.status());
    assertEquals(1, outcome.out().lines().count(), outcome.out());
    assertTrue(outcome.out().contains(", called by Looping.read, which cannot"), outcome.out());
    all.forEach(process -> process.onExit().join());
  }

  @ParameterizedTest
  @CsvSource({"MAKING,Looping.<init>", "LOADING,Looping.load"})
  void anUpdateToWhatDoesNotReturnIsRefusedAndTheOldOneStays(String place, String method)
      throws IOException {
    LiveVos vos = vos();
    assertEquals("1\n", vos.run("cat /mnt/value"));
    write(place, "while (kept.isEmpty()) {}");
    Outcome refused = desk.service("update", "looping");
    assertTrue(refused.err().contains(method + " does not return"), refused.err());
    assertEquals(125, refused.status());
    assertEquals("2\n", vos.run("cat /mnt/value"));
  }

  @Test
  void whatCannotBeStartedLeavesItsNameFree() throws IOException {
    LiveVos vos = desk.start("run");
    write("MAKING", "while (kept.isEmpty()) {}");
    Outcome refused = desk.service("start", file.toString());
    assertEquals(125, refused.status());
    assertTrue(refused.err().contains("service looping: it cannot be made"), refused.err());
    write("", "");
    desk.done("start", file.toString());
    assertEquals(0, desk.restarts("looping"));
    vos.type("exit 7");
    assertEquals(7, vos.end(ServiceDesk.LIMIT).status());
  }

  @Test
  void aServiceThatCannotBeMadeAtTheStartIsOneLine() throws IOException {
    write("MAKING", "while (kept.isEmpty()) {}");
    Outcome refused =
        command.launch(ServiceDesk.LIMIT, "run", "--service", file.toString(), "--", "true");
    assertEquals(125, refused.status());
    assertEquals(1, refused.err().lines().count(), refused.err());
    assertTrue(refused.err().contains("Looping.<init> does not return"), refused.err());
  }

  @Test
  void aCallOfTheJdkThatDoesNotReturnEndsASimulationWithOneLine() {
    Outcome outcome =
        command.launch(
            ServiceDesk.LIMIT,
            "sim",
            "--service",
            file.toString(),
            "--mount",
            "looping:/mnt",
            "--",
            "cat",
            "/mnt/hang");
    assertEquals(125, outcome.status());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains(", called by Looping.read, which cannot"), outcome.err());
  }

  @Test
  void aSimulatedLoopEndsAtTheSamePollInEveryRun() {
    String script = "cat /mnt/value; cat /mnt/loop; cat /mnt/value";
    String[] words = {
      "sim",
      "--seed",
      "5",
      "--service",
      file.toString(),
      "--mount",
      "looping:/mnt",
      "--",
      "sh",
      "-c",
      script
    };
    Outcome first = command.launch(ServiceDesk.LIMIT, words);
    assertEquals("1\n1\n", first.out(), first.err());
    assertTrue(first.err().contains("more than 268,435,456 jumps and calls"), first.err());
    Outcome second = command.launch(ServiceDesk.LIMIT, words);
    assertEquals(first.out() + first.err(), second.out() + second.err());
  }
}
