package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One VOS of two machines with a network between them that is slow, loses packets and is cut. */
@Tag("system")
@Timeout(300)
class TwoMachinesTest {

  private static final long SEED = 4;
  private static final String PORT = ":7010";
  private static final int BYTES = 2_000_000;

  private final AtollCommand command = AtollCommand.ofThisBuild();
  private SlowNetwork network;
  private TestAgent agent;
  private Process vos;
  private Path key;

  @TempDir Path folder;

  @BeforeEach
  void prepare() {
    assertEquals("", SlowNetwork.missing());
    command.prepare();
    key = folder.resolve("key");
    Outcome made = command.launch(Duration.ofMinutes(1), "node", "key", key.toString());
    assertEquals(0, made.status());
  }

  @AfterEach
  void end() throws Exception {
    if (vos != null) {
      vos.destroyForcibly().waitFor();
    }
    if (agent != null) {
      agent.close();
    }
    if (network != null) {
      network.close();
    }
  }

  private void begin(int delayMillis, double loss, String script) throws Exception {
    network = new SlowNetwork(delayMillis, loss, SEED);
    String address = SlowNetwork.SECOND + PORT;
    agent =
        new TestAgent(
            network.on(
                SlowNetwork.SECOND,
                command.launcher("node", "start", "--listen", address, "--key", key.toString())));
    vos =
        network
            .on(
                SlowNetwork.FIRST,
                command.launcher(
                    "run", "--join", address, "--key", key.toString(), "sh", "-c", script))
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
  }

  private void cutFor(int seconds) throws InterruptedException {
    network.cut(true);
    // The network's weather, not the test's patience: nobody tells of the end of a cut.
    assertTrue(!new CountDownLatch(1).await(seconds, TimeUnit.SECONDS));
    network.cut(false);
  }

  @Test
  void aPipeThroughTheOtherMachineArrivesWhole() throws Exception {
    begin(20, 0.02, "onnode 1 cat | md5sum; onnode 1 sh -c 'exit 3'");
    byte[] piece = new byte[BYTES];
    new java.util.Random(SEED).nextBytes(piece);
    try (OutputStream input = vos.getOutputStream()) {
      input.write(piece);
    } catch (IOException ended) {
      throw new AssertionError(errors().toString(), ended);
    }
    Process here = new ProcessBuilder("md5sum").start();
    try (OutputStream input = here.getOutputStream()) {
      input.write(piece);
    }
    BufferedReader output = vos.inputReader(StandardCharsets.UTF_8);
    String expected = here.inputReader(StandardCharsets.UTF_8).readLine();
    assertEquals(expected, output.readLine(), () -> errors().toString());
    assertEquals(3, vos.waitFor());
  }

  /** What is said of the VOS, not by its shell. */
  private List<String> errors() {
    return vos.errorReader(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("atoll: "))
        .toList();
  }

  @Test
  void aCutOfTwoSecondsIsNoLoss() throws Exception {
    begin(5, 0, "onnode 1 sh -c 'echo ready; read line; echo \"got $line\"; cat | wc -c'");
    BufferedReader output = vos.inputReader(StandardCharsets.UTF_8);
    assertEquals("ready", output.readLine());
    try (OutputStream input = vos.getOutputStream()) {
      network.cut(true);
      input.write("while it is cut\n".getBytes(StandardCharsets.UTF_8));
      input.flush();
      cutFor(2);
      assertEquals("got while it is cut", output.readLine());
      input.write(new byte[BYTES]);
    }
    assertEquals(String.valueOf(BYTES), output.readLine());
    assertEquals(List.of(), errors());
    assertEquals(0, vos.waitFor());
  }

  @Test
  void aCutOfEightSecondsIsTheDeathOfTheOtherNode() throws Exception {
    begin(5, 0, "onnode 1 sh -c 'echo ready; read line'; echo \"status $?\"");
    BufferedReader output = vos.inputReader(StandardCharsets.UTF_8);
    assertEquals("ready", output.readLine());
    assertEquals("atoll: node 1 of a VOS of " + SlowNetwork.FIRST + " starts", agent.next());
    cutFor(8);
    assertEquals("status 137", output.readLine());
    assertEquals(0, vos.waitFor());
    List<String> errors = errors();
    assertEquals(1, errors.size(), errors.toString());
    assertTrue(errors.getFirst().startsWith("atoll: node 0: node 1 is dead: "));
    assertEquals(
        "atoll: node 1 of a VOS of " + SlowNetwork.FIRST + " ended with status 125", agent.next());
  }
}
