package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One VOS of two machines with a network between them that is slow, loses packets and is cut. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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

  @BeforeAll
  void prepare(@TempDir Path folder) {
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
  void aMachineWithoutHardwareAddressIsNothingToTell() {
    String inside = "ip link set lo up && exec \"$@\"";
    ProcessBuilder run = command.launcher("run", "--nodes", "2", "--", "onnode", "1", "true");
    run.command().addAll(0, List.of("unshare", "--net", "sh", "-c", inside, "sh"));
    Outcome outcome = command.run(run, Duration.ofMinutes(1));
    assertEquals("", outcome.err());
    assertEquals(0, outcome.status());
  }

  /** What is said of the VOS, not by its shell. */
  private List<String> errors() {
    return vos.errorReader(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("atoll: "))
        .toList();
  }

  @Test
  void lossesAndACutOfTwoSecondsAreNoLossToAPipe() throws Exception {
    begin(20, 0.02, "echo ready; onnode 1 cat | md5sum; onnode 1 sh -c 'exit 3'");
    byte[] half = new byte[BYTES / 2];
    new Random(SEED).nextBytes(half);
    BufferedReader output = vos.inputReader(StandardCharsets.UTF_8);
    assertEquals("ready", output.readLine(), () -> errors().toString());
    try (OutputStream input = vos.getOutputStream()) {
      input.write(half);
      input.flush();
      network.loses(0);
      cutFor(2);
      input.write(half);
    }
    assertEquals(sumOfTwo(half), output.readLine(), () -> errors().toString());
    assertEquals(List.of(), errors());
    assertEquals(3, vos.waitFor());
  }

  /** What md5sum says. */
  private static String sumOfTwo(byte[] half) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    digest.update(half);
    return HexFormat.of().formatHex(digest.digest(half)) + "  -";
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
