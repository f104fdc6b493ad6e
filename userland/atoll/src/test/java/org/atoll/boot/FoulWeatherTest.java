package org.atoll.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.atoll.abi.Limits;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.hypercall.sim.SeededGenerator;
import org.atoll.hypercall.sim.Weather;
import org.atoll.hypercall.sim.Weather.Cut;
import org.atoll.image.Image;
import org.atoll.image.Images;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Jobs on two to five nodes over wires that lose, double, delay and part: {@code
 * -Datoll.seeds=1000} tries so many seeds.
 */
@Tag("system")
@Timeout(3_600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FoulWeatherTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int SEEDS = Integer.getInteger("atoll.seeds", 4);

  /** Jobs at once, pipes and statuses between all nodes; each line has one possible answer. */
  private static final String JOBS =
      """
      last=$1
      for n in 0 1 $last; do onnode $n sh -c 'for i in 1 2 3; do echo $0 $i; done' $n & done | sort
      wait
      onnode 1 cat /etc/passwd | onnode $last wc -l
      onnode $last sh -c 'exit 7'; echo $?
      onnode 1 sh -c 'sleep 1; echo slept' & wait $!; echo $?
      onnode 1 sh -c 'kill -9 $$'; echo $?
      """;

  private static final String ALONE =
      """
      echo before; onnode 1 sleep 20 2>/dev/null; echo $?; onnode 1 true 2>/dev/null; echo $?; echo after
      """;

  private Path image = Path.of("/");
  private List<BootFile> files = List.of();

  @BeforeAll
  void readTheImage() throws IOException {
    image = new Images(Images.Machine.here(), line -> {}).locate(Images.BASE);
    files = BootFile.all(Image.open(image));
  }

  private SimulatedVos vos(int nodes, long seed, Weather weather, String script) {
    ExecImage shell =
        new ExecImage(
            "/bin/sh",
            "/",
            List.of("sh", "-c", script, "sh", String.valueOf(nodes - 1)),
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    VosSpec spec = new VosSpec(nodes, image, shell, 48L << 20, Limits.PROCESSES_MAX, false);
    SimulatedVos vos = new SimulatedVos(spec, files, seed, weather);
    vos.streams().endInput();
    return vos;
  }

  private static String expected(int last) {
    return Stream.of(0, 1, last)
            .flatMap(node -> Stream.of(node + " 1\n", node + " 2\n", node + " 3\n"))
            .sorted()
            .collect(Collectors.joining())
        + "12\n7\nslept\n0\n137\n";
  }

  @Test
  void jobsDoTheirWorkWhateverTheWiresDo() {
    for (int seed = 0; seed < SEEDS; seed++) {
      SeededGenerator chance = new SeededGenerator(seed);
      int nodes = 2 + chance.below(4);
      long from = chance.between(0, SECOND);
      Cut cut = new Cut(1L << chance.below(nodes), from, from + chance.between(0, 3 * SECOND));
      Weather foul =
          new Weather(
              chance.below(100), chance.below(100), chance.below(100), SECOND / 50, List.of(cut));
      SimulatedVos vos = vos(nodes, seed, foul, JOBS);
      int status = vos.finish();
      String said = new String(vos.streams().output(), UTF_8);
      assertEquals(expected(nodes - 1), said, "seed " + seed);
      assertEquals(0, status, "seed " + seed);
    }
  }

  @Test
  void aNodeThatIsPartedForTooLongIsDeadAndTheOthersGoOn() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Weather parted =
          new Weather(20, 20, 20, SECOND / 50, List.of(new Cut(0b10, 2 * SECOND, 1_000 * SECOND)));
      SimulatedVos vos = vos(3, seed, parted, ALONE);
      int status = vos.finish();
      String said = new String(vos.streams().output(), UTF_8);
      assertEquals("before\n137\n125\nafter\n", said, "seed " + seed);
      assertNotEquals(LinuxVos.FAILED, status, "seed " + seed);
    }
  }
}
