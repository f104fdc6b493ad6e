package org.atoll.hypercall.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.atoll.abi.Errno;
import org.atoll.hypercall.Packets;
import org.atoll.hypercall.Streams;
import org.atoll.hypercall.sim.Simulation.Ending;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private static final long SECOND = 1_000_000_000L;

  /** What arrives at node 1 when node 0 sends so many numbered packets, one each millisecond. */
  private static List<Integer> arrivals(long seed, Weather weather) {
    Simulation simulation = new Simulation(seed, 2, weather);
    List<Integer> arrived = new ArrayList<>();
    simulation.packets(1).receiver(new Collecting(arrived));
    for (int number = 0; number < 500; number++) {
      ByteBuffer packet = ByteBuffer.allocate(4).putInt(0, number);
      simulation.at(number * 1_000_000L, () -> simulation.packets(0).send(1, packet));
    }
    Steppable looking = looking(simulation);
    assertEquals(Ending.QUIET, simulation.run(List.of(looking), () -> false, SECOND));
    return arrived;
  }

  private record Collecting(List<Integer> numbers) implements Packets.Receiver {
    @Override
    public void packet(int node, ByteBuffer packet) {
      numbers.add(packet.order(ByteOrder.BIG_ENDIAN).getInt());
    }

    @Override
    public void reachable(int node) {}

    @Override
    public void gone(int node) {}

    @Override
    public void due() {}
  }

  private static Steppable looking(Simulation simulation) {
    return new Steppable() {
      @Override
      public int node() {
        return 1;
      }

      @Override
      public boolean step() {
        simulation.host(1).eventWait(0).poll();
        return false;
      }

      @Override
      public long nextDeadlineNanos() {
        return NO_DEADLINE;
      }
    };
  }

  @Test
  void inCalmWeatherPacketsArriveOnceAndInOrder() {
    assertEquals(IntStream.range(0, 500).boxed().toList(), arrivals(1, Weather.CALM));
  }

  @Test
  void inFoulWeatherPacketsAreLostDoubledAndLateAndASeedSaysWhich() {
    Weather foul = new Weather(100, 100, 100, 5_000_000, List.of());
    List<Integer> arrived = arrivals(1, foul);
    Set<Integer> once = new TreeSet<>(arrived);
    assertTrue(once.size() > 400 && once.size() < 490, arrived::toString);
    assertTrue(arrived.size() > once.size(), arrived::toString);
    assertNotEquals(arrived, arrived.stream().sorted().toList());
    assertEquals(arrived, arrivals(1, foul));
    assertNotEquals(arrived, arrivals(2, foul));
  }

  @Test
  void aCutLosesWhatIsSentMeanwhile() {
    Weather cut = new Weather(0, 0, 0, 0, List.of(new Weather.Cut(1, 100_000_000, 200_000_000)));
    Set<Integer> expected = new TreeSet<>(IntStream.range(0, 500).boxed().toList());
    expected.removeAll(IntStream.range(100, 200).boxed().toList());
    assertEquals(expected, new TreeSet<>(arrivals(1, cut)));
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
