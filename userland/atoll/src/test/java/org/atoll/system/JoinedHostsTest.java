package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One VOS of two machines, of which the second is this one under another name. */
@Tag("system")
@Timeout(300)
class JoinedHostsTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String VOS = "a VOS of 127.0.0.1";
  private static final String BUSY_ON_NODE_1 =
      "onnode 1 sh -c 'echo ready; while :; do :; done'; echo \"status $?\"; echo still here";

  private final AtollCommand command = AtollCommand.ofThisBuild();
  private final List<Process> started = new ArrayList<>();
  private Path key;
  private TestAgent agent;

  @TempDir Path folder;

  @BeforeEach
  void startAnAgent() throws Exception {
    command.prepare();
    key = makeKey("key");
    agent = TestAgent.start(command, "127.0.0.2", key);
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
    agent.close();
  }

  private Path makeKey(String name) {
    Path file = folder.resolve(name);
    Outcome made = command.launch(LIMIT, "node", "key", file.toString());
    assertEquals(0, made.status(), () -> errors(made));
    return file;
  }

  private static String errors(Outcome outcome) {
    return new String(outcome.stderr(), StandardCharsets.UTF_8);
  }

  private Outcome join(String address, Path with, String... script) {
    List<String> words = new ArrayList<>(List.of("run", "--join", address));
    words.addAll(List.of("--key", with.toString(), "--"));
    words.addAll(List.of(script));
    return command.launch(LIMIT, words.toArray(String[]::new));
  }

  private void refused(Outcome outcome, String line) {
    assertEquals("atoll: --join " + line + "\n", errors(outcome));
    assertEquals(125, outcome.status());
  }

  /** A VOS whose only program is busy on the other machine. */
  private BufferedReader startBusy() throws IOException {
    Process vos =
        command
            .launcher(
                "run", "--join", agent.address, "--key", key.toString(), "sh", "-c", BUSY_ON_NODE_1)
            .start();
    started.add(vos);
    BufferedReader output = vos.inputReader(StandardCharsets.UTF_8);
    assertEquals("ready", output.readLine());
    return output;
  }

  private void goesOnAlone(BufferedReader output) throws Exception {
    assertEquals("status 137", output.readLine());
    assertEquals("still here", output.readLine());
    assertEquals(0, started.getFirst().waitFor());
    List<String> lines =
        started
            .getFirst()
            .errorReader(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("atoll: "))
            .toList();
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.getFirst().startsWith("atoll: node 0: node 1 is dead: "), lines.toString());
  }

  @Test
  void programsRunOnBothMachinesAndTheAgentServesOneVosAfterTheOther() throws Exception {
    for (int i = 0; i < 2; i++) {
      String script = "onnode 1 cat /etc/passwd | onnode 0 grep -c root; onnode 1 sh -c 'exit 7'";
      Outcome outcome = join(agent.address, key, "sh", "-c", script);
      assertEquals("1\n", new String(outcome.stdout(), StandardCharsets.UTF_8));
      assertEquals("", errors(outcome));
      assertEquals(7, outcome.status());
      assertEquals(
          List.of(
              "atoll: node 1 of " + VOS + " starts",
              "atoll: node 1 of " + VOS + " ended with status 7"),
          agent.next(2));
    }
  }

  @Test
  void nodesOfBothMachinesReachEachOther() throws Exception {
    String script = "onnode 1 cat /etc/passwd | onnode 2 grep root | onnode 1 wc -l";
    Outcome outcome =
        command.launch(
            LIMIT,
            "run",
            "--nodes",
            "2",
            "--join",
            agent.address,
            "--key",
            key.toString(),
            "sh",
            "-c",
            script);
    assertEquals("1\n", new String(outcome.stdout(), StandardCharsets.UTF_8));
    assertEquals("", errors(outcome));
    assertEquals(0, outcome.status());
  }

  @Test
  void anAgentThatIsInterruptedTakesItsNodeWithItAndTheVosGoesOn() throws Exception {
    BufferedReader output = startBusy();
    List<ProcessHandle> nodes = agent.nodes();
    agent.process.destroy();
    goesOnAlone(output);
    assertEquals(143, agent.process.waitFor());
    for (ProcessHandle node : nodes) {
      node.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void anAgentThatIsKilledTakesItsNodeWithItAndTheVosGoesOn() throws Exception {
    BufferedReader output = startBusy();
    List<ProcessHandle> nodes = agent.nodes();
    agent.process.destroyForcibly();
    goesOnAlone(output);
    for (ProcessHandle node : nodes) {
      node.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void whenNode0IsKilledTheNodeEndsAndTheAgentServesOn() throws Exception {
    startBusy();
    started.getFirst().destroyForcibly();
    assertEquals(
        List.of(
            "atoll: node 1 of " + VOS + " starts",
            "atoll: node 1 of " + VOS + ": node 1: node 0 is dead: the connection ended",
            "atoll: node 1 of " + VOS + " ended with status 125"),
        agent.next(3));
    assertEquals(0, join(agent.address, key, "onnode", "1", "true").status());
  }

  @Test
  void anAgentHasOneVosAtATime() throws Exception {
    startBusy();
    refused(join(agent.address, key, "true"), agent.address + ": the agent serves another VOS");
    assertEquals("atoll: node 1 of " + VOS + " starts", agent.next());
    assertEquals("atoll: sent away " + VOS + ": another VOS is served", agent.next());
  }

  @Test
  void whatIsWrongIsSaidInOneLine() throws Exception {
    Path other = makeKey("other");
    refused(
        join(agent.address, other, "true"), agent.address + ": the agent does not accept the key");
    assertTrue(agent.next().endsWith(": it does not know the key"));
    String nobody = "127.0.0.2:1";
    refused(join(nobody, key, "true"), nobody + ": cannot connect: Connection refused");
    refused(join("127.0.0.2", key, "true"), "takes ADDR:PORT, and not '127.0.0.2'");
    Outcome twice =
        command.launch(LIMIT, "node", "start", "--listen", agent.address, "--key", key.toString());
    assertEquals("atoll: --listen " + agent.address + ": Address already in use\n", errors(twice));
    assertEquals(125, twice.status());
  }

  @Test
  void strangersAreClosedAndTheVosDoesNotNotice() throws Exception {
    BufferedReader output = startBusy();
    assertEquals("atoll: node 1 of " + VOS + " starts", agent.next());
    int port = Integer.parseInt(agent.address.substring(agent.address.indexOf(':') + 1));
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Socket stranger = new Socket(InetAddress.ofLiteral("127.0.0.2"), port);
      silent.add(stranger);
      if (i % 2 == 0) {
        stranger.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      }
    }
    for (Socket stranger : silent) {
      try (stranger) {
        var _ = stranger.getInputStream().readAllBytes();
      } catch (IOException reset) {
        // That is an end, too.
      }
    }
    assertTrue(agent.lines.size() < 150, agent.lines.size() + " lines");
    for (String line : agent.lines) {
      assertTrue(line.startsWith("atoll: closed "), line);
    }
    for (ProcessHandle node : agent.nodes()) {
      node.destroyForcibly();
    }
    goesOnAlone(output);
  }

  @Test
  void anAgentThatDoesNotAnswerIsGivenUp() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.2"))) {
      String address = "127.0.0.2:" + mute.getLocalPort();
      refused(join(address, key, "true"), address + ": it did not answer in time");
    }
  }
}
