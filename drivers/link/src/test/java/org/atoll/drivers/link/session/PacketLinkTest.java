package org.atoll.drivers.link.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.atoll.drivers.link.session.PacketLink.Deaths;
import org.atoll.hypercall.sim.SeededGenerator;
import org.atoll.hypercall.sim.Simulation;
import org.atoll.hypercall.sim.Simulation.Ending;
import org.atoll.hypercall.sim.Weather;
import org.junit.jupiter.api.Test;

/** Sessions over simulated wires, in all weathers; {@code atoll.seeds} says in how many. */
class PacketLinkTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int SEEDS = Integer.getInteger("atoll.seeds", 8);

  private final List<String> log = new ArrayList<>();

  /** Nodes in a ring: each sends to the next. */
  private List<CountingNode> ring(
      Simulation simulation, int nodes, int frames, int bytes, Deaths deaths) {
    List<CountingNode> ring = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      ring.add(new CountingNode(simulation, log, node, nodes, deaths).sends(frames, bytes));
    }
    return ring;
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  private List<String> history(long seed) {
    log.clear();
    Simulation simulation = new Simulation(seed, 2);
    List<CountingNode> nodes = ring(simulation, 2, 200, 64, Deaths.BY_HOST);
    assertEquals(Ending.QUIET, simulation.run(nodes, () -> false, SECOND));
    assertEquals(upTo(200), nodes.get(0).received);
    assertEquals(upTo(200), nodes.get(1).received);
    return List.copyOf(log);
  }

  @Test
  void aSeedGivesOneOrderAndAnotherSeedAnother() {
    assertEquals(history(7), history(7));
    assertNotEquals(history(7), history(8));
  }

  @Test
  void aNodeThatSendsTooMuchHasToWaitAndLosesNothing() {
    Simulation simulation = new Simulation(1, 2);
    List<CountingNode> nodes = ring(simulation, 2, 0, 64, Deaths.BY_HOST);
    nodes.getFirst().sends(500, 60_000);
    assertEquals(Ending.QUIET, simulation.run(nodes, () -> false, 10 * SECOND));
    assertEquals(upTo(500), nodes.get(1).received);
    assertTrue(nodes.getFirst().timesStuck > 0);
  }

  @Test
  void theOthersAreToldOfANodeThatIsKilled() {
    Simulation simulation = new Simulation(5, 3);
    List<CountingNode> nodes = ring(simulation, 3, 100_000, 64, Deaths.BY_HOST);
    simulation.at(SECOND / 100, () -> simulation.kill(1));
    simulation.run(nodes, () -> log.contains("0 misses 1") && log.contains("2 misses 1"), SECOND);
    assertTrue(log.contains("0 misses 1") && log.contains("2 misses 1"), log::toString);
    assertFalse(simulation.alive(1));
    assertEquals(upTo(nodes.get(1).received.size()), nodes.get(1).received);
  }

  @Test
  void inAllWeathersFramesComeOnceAndInOrder() {
    for (int seed = 0; seed < SEEDS; seed++) {
      SeededGenerator chance = new SeededGenerator(seed);
      int nodes = 2 + chance.below(4);
      long from = chance.between(0, SECOND);
      Weather.Cut cut =
          new Weather.Cut(1L << chance.below(nodes), from, from + chance.between(0, 3 * SECOND));
      Weather foul =
          new Weather(
              chance.below(200), chance.below(200), chance.below(300), SECOND / 20, List.of(cut));
      Simulation simulation = new Simulation(seed, nodes, foul);
      List<CountingNode> ring = ring(simulation, nodes, 300, 1_000, Deaths.BY_SILENCE);
      simulation.run(
          ring, () -> ring.stream().allMatch(node -> node.received.size() >= 300), 600 * SECOND);
      for (CountingNode node : ring) {
        assertEquals(upTo(300), node.received, "seed " + seed);
        assertEquals(0, node.misses, "seed " + seed);
      }
    }
  }

  @Test
  void aCutThatLastsTooLongIsTheDeathOfBothSidesAndNothingComesTwice() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Weather.Cut cut = new Weather.Cut(0b001, SECOND / 100, 9 * SECOND);
      Weather foul = new Weather(50, 50, 50, SECOND / 20, List.of(cut));
      Simulation simulation = new Simulation(seed, 3, foul);
      List<CountingNode> ring = ring(simulation, 3, 500, 1_000, Deaths.BY_SILENCE);
      simulation.run(ring, () -> false, 20 * SECOND);
      assertEquals(List.of(2, 1, 1), ring.stream().map(node -> node.misses).toList());
      for (CountingNode node : ring) {
        assertEquals(upTo(node.received.size()), node.received, "seed " + seed);
      }
      assertEquals(500, ring.get(2).received.size(), "seed " + seed);
    }
  }
}
