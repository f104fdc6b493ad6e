package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.atoll.drivers.link.LinkKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code atoll bench ipc --hosts} and {@code atoll bench serve}, as processes of two machines. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class TwoHostsTest {

  private static final String BOTH = TwoNetworks.FIRST + "," + TwoNetworks.SECOND;
  private static final String SERVER = TwoNetworks.SECOND + ":7020";
  private static final String SERVE = "atoll bench serve --listen " + SERVER + " --key FILE";

  /** Packets, of which a call has two: more than what is said before a row, fewer than in it. */
  private static final int MIDDLE_OF_A_ROW = 5_000;

  /** The state of a socket that listens, in /proc/net/tcp (proc_net_tcp). */
  private static final String LISTENS = "0A";

  private Path folder;
  private Path key;
  private TwoNetworks networks;
  private Process server;
  private BufferedReader said;
  private Process benchmark;

  @BeforeAll
  void prepare(@TempDir Path shared) throws Exception {
    assertEquals("", TwoNetworks.missing());
    folder = shared;
    key = folder.resolve("key");
    var _ = LinkKey.create(key);
    for (String program : List.of("tcp_echo", "tcp_oneway", "tcp_pipelined")) {
      compile(program);
    }
    networks = new TwoNetworks();
  }

  private void compile(String program) throws Exception {
    String executable =
        Files.createDirectories(folder.resolve("peers")).resolve(program).toString();
    String source = "src/main/c/" + program + ".c";
    ProcessBuilder gcc = new ProcessBuilder("gcc", "-O2", "-o", executable, source);
    assertEquals(0, gcc.inheritIO().start().waitFor());
  }

  @AfterEach
  void end() throws Exception {
    for (Process each : new Process[] {benchmark, server}) {
      if (each != null) {
        each.descendants().forEach(ProcessHandle::destroyForcibly);
        each.destroyForcibly().waitFor();
      }
    }
  }

  @AfterAll
  void disconnect() throws Exception {
    if (networks != null) {
      networks.close();
    }
  }

  private void serve() throws Exception {
    serve("peers");
  }

  private void serve(String programs) throws Exception {
    List<String> words = List.of("--listen", TwoNetworks.SECOND, "--key", key.toString());
    server =
        TwoNetworks.on(TwoNetworks.SECOND, java(programs, ServeBenchmarks.class, words)).start();
    said = server.errorReader(StandardCharsets.UTF_8);
    assertEquals("bench: waiting for benchmarks on " + TwoNetworks.SECOND, said.readLine());
  }

  private List<String> java(String programs, Class<?> main, List<String> words) {
    String peers = "-Datoll.bench.peers=" + folder.resolve(programs);
    return ForkedTrial.java(List.of(peers), main, words);
  }

  private void benchmark(Path with, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("--hosts", BOTH, "--key", with.toString()));
    words.addAll(List.of("--quick", "--json", "-"));
    words.addAll(List.of(more));
    ProcessBuilder builder =
        TwoNetworks.on(TwoNetworks.FIRST, java("peers", IpcBenchmark.class, words));
    benchmark = builder.redirectError(folder.resolve("errors").toFile()).start();
  }

  private JsonObject report() throws IOException {
    byte[] printed = benchmark.getInputStream().readAllBytes();
    return JsonParser.parseString(new String(printed, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private static Map<String, JsonObject> rows(JsonObject report) {
    Map<String, JsonObject> rows = new LinkedHashMap<>();
    for (JsonElement row : report.getAsJsonArray("rows")) {
      rows.put(row.getAsJsonObject().get("name").getAsString(), row.getAsJsonObject());
    }
    return rows;
  }

  /** The benchmark's only line, which says why it measured nothing. */
  private void refused(String line) throws Exception {
    assertEquals(125, benchmark.waitFor());
    assertEquals(List.of("atoll bench ipc: " + line), Files.readAllLines(folder.resolve("errors")));
  }

  @Test
  void rowsAndTheirPeersAreMeasuredBetweenTheMachines() throws Exception {
    serve();
    benchmark(key, "sendrec.node.tls", "peer.tcp.c.oneway", "peer.copy.tcp.c.64k");
    JsonObject report = report();
    assertEquals(0, benchmark.waitFor());
    Map<String, JsonObject> rows = rows(report);
    assertEquals(
        List.of("sendrec.node.tls", "peer.tcp.c", "peer.tcp.c.oneway", "peer.copy.tcp.c.64k"),
        List.copyOf(rows.keySet()));
    rows.values().forEach(TwoHostsTest::isMeasured);
    JsonElement hosts = report.getAsJsonObject("environment").get("hosts");
    List<String> addresses =
        hosts.getAsJsonArray().asList().stream()
            .map(host -> host.getAsJsonObject().get("host").getAsString())
            .toList();
    assertEquals(List.of(TwoNetworks.FIRST, TwoNetworks.SECOND), addresses);
    assertEquals(1, listening(), "only the serving process itself listens");
  }

  @Test
  void theLoadOfAPageIsOfferedBetweenTheMachines() throws Exception {
    serve();
    Path page = folder.resolve("page.html");
    benchmark(key, "--transport", "tcp", "--report", page.toString(), "sendrec.node.tcp");
    JsonObject report = report();
    assertEquals(0, benchmark.waitFor());
    isMeasured(rows(report).get("sendrec.node.tcp"));
    String drawn = Files.readString(page);
    assertTrue(drawn.contains("tcp, median") && drawn.contains("tcp, p99"), drawn);
    assertFalse(drawn.contains("local, median"), drawn);
  }

  private static void isMeasured(JsonObject row) {
    assertEquals("host", row.get("placement").getAsString(), row::toString);
    assertEquals("host", row.get("isolation").getAsString(), row::toString);
    assertTrue(row.has("median_ns") && row.get("median_ns").getAsDouble() > 0, row::toString);
  }

  /** Sockets of TCP that wait for connections on the second machine. */
  private long listening() throws IOException {
    long count = 0;
    for (String table : List.of("tcp", "tcp6")) {
      Path file = Path.of("/proc/" + server.pid() + "/net/" + table);
      count +=
          Files.readAllLines(file).stream()
              .filter(line -> line.strip().split(" +")[3].equals(LISTENS))
              .count();
    }
    return count;
  }

  @Test
  void whoDoesNotKnowTheKeyStartsNothing() throws Exception {
    serve();
    Path other = folder.resolve("other");
    var _ = LinkKey.create(other);
    benchmark(other);
    refused(SERVER + ": it does not accept the key, or is no atoll bench serve; it says more");
    String line = said.readLine();
    assertTrue(line.endsWith(": it does not know the key"), line);
    assertEquals(List.of(), server.children().toList());
  }

  @Test
  void whereNobodyServesTheCommandIsSaid() throws Exception {
    benchmark(key);
    refused(SERVER + ": cannot connect: Connection refused; start it there: " + SERVE);
  }

  @Test
  void aMachineWithoutProgramsInCSaysWhatInstallsThem() throws Exception {
    serve("none");
    benchmark(key, "peer.tcp.c");
    JsonObject report = report();
    assertEquals(Commands.FAILED, benchmark.waitFor());
    assertEquals(
        "on " + SERVER + ": no C compiler: apt-get install gcc libc6-dev, and start it again",
        rows(report).get("peer.tcp.c").get("skipped").getAsString());
  }

  @Test
  void aServingProcessThatIsKilledTakesItsNodeWithItAndTheRowsFail() throws Exception {
    serve();
    long before = TwoNetworks.packets(server);
    benchmark(key, "sendrec.node.tcp");
    while (TwoNetworks.packets(server) - before < MIDDLE_OF_A_ROW) {
      assertTrue(benchmark.isAlive());
      Thread.onSpinWait();
    }
    List<ProcessHandle> nodes = server.descendants().toList();
    assertTrue(!nodes.isEmpty());
    server.destroyForcibly();
    JsonObject report = report();
    assertEquals(125, benchmark.waitFor());
    Map<String, JsonObject> rows = rows(report);
    String lost =
        "failed: " + SERVER + ": it has ended, or cannot be reached; start it again: " + SERVE;
    for (String row : List.of("sendrec.node.tcp", "peer.tcp.c")) {
      assertEquals(lost, rows.get(row).get("skipped").getAsString());
    }
    for (ProcessHandle node : nodes) {
      node.onExit().get(60, TimeUnit.SECONDS);
    }
  }
}
