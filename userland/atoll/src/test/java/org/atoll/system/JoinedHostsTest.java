package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One VOS of two machines, of which the second is this one under another name. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class JoinedHostsTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String VOS = "a VOS of 127.0.0.1";
  private static final String BUSY_ON_NODE_1 =
      "onnode 1 sh -c 'echo ready; while :; do :; done'; echo \"status $?\"; echo still here";

  private final AtollCommand command = AtollCommand.ofThisBuild();
  private final List<Process> started = new ArrayList<>();
  private Path folder;
  private Path key;
  private TestAgent agent;

  @BeforeAll
  void build(@TempDir Path shared) {
    folder = shared;
    command.prepare();
    key = makeKey("key");
  }

  @BeforeEach
  void startAnAgent() throws Exception {
    agent = TestAgent.start(command, "127.0.0.2", key);
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
    started.clear();
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
    return join(List.of("run"), address, with, script);
  }

  private Outcome join(List<String> verb, String address, Path with, String... script) {
    List<String> words = new ArrayList<>(verb);
    words.addAll(List.of("--join", address, "--key", with.toString(), "--"));
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
  void whatTheOtherMachineDoesIsShownAndTheAgentServesOneVosAfterTheOther() throws Exception {
    Path calls = folder.resolve("calls");
    Path messages = folder.resolve("messages");
    List<String> strace = List.of("strace", "-f", "--show-nodes", "-o", calls.toString());
    List<String> trace = List.of("trace", "--call", "OPEN", "-o", messages.toString());
    for (List<String> verb : List.of(strace, trace)) {
      String script = "onnode 1 cat /etc/passwd | onnode 0 grep -c root; onnode 1 sh -c '(exit 7)'";
      Outcome outcome = join(verb, agent.address, key, "sh", "-c", script);
      assertEquals("1\n", new String(outcome.stdout(), StandardCharsets.UTF_8));
      assertEquals("", errors(outcome));
      assertEquals(7, outcome.status());
      assertEquals(
          List.of(
              "atoll: node 1 of " + VOS + " starts",
              "atoll: node 1 of " + VOS + " ended with status 7"),
          agent.next(2));
    }
    shows(calls, ".* n1 exit_group\\(7\\) .*");
    shows(calls, ".* n0 write\\(1, \"1.*");
    shows(messages, ".* n1 .* OPEN .*");
    shows(messages, ".* n0 .* OPEN .*");
  }

  private static void shows(Path file, String line) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertTrue(lines.stream().anyMatch(each -> each.matches(line)), line);
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
  void anAgentThatDoesNotAnswerIsGivenUp() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.2"))) {
      String address = "127.0.0.2:" + mute.getLocalPort();
      refused(join(address, key, "true"), address + ": it did not answer in time");
    }
  }
}
