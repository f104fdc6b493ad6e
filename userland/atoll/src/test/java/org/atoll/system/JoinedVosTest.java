package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One VOS of three machines, of which two are this one under other names, while all of these tests
 * are made: one agent listens on all addresses and is reached by a name, the other one by IPv6.
 */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class JoinedVosTest {

  private static final int VIA = 2;
  private static final int ON_WIRE = 6;
  private static final int COMPRESS = 7;
  private static final int RATE = 8;
  private static final int STRANGERS = 150;
  private static final String MADE_OF =
      "yes 'the same line again and again' | head -c 500000 >/tmp/text;"
          + " head -c 500000 /dev/urandom >/tmp/noise";

  private final AtollCommand command = AtollCommand.ofThisBuild();
  private final List<TestAgent> agents = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private Path key;
  private ServiceDesk desk;
  private LiveVos vos;

  @BeforeAll
  void join(@TempDir Path folder) throws Exception {
    command.prepare();
    key = folder.resolve("key");
    assertEquals(0, command.launch(ServiceDesk.LIMIT, "node", "key", key.toString()).status());
    desk = new ServiceDesk(command, folder);
    agent("0.0.0.0", "localhost");
    agent("[::]", "[::1]");
    String both = String.join(",", addresses);
    vos = desk.start("run", "--join", both, "--key", key.toString());
    vos.run(MADE_OF);
  }

  private void agent(String listens, String reached) throws Exception {
    TestAgent agent = TestAgent.start(command, listens, key);
    agents.add(agent);
    assertTrue(agent.address.startsWith(listens + ":"), agent.address);
    addresses.add(reached + agent.address.substring(listens.length()));
  }

  @AfterAll
  void end() {
    desk.close();
    agents.forEach(TestAgent::close);
  }

  private void link(String... words) {
    Outcome outcome = desk.ask("link", words);
    assertEquals("", outcome.err());
    assertEquals(0, outcome.status());
  }

  /** The links, by row and column. */
  private List<String[]> links() {
    return desk.ask("nodes")
        .out()
        .lines()
        .dropWhile(line -> !line.startsWith("FROM"))
        .skip(1)
        .map(line -> line.split(" +"))
        .toList();
  }

  private Set<String> column(int index) {
    return links().stream().map(row -> row[index]).collect(Collectors.toSet());
  }

  /** What goes over the links while a file is read on another machine. */
  private long wireBytes(String file) {
    long before = links().stream().mapToLong(row -> Long.parseLong(row[ON_WIRE])).sum();
    List<String> sums =
        vos.run("onnode 1 cat " + file + " | onnode 2 md5sum; md5sum <" + file).lines().toList();
    assertEquals(2, sums.size(), sums::toString);
    assertEquals(sums.getFirst(), sums.getLast());
    return links().stream().mapToLong(row -> Long.parseLong(row[ON_WIRE])).sum() - before;
  }

  @Test
  void aPipeGoesThroughAllMachines() {
    assertEquals("1\n", vos.run("onnode 1 cat /etc/passwd | onnode 2 grep root | onnode 1 wc -l"));
  }

  @Test
  void eachLinkIsEncryptedAndShown() {
    assertEquals(
        List.of("01", "02", "10", "12", "20", "21"),
        links().stream().map(row -> row[0] + row[1]).toList());
    assertEquals(Set.of("tls"), column(VIA));
  }

  @Test
  void textIsPackedBeforeItIsEncryptedAndNoiseIsNotMadeLonger() {
    long text = wireBytes("/tmp/text");
    long noise = wireBytes("/tmp/noise");
    link("compress", "on");
    assertEquals(Set.of("lz4"), column(COMPRESS));
    long packed = wireBytes("/tmp/text");
    long tried = wireBytes("/tmp/noise");
    link("compress", "off");
    assertEquals(Set.of("off"), column(COMPRESS));
    assertTrue(packed < text * 3 / 4, packed + " of " + text);
    assertTrue(tried < noise * 102 / 100, tried + " for " + noise);
  }

  @Test
  void aShapeIsForAllMachines() {
    link("shape", "--rate", "100mbit", "--delay", "5ms");
    assertEquals(Set.of("100mbit"), column(RATE));
    assertEquals("1\n", vos.run("onnode 1 echo 1"));
    link("shape", "--off");
    assertEquals(Set.of("-"), column(RATE));
  }

  @Test
  void aServiceIsRestartedUnderProgramsOfAllMachines() {
    desk.done("restart", "net");
    assertEquals(1, desk.restarts("net"));
    for (int node = 1; node <= 2; node++) {
      assertEquals("1\n", vos.run("onnode " + node + " vps | grep -c ' " + node + " . .*vps$'"));
    }
  }

  /** What a node says of strangers: as such it takes a connection that is cut in its handshake. */
  private static boolean isOfNode(String line) {
    return line.startsWith("atoll: node link: closed a connection");
  }

  @Test
  void cutsOfItsConnectionsLoseNothing() throws Exception {
    LinkCutter cutter = new LinkCutter(vos.pid());
    for (int i = 0; i < 3; i++) {
      vos.type("onnode 1 cat /tmp/noise | onnode 2 md5sum");
      cutter.cut(2);
    }
    List<String> sums =
        vos.run("md5sum </tmp/noise").lines().filter(line -> !isOfNode(line)).distinct().toList();
    assertEquals(1, sums.size(), sums::toString);
  }

  @Test
  void anAgentThatServesIsNoUseToAnotherVos() {
    Outcome refused =
        command.launch(
            ServiceDesk.LIMIT,
            "run",
            "--join",
            addresses.getLast(),
            "--key",
            key.toString(),
            "true");
    String port = addresses.getLast().substring(addresses.getLast().lastIndexOf(':'));
    assertEquals(
        "atoll: --join [0:0:0:0:0:0:0:1]" + port + ": the agent serves another VOS\n",
        refused.err());
    assertEquals(125, refused.status());
  }

  @Test
  void strangersAreClosedAndTheVosDoesNotNotice() throws Exception {
    TestAgent agent = agents.getFirst();
    agent.lines.clear();
    int port = Integer.parseInt(agent.address.substring(agent.address.indexOf(':') + 1));
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < STRANGERS; i++) {
      Socket stranger = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
      silent.add(stranger);
      if (i % 2 == 0) {
        stranger.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      }
    }
    for (Socket stranger : silent) {
      try (stranger) {
        assertNotNull(stranger.getInputStream().readAllBytes());
      } catch (IOException reset) {
        // That is an end, too.
      }
    }
    assertTrue(agent.lines.size() < STRANGERS / 2, agent.lines.size() + " lines");
    for (String line : agent.lines) {
      assertTrue(line.startsWith("atoll: closed "), line);
    }
    assertEquals("1\n", vos.run("onnode 1 echo 1"));
  }
}
