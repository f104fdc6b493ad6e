package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON is a contract: what stands in it keeps its name. */
class ReportTest {

  private static final Row ROW =
      new Row(
          "sendrec.local.direct",
          "language",
          "same core",
          1_000,
          new Skipped("never run"),
          List.of());

  private static JsonObject report(Result... results) throws Exception {
    Environment environment = new Environment(Path.of("."), Pinning.SAME_CORE, 3);
    environment.ends(3);
    String text = new Report(environment, List.of(results)).text();
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static JsonObject row(Result result) throws Exception {
    JsonArray rows = report(result).getAsJsonArray("rows");
    assertEquals(1, rows.size());
    return rows.get(0).getAsJsonObject();
  }

  @Test
  void aReportHasItsSchemaTheEnvironmentAndRows() throws Exception {
    JsonObject report = report();
    assertEquals(Set.of("schema", "environment", "rows"), report.keySet());
    assertEquals(1, report.get("schema").getAsInt());
    Set<String> told = report.getAsJsonObject("environment").keySet();
    assertTrue(told.containsAll(Set.of("cpu", "kernel", "jdk", "flags", "commit", "pinning")));
  }

  @Test
  void aRowHasAllMembersAndWhatIsUndefinedIsNull() throws Exception {
    Figures figures = new Figures(1_000);
    figures.add(new Burst(new double[] {40, 50, 60}, 0, 70));
    JsonObject row = row(new Result(ROW, figures, null, false));
    assertEquals(
        Set.of(
            "name",
            "isolation",
            "placement",
            "sample",
            "n",
            "forks",
            "median_ns",
            "ci95_ns",
            "p99_ns",
            "p999_ns",
            "max_ns",
            "rate_per_s",
            "rate_ci95_per_s",
            "alloc_bytes_per_op",
            "cpu_ns_per_op"),
        row.keySet());
    assertEquals("batch:1000", row.get("sample").getAsString());
    assertEquals(3_000, row.get("n").getAsLong());
    assertEquals(50, row.get("median_ns").getAsDouble());
    assertTrue(row.get("p99_ns").isJsonNull());
  }

  @Test
  void aRowThatCannotBeMeasuredSaysWhy() throws Exception {
    JsonObject row = row(new Result(ROW, new Figures(1), "no compiler", false));
    assertEquals("no compiler", row.get("skipped").getAsString());
    assertFalse(row.has("median_ns"));
  }

  @Test
  void everyPeerThatARowNamesIsARow() throws Exception {
    List<Row> all = Rows.all(Choice.all(Pinning.HOST));
    List<String> names = all.stream().map(Row::name).toList();
    assertTrue(all.stream().allMatch(row -> names.containsAll(row.peers())));
    assertEquals(names.size(), Set.copyOf(names).size());
  }

  /** Names that others know: a row that cannot be measured is there all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sendrec.local.direct",
        "sendrec.local.queued",
        "sendrec.local.stackful",
        "sendrec.local.xcpu",
        "sendrec.local.xcpu.idle",
        "sendrec.local.busy",
        "sendrec.vm.shm",
        "sendrec.node.unix",
        "sendrec.node.tcp",
        "sendrec.node.tls",
        "sendrec.node.tcp.busy",
        "oneway.local",
        "oneway.local.batch",
        "oneway.node.tcp",
        "pipelined.node.tcp",
        "callers.1.cpus.1",
        "callers.8.cpus.1",
        "callers.8.cpus.2",
        "copy.local.64k",
        "copy.local.1m",
        "copy.node.tcp.1m",
        "copy.node.unix.1m",
        "copy.node.shm.1m",
        "guest.null",
        "guest.read1.local",
        "guest.read1.node",
        "guest.stat.local",
        "guest.stat.node",
        "hypercall.null",
        "peer.call",
        "peer.disruptor",
        "peer.aeron.ipc",
        "peer.aeron.udp",
        "peer.pipe",
        "peer.futex",
        "peer.futex.cross",
        "peer.unix.c",
        "peer.tcp.c",
        "peer.tcp.c.pipelined",
        "peer.netty",
        "peer.grpc",
        "peer.erlang.local",
        "peer.erlang.node",
        "peer.memcpy.64k",
        "peer.memcpy.1m",
        "peer.copy.tcp.c.64k",
        "peer.copy.tcp.c.1m"
      })
  void theRowsOfTheContractAreThere(String name) throws Exception {
    assertTrue(
        Rows.all(Choice.all(Pinning.HOST)).stream().anyMatch(row -> row.name().equals(name)));
  }
}
