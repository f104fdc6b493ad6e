package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A VOS of two processes of the host, over each of what can carry its messages. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class TransportsTest {

  private static final Path UNIX_SOCKETS = Path.of("/proc/net/unix");
  private static final int CUTS = 5;
  private static final byte[] PIECE = new byte[300_000];

  /** A pipe through the other node, and then a program there that does not end by itself. */
  private static final String SCRIPT =
      "echo ready; onnode 1 cat | wc -c; onnode 1 sh -c 'echo busy; while :; do :; done'; echo $?";

  private final AtollCommand command = AtollCommand.ofThisBuild();
  private final List<Process> started = new ArrayList<>();

  @BeforeAll
  void build() {
    command.prepare();
  }

  @AfterEach
  void endThem() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    started.clear();
  }

  private Process run(String transport, String script) throws IOException {
    Process node0 =
        command
            .launcher("run", "--nodes", "2", "--transport", transport, "--", "sh", "-c", script)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    started.add(node0);
    return node0;
  }

  /** One VOS for all of it, for its start is what takes the time. */
  @ParameterizedTest
  @ValueSource(strings = {"shm", "unix", "tcp"})
  void cutsLoseNothingAndAKilledNodeIsMissedAtOnceAndNothingIsLeftBehind(String transport)
      throws Exception {
    Process node0 = run(transport, SCRIPT);
    BufferedReader output = node0.inputReader(StandardCharsets.UTF_8);
    assertEquals("ready", output.readLine());
    List<ProcessHandle> all = new ArrayList<>(node0.descendants().toList());
    all.add(node0.toHandle());
    Set<String> names = names(all);
    assertEquals(transport.equals("tcp"), names.isEmpty());
    writeWhileItIsCut(node0);
    assertEquals(String.valueOf(CUTS * PIECE.length), output.readLine());
    assertEquals("busy", output.readLine());
    node1(node0).destroyForcibly();
    assertEquals("137", output.readLine());
    assertEquals(0, node0.waitFor());
    List<String> left = Files.readAllLines(UNIX_SOCKETS);
    assertTrue(left.stream().noneMatch(row -> names.contains(name(row))), left::toString);
  }

  private static void writeWhileItIsCut(Process node0) throws IOException {
    LinkCutter cutter = new LinkCutter(node0.pid());
    try (OutputStream input = node0.getOutputStream()) {
      for (int i = 0; i < CUTS; i++) {
        input.write(PIECE);
        input.flush();
        cutter.cut(1);
      }
    }
  }

  @Test
  void aVosThatIsKilledLeavesNothingBehind() throws Exception {
    Process node0 = run("shm", "onnode 1 sh -c 'echo ready; while :; do :; done'");
    assertEquals("ready", node0.inputReader(StandardCharsets.UTF_8).readLine());
    List<ProcessHandle> all = new ArrayList<>(node0.descendants().toList());
    all.add(node0.toHandle());
    Set<String> names = names(all);
    assertFalse(names.isEmpty());
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : all) {
      process.onExit().get();
    }
    List<String> left = Files.readAllLines(UNIX_SOCKETS);
    assertTrue(left.stream().noneMatch(row -> names.contains(name(row))), left::toString);
  }

  @Test
  void anUnknownTransportIsOneLine() throws Exception {
    Process node0 = run("pigeon", "echo started");
    assertEquals(125, node0.waitFor());
    assertEquals(
        List.of("atoll: --transport takes auto, shm, unix or tcp, and not 'pigeon'"),
        node0.errorReader(StandardCharsets.UTF_8).lines().toList());
    assertFalse(node0.inputReader(StandardCharsets.UTF_8).ready());
  }

  /** The names of the sockets that processes have. */
  private static Set<String> names(List<ProcessHandle> processes) throws IOException {
    Set<String> inodes = new HashSet<>();
    for (ProcessHandle process : processes) {
      try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
        for (Path descriptor : open.toList()) {
          inodes.add(inode(descriptor));
        }
      }
    }
    Set<String> names = new HashSet<>();
    for (String row : Files.readAllLines(UNIX_SOCKETS)) {
      if (row.contains("@atoll-") && inodes.contains(row.strip().split("\\s+")[6])) {
        names.add(name(row));
      }
    }
    return names;
  }

  /** The number of the socket that a descriptor is, or was until it was closed meanwhile. */
  private static String inode(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString().replaceAll("\\D", "");
    } catch (NoSuchFileException closed) {
      return "";
    }
  }

  /** The last word of a row of /proc/net/unix. */
  private static String name(String row) {
    return row.substring(row.lastIndexOf(' ') + 1);
  }

  private static ProcessHandle node1(Process node0) throws IOException {
    for (ProcessHandle child : node0.descendants().toList()) {
      Path line = Path.of("/proc/" + child.pid() + "/cmdline");
      if (Files.readString(line, StandardCharsets.ISO_8859_1).contains("member\0--id\u00001")) {
        return child;
      }
    }
    throw new AssertionError("no process of node 1");
  }
}
