package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
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

/** The links of a VOS that runs, as another terminal sees and changes them. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LinkCommandTest {

  private static final int VIA = 2;
  private static final int ROUND_TRIP = 3;
  private static final int BYTES = 5;
  private static final int ON_WIRE = 6;
  private static final int COMPRESS = 7;
  private static final int RATE = 8;
  private static final int DELAY = 9;

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;
  private ServiceDesk desk = new ServiceDesk(command, Path.of(""));

  @BeforeAll
  void build() {
    command.prepare();
  }

  @BeforeEach
  void open() {
    desk = new ServiceDesk(command, folder);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private void done(String... words) {
    Outcome outcome = desk.ask("link", words);
    assertEquals("", outcome.err());
    assertEquals(0, outcome.status());
  }

  /** The links, by row and column. */
  private List<String[]> links() {
    String table = desk.ask("nodes").out();
    List<String[]> rows = new ArrayList<>();
    table
        .lines()
        .dropWhile(line -> !line.startsWith("FROM"))
        .skip(1)
        .forEach(line -> rows.add(line.split(" +")));
    return rows;
  }

  private long wireBytes() {
    return links().stream().mapToLong(row -> Long.parseLong(row[ON_WIRE])).sum();
  }

  @Test
  void nodesShowsNodesAndBothDirectionsOfEachLink() {
    LiveVos vos = desk.start("run", "--nodes", "3");
    String table = desk.ask("nodes").out();
    assertTrue(table.startsWith("NODE PID"), table);
    assertTrue(table.contains("\n0    " + vos.pid() + " "), table);
    List<String> pairs = links().stream().map(row -> row[0] + row[1]).toList();
    assertEquals(List.of("01", "02", "10", "12", "20", "21"), pairs);
    for (String[] row : links()) {
      assertTrue(List.of("tcp", "unix", "shm").contains(row[VIA]), row[VIA]);
      // Nodes 1 and 2 may have had nothing to say to each other yet.
      boolean silent = row[ON_WIRE].equals("0") && row[BYTES].equals("0");
      assertTrue(
          silent || Long.parseLong(row[ON_WIRE]) > Long.parseLong(row[BYTES]),
          () -> String.join(" ", row));
      assertEquals("off", row[COMPRESS]);
    }
  }

  @Test
  void compressionIsPutInAndTakenOutWhileProgramsRun() {
    LiveVos vos = desk.start("run", "--nodes", "2");
    vos.run("yes 'the same line again and again' | head -c 1000000 >/tmp/text");
    String copy = "onnode 1 cat /tmp/text | md5sum; md5sum </tmp/text";
    long before = wireBytes();
    List<String> plain = vos.run(copy).lines().toList();
    long plainBytes = wireBytes() - before;
    done("compress", "on");
    List<String> packed = vos.run(copy).lines().toList();
    long packedBytes = wireBytes() - before - plainBytes;
    assertEquals(plain, packed);
    assertEquals(packed.getFirst(), packed.getLast());
    assertTrue(packed.getFirst().matches("[0-9a-f]{32}  -"), packed.getFirst());
    assertTrue(packedBytes < plainBytes / 2, packedBytes + " of " + plainBytes);
    assertEquals("lz4", links().getFirst()[COMPRESS]);
    done("compress", "off");
    assertEquals("off", links().getLast()[COMPRESS]);
  }

  @Test
  void aShapeHoldsForAllLinksAndShowsInTheRoundTrip() {
    LiveVos vos = desk.start("run", "--nodes", "2");
    done("shape", "--rate", "100mbit", "--delay", "20ms");
    for (String[] row : links()) {
      assertEquals("100mbit", row[RATE]);
      assertEquals("20ms", row[DELAY]);
    }
    while (!links().stream().allMatch(row -> row[ROUND_TRIP].matches("([3-9]\\d|\\d{3,})ms"))) {
      assertEquals("1\n", vos.run("onnode 1 echo 1"));
    }
    done("shape", "--off");
    assertEquals("-", links().getFirst()[RATE]);
    assertEquals("1\n", vos.run("onnode 1 echo 1"));
  }

  @Test
  void aVosOfOneNodeHasNoLinks() {
    desk.start("run");
    Outcome nodes = desk.ask("nodes");
    assertEquals(2, nodes.out().lines().count());
    assertEquals(0, nodes.status());
    Outcome refused = desk.ask("link", "compress", "on");
    assertEquals("atoll: this VOS has one node, and so no links\n", refused.err());
    assertEquals(125, refused.status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compress maybe | link compress takes on or off, and not 'maybe'",
        "compress on | no VOS of yours runs (start one with 'atoll run')",
        "shape | link shape takes --rate, --delay or both, or else --off",
        "shape --off --rate 1mbit | link shape takes --rate, --delay or both, or else --off",
        "shape --rate 10 | --rate takes 8kbit to 100gbit, as 500kbit or 10mbit, and not '10'",
        "shape --rate 7kbit | --rate takes 8kbit to 100gbit, as 500kbit or 10mbit, and not '7kbit'",
        "shape --delay 1.5s | --delay takes 0ms to 1s, as 500us or 20ms, and not '1.5s'",
        "shape --delay -1ms | --delay takes 0ms to 1s, as 500us or 20ms, and not '-1ms'"
      })
  void whatCannotBeIsRefusedInOneLine(String words, String line) {
    Outcome refused = desk.ask("link", words.split(" "));
    assertEquals("atoll: " + line + "\n", refused.err());
    assertEquals(125, refused.status());
  }
}
