package org.atoll.hypercall.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.atoll.abi.Errno;
import org.atoll.hypercall.Streams;
import org.atoll.hypercall.sim.Simulation.Ending;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private static final long SECOND = 1_000_000_000L;

  private static List<String> history(long seed) {
    Simulation simulation = new Simulation(seed, 2);
    List<String> log = new ArrayList<>();
    List<TestNode> nodes =
        List.of(
            new TestNode(simulation, log, 0, 1, 200, 64),
            new TestNode(simulation, log, 1, 0, 200, 64));
    assertEquals(Ending.QUIET, simulation.run(nodes, () -> false, SECOND));
    assertEquals(IntStream.range(0, 200).boxed().toList(), nodes.get(0).received);
    assertEquals(IntStream.range(0, 200).boxed().toList(), nodes.get(1).received);
    return log;
  }

  @Test
  void aSeedGivesOneOrderAndAnotherSeedAnother() {
    assertEquals(history(7), history(7));
    assertNotEquals(history(7), history(8));
  }

  @Test
  void hostsOfOneSeedAreRandomInTheSameWay() {
    byte[] first = new byte[100];
    byte[] again = new byte[100];
    byte[] other = new byte[100];
    new Simulation(3, 2).host(1).random(first, 0, 100);
    new Simulation(3, 2).host(1).random(again, 0, 100);
    new Simulation(3, 2).host(0).random(other, 0, 100);
    assertArrayEquals(first, again);
    assertFalse(Arrays.equals(first, other));
  }

  @Test
  void aNodeThatSendsTooMuchHasToWaitAndLosesNothing() {
    Simulation simulation = new Simulation(1, 2);
    List<String> log = new ArrayList<>();
    TestNode sender = new TestNode(simulation, log, 0, 1, 500, 60_000);
    TestNode receiver = new TestNode(simulation, log, 1, 0, 0, 64);
    assertEquals(Ending.QUIET, simulation.run(List.of(sender, receiver), () -> false, 10 * SECOND));
    assertEquals(IntStream.range(0, 500).boxed().toList(), receiver.received);
    assertTrue(sender.timesStuck > 0);
  }

  @Test
  void theOthersAreToldOfANodeThatIsKilled() {
    Simulation simulation = new Simulation(5, 3);
    List<String> log = new ArrayList<>();
    List<TestNode> nodes = new ArrayList<>();
    for (int node = 0; node < 3; node++) {
      nodes.add(new TestNode(simulation, log, node, (node + 1) % 3, 100_000, 64));
    }
    simulation.at(SECOND / 100, () -> simulation.kill(1));
    simulation.run(nodes, () -> log.contains("0 misses 1") && log.contains("2 misses 1"), SECOND);
    assertTrue(log.contains("0 misses 1") && log.contains("2 misses 1"), log::toString);
    assertFalse(simulation.alive(1));
    assertEquals(
        IntStream.range(0, nodes.get(1).received.size()).boxed().toList(), nodes.get(1).received);
  }

  @Test
  void theClockJumpsToTheNextAlarm() {
    Simulation simulation = new Simulation(1, 1);
    Steppable sleeper = idle(5 * SECOND);
    Ending ending =
        simulation.run(List.of(sleeper), () -> simulation.nowNanos() >= 5 * SECOND, 9 * SECOND);
    assertEquals(Ending.FINISHED, ending);
    assertEquals(5 * SECOND, simulation.nowNanos());
    assertEquals(Ending.OUT_OF_TIME, simulation.run(List.of(sleeper), () -> false, SECOND));
  }

  @Test
  void outputIsCollectedInOrderAcrossStreams() {
    SimulatedStreams streams = new Simulation(1, 1).streams();
    streams.write(1, bytes("a"), 0, 1);
    streams.write(2, bytes("b"), 0, 1);
    streams.write(1, bytes("c"), 0, 1);
    assertArrayEquals(bytes("abc"), streams.transcript());
    assertArrayEquals(bytes("ac"), streams.output());
    assertArrayEquals(bytes("b"), streams.errors());
  }

  @Test
  void aWatchIsRaisedWhenInputArrives() {
    Simulation simulation = new Simulation(1, 1);
    SimulatedStreams streams = simulation.streams();
    List<Long> raised = new ArrayList<>();
    streams.channel(() -> raised.add(simulation.nowNanos()));
    byte[] buffer = new byte[10];
    assertEquals(-Errno.EAGAIN, streams.read(0, buffer, 0, 10));
    streams.watch(0, Streams.READABLE);
    simulation.at(SECOND, () -> streams.feed(bytes("hello")));
    assertEquals(
        Ending.QUIET,
        simulation.run(List.of(idle(Steppable.NO_DEADLINE)), () -> false, 2 * SECOND));
    assertEquals(1, raised.size());
    assertTrue(raised.getFirst() > SECOND);
    assertEquals(3, streams.read(0, buffer, 0, 3));
    assertEquals(2, streams.read(0, buffer, 3, 7));
    assertArrayEquals(bytes("hello\0\0\0\0\0"), buffer);
    streams.endInput();
    assertEquals(0, streams.read(0, buffer, 0, 10));
  }

  private static Steppable idle(long deadlineNanos) {
    return new Steppable() {
      @Override
      public int node() {
        return 0;
      }

      @Override
      public boolean step() {
        return false;
      }

      @Override
      public long nextDeadlineNanos() {
        return deadlineNanos;
      }
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
