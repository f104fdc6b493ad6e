package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Traces for other tools, and traces of some messages alone. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceFilesTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int ANSWER = 2;

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;

  @BeforeAll
  void build() {
    command.prepare();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> events(Path file) throws IOException {
    return (List<Map<String, Object>>) TestJson.parse(Files.readString(file));
  }

  private static Set<Object> all(List<Map<String, Object>> events, String phase, String member) {
    return events.stream()
        .filter(event -> phase.equals(event.get("ph")))
        .map(event -> event.get(member))
        .collect(Collectors.toSet());
  }

  private static void assertArrowsMatch(List<Map<String, Object>> events) {
    Set<Object> starts = all(events, "s", "id");
    assertFalse(starts.isEmpty());
    assertEquals(starts, all(events, "f", "id"));
    Set<Object> named = new HashSet<>();
    for (Map<String, Object> event : events) {
      if ("thread_name".equals(event.get("name"))) {
        named.add(event.get("tid"));
      }
    }
    assertTrue(named.containsAll(all(events, "X", "tid")), "every slice is on a named track");
  }

  @Test
  void aTraceOfTwoNodesIsEventsAndPackets() throws IOException {
    Path chrome = folder.resolve("two.json");
    Path pcap = folder.resolve("two.pcap");
    Outcome traced =
        command.launch(
            LIMIT,
            "trace",
            "--nodes",
            "2",
            "--hypercalls",
            "--chrome=" + chrome,
            "--pcap=" + pcap,
            "--",
            "onnode",
            "1",
            "echo",
            "hi");
    assertEquals("hi\n", traced.out(), traced.err());
    assertEquals("", traced.err());
    List<Map<String, Object>> events = events(chrome);
    assertArrowsMatch(events);
    assertEquals(Set.of("1", "2"), all(events, "X", "pid"));
    assertTrue(all(events, "X", "name").containsAll(Set.of("WRITE", "STREAM_WRITE")));
    assertPacketsAreSortedAndAnswered(ByteBuffer.wrap(Files.readAllBytes(pcap)));
  }

  private static void assertPacketsAreSortedAndAnswered(ByteBuffer file) {
    file.order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0xa1b23c4d, file.getInt(0));
    assertEquals(147, file.getInt(20));
    List<Long> times = new ArrayList<>();
    Set<Integer> nodes = new TreeSet<>();
    Set<Long> asked = new HashSet<>();
    int at = 24;
    while (at < file.limit()) {
      times.add(file.getInt(at) * 1_000_000_000L + file.getInt(at + 4));
      int frame = at + 24;
      nodes.add((int) file.getShort(at + 16));
      assertEquals(2, file.get(frame + 1), "version of the wire's format");
      if (file.get(frame) == 1) {
        asked.add(file.getLong(frame + 8));
      } else if (file.get(frame) == ANSWER) {
        assertTrue(asked.contains(file.getLong(frame + 8)), "an answer has a request before it");
      }
      at += 16 + file.getInt(at + 8);
    }
    assertEquals(times.stream().sorted().toList(), times);
    assertEquals(Set.of(0, 1), nodes);
  }

  @Test
  void theSimulationWritesThemToo() throws IOException {
    Path chrome = folder.resolve("sim.json");
    Outcome traced = command.launch(LIMIT, "sim", "--chrome=" + chrome, "--", "echo", "hi");
    assertEquals("hi\n", traced.out(), traced.err());
    assertArrowsMatch(events(chrome));
  }

  @Test
  void aTraceThatASignalEndsIsWholeAllTheSame() throws Exception {
    Path chrome = folder.resolve("ended.json");
    Process process =
        command
            .launcher("trace", "--chrome=" + chrome, "--", "sh", "-c", "echo ready; sleep 100")
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("ready", output.readLine());
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertArrowsMatch(events(chrome));
  }

  @Test
  void aFilterShowsSomeMessagesAlone() {
    Outcome traced =
        command.launch(
            LIMIT, "trace", "--server=vfs", "--call=WRITE", "--pid=2", "--", "sh", "-c", "echo hi");
    List<String> lines = traced.err().lines().toList();
    assertEquals(2, lines.size(), traced.err());
    assertTrue(lines.get(0).contains("(vfs) WRITE fd=1 bytes=3"), lines.get(0));
    assertTrue(lines.get(1).contains("(vfs) WRITE bytes=3"), lines.get(1));
  }

  @Test
  void aFilterThatFitsNothingIsAnError() {
    Outcome server = command.launch(LIMIT, "trace", "--server=foo", "--", "true");
    assertEquals(125, server.status());
    assertTrue(server.err().startsWith("atoll: no server is called 'foo': there are "));
    assertTrue(server.err().contains(" vfs"), server.err());
    Outcome node = command.launch(LIMIT, "trace", "--node=2", "--nodes=2", "--", "true");
    assertEquals("atoll: no node 2: there are nodes 0 to 1\n", node.err());
    assertEquals(125, node.status());
  }
}
