package org.atoll.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.atoll.abi.Limits;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.drivers.link.Ways;
import org.atoll.image.Image;
import org.atoll.image.Images;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Programs of a simulated VOS, and who is outside of it. */
@Tag("system")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutsideTest {

  private static final String WHOEVER_ANSWERS =
      """
      wget -qO- http://www.example/a/path
      onnode 1 wget -qO- http://host.atoll.internal/
      echo said | nc 10.64.0.254 7
      nc 198.18.0.1 19 </dev/null | wc -c
      head -c 300000 /dev/zero | onnode 1 nc 198.18.0.1 7 | wc -c
      """;

  private static final String WHOEVER_DOES_NOT =
      """
      exec 2>&1
      for a in 192.0.2.1:80 198.51.100.1:80 203.0.113.1:80 198.18.0.1:81; do
        nc ${a%:*} ${a#*:} </dev/null
      done
      onnode 1 nc 192.0.2.1 80 </dev/null
      wget -qO- http://nobody.invalid/ || echo unknown
      """;

  private static final String TIMES =
      """
      for i in 1 2 3; do wget -qO- http://www.example/$i; cat /proc/uptime; done
      """;

  private Path image = Path.of("/");
  private List<BootFile> files = List.of();

  @BeforeAll
  void readTheImage() throws IOException {
    image = new Images(Images.Machine.here(), line -> {}).locate(Images.BASE);
    files = NetFiles.with(HostNet.SIMULATED, BootFile.all(Image.open(image)));
  }

  private String run(long seed, int swapEvery, String script) {
    ExecImage shell =
        new ExecImage(
            "/bin/sh",
            "/",
            List.of("sh", "-c", script),
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    VosSpec spec =
        new VosSpec(
            2,
            image,
            shell,
            48L << 20,
            Limits.PROCESSES_MAX,
            false,
            OwnServices.NONE,
            List.of(),
            Ways.AUTO,
            HostNet.SIMULATED);
    SimulatedVos vos = new SimulatedVos(spec, files, seed, swapEvery, Observer.NONE);
    vos.streams().endInput();
    assertNotEquals(LinuxVos.FAILED, vos.finish(), "seed " + seed);
    return new String(vos.streams().output(), UTF_8);
  }

  @Test
  void programsOfBothNodesReachWhoeverAnswers() {
    assertEquals(
        "GET /a/path HTTP/1.1\nGET / HTTP/1.1\nsaid\n900\n300000\n", run(1, 0, WHOEVER_ANSWERS));
  }

  @Test
  void programsAreToldWhyOthersDoNot() {
    assertEquals(
        """
        nc: can't connect to remote host (192.0.2.1): Connection timed out
        nc: can't connect to remote host (198.51.100.1): No route to host
        nc: can't connect to remote host (203.0.113.1): Network is unreachable
        nc: can't connect to remote host (198.18.0.1): Connection refused
        nc: can't connect to remote host (192.0.2.1): Connection timed out
        wget: bad address 'nobody.invalid'
        unknown
        """,
        run(1, 0, WHOEVER_DOES_NOT));
  }

  @Test
  void eachAnswerTakesTheTimeThatTheSeedSays() {
    String first = run(5, 0, TIMES);
    assertEquals(first, run(5, 0, TIMES));
    assertNotEquals(first, run(6, 0, TIMES));
  }

  @Test
  void serversAndDriverAreReplacedByWhatTheySavedAndNobodyNotices() {
    for (int swapEvery : new int[] {1, 7}) {
      assertEquals(run(5, 0, TIMES), run(5, swapEvery, TIMES), "every " + swapEvery);
    }
  }
}
