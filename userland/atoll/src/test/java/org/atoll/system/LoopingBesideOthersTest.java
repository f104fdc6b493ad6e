package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service of node 0 that does not return, while a process of node 1 calls other servers of node
 * 0: two processes of the host. Each of its calls is a line that a file gets, so that one which was
 * made twice or not at all is a line too many or one that is missing.
 */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LoopingBesideOthersTest {

  private static final String SOURCE =
      """
      import org.atoll.abi.*;
      import org.atoll.libsys.files.*;

      public final class Looping implements FileTree {
        private long turns;

        public void list(Turn turn, String folder, Listing into) {
          into.file("loop", 0444);
          into.file("value", 0444);
        }

        public int read(Turn turn, String path, long offset, byte[] into) {
          while (path.equals("loop")) { turns++; }
          return FileTree.part("1\\n", offset, into);
        }

        public void save(StateWriter out) { out.version(1); }

        public void load(StateReader in) { in.version(1); }
      }
      """;

  /** Appends numbers to a file until another one is there; says how many they were. */
  private static final String CALLS =
      "i=0; while [ ! -e /tmp/stop ]; do echo $i >>/tmp/calls; i=$((i+1)); done; echo $i >/tmp/made";

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;
  private Path file = Path.of("");
  private ServiceDesk desk = new ServiceDesk(command, Path.of(""));

  @BeforeAll
  void build() {
    command.prepare();
  }

  @BeforeEach
  void write() throws IOException {
    desk = new ServiceDesk(command, folder);
    file = folder.resolve("Looping.java");
    Files.writeString(file, SOURCE);
  }

  @AfterEach
  void end() {
    desk.close();
  }

  /** A VOS in which calls of node 1 are under way. */
  private LiveVos calling(String transport) {
    LiveVos vos =
        desk.start(
            "run",
            "--nodes",
            "2",
            "--transport",
            transport,
            "--service",
            file.toString(),
            "--mount",
            "looping:/mnt");
    vos.run("onnode 1 sh -c '" + CALLS + "' & calls=$!; while [ ! -s /tmp/calls ]; do :; done");
    return vos;
  }

  private void assertEachCallWasMadeOnce(LiveVos vos) {
    assertEquals("0\n", vos.run("touch /tmp/stop; wait $calls; echo $?"));
    String compared = "seq 0 $(($(cat /tmp/made) - 1)) | cmp - /tmp/calls; echo $?";
    assertEquals("0\n", vos.run(compared));
  }

  private void assertItBeganAnew(LiveVos vos) {
    assertEquals("1\n", vos.run("cat /mnt/value"));
    assertEquals("1\n", vos.run("onnode 1 cat /mnt/value"));
    assertEquals(1, desk.restarts("looping"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shm", "unix", "tcp"})
  void itIsNamedAndBeginsAnewAndEachCallOfTheOtherNodeIsMadeOnce(String transport) {
    LiveVos vos = calling(transport);
    String failed = vos.run("read word </mnt/loop; echo status $?");
    assertTrue(failed.contains("Looping.read does not return: more than"), failed);
    assertTrue(failed.endsWith("status 1\n"), failed);
    assertEachCallWasMadeOnce(vos);
    assertItBeganAnew(vos);
  }

  @Test
  void itsCallerOnTheOtherNodeGetsTheError() {
    LiveVos vos = calling("unix");
    String failed = vos.run("onnode 1 sh -c 'read word </mnt/loop; echo status $?'");
    assertTrue(failed.contains("Looping.read does not return: more than"), failed);
    assertTrue(failed.contains("status 1\n"), failed);
    assertEachCallWasMadeOnce(vos);
    assertItBeganAnew(vos);
  }

  /** In the half a second of the loop some thousand calls are made; if it held its node, none. */
  @Test
  void othersAreServedWhileItLoops() {
    LiveVos vos = calling("shm");
    String lines = "$(wc -l </tmp/calls)";
    String made =
        vos.run(
            "a=" + lines + "; read word </mnt/loop 2>/dev/null; echo $((" + lines + " - a > 50))");
    assertTrue(made.endsWith("1\n"), made);
    assertEachCallWasMadeOnce(vos);
    assertItBeganAnew(vos);
  }

  @Test
  void aLinkThatIsCutWhileItLoopsGoesOnAndEachCallIsMadeOnce() throws IOException {
    LiveVos vos = calling("tcp");
    vos.type("echo looping; read word </mnt/loop; echo 'status '$?");
    vos.until("looping");
    new LinkCutter(vos.pid()).cut(1);
    String failed = vos.until("status 1");
    assertTrue(failed.contains("Looping.read does not return: more than"), failed);
    assertEachCallWasMadeOnce(vos);
    assertItBeganAnew(vos);
  }
}
