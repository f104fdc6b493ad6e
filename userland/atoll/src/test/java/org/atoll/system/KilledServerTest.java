package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each server and driver is killed while programs use it, and what becomes of the VOS. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class KilledServerTest {

  private static final String SERVICE =
      """
      import org.atoll.abi.*;
      import org.atoll.libsys.files.*;

      public final class Own implements FileTree {
        public void list(Turn turn, String folder, Listing into) { into.file("value", 0444); }
        public int read(Turn turn, String path, long offset, byte[] into) {
          return FileTree.part("x".repeat(1000), offset, into);
        }
        public void save(StateWriter out) { out.version(1); }
        public void load(StateReader in) { in.version(1); }
      }
      """;

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;
  private ServiceDesk desk = new ServiceDesk(command, Path.of(""));

  @BeforeAll
  void build() {
    command.prepare();
  }

  @BeforeEach
  void open() throws IOException {
    desk = new ServiceDesk(command, folder);
    Files.writeString(folder.resolve("Own.java"), SERVICE);
    Files.writeString(Files.createDirectory(folder.resolve("shared")).resolve("value"), "shared\n");
  }

  @AfterEach
  void end() {
    desk.close();
  }

  private LiveVos vos(int nodes) {
    return desk.start(
        "run",
        "--nodes",
        String.valueOf(nodes),
        "--service",
        folder.resolve("Own.java").toString(),
        "--mount",
        "own:/own",
        "-v",
        folder.resolve("shared") + ":/shared");
  }

  /** A service's name, and work that keeps it busy: one round of a loop that does not end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "procfs  | ls -lR /proc; cat /proc/*/stat; cat /proc/mounts",
        "devfs   | dd if=/dev/zero of=/dev/null bs=4k count=100; ls -l /dev",
        "hostfs  | cat /shared/value; echo new > /shared/new; rm /shared/new",
        "console | echo a line for the console >&9",
        "control | :",
        "ds      | cat /proc/atoll/ds",
        "is      | cat /proc/atoll/tasks /proc/atoll/calls",
        "tty     | echo line > /dev/ptmx; ls -l /dev/pts",
        "sched   | nice -n 5 true || true; sh -c true",
        "net     | echo a | nc -w 1 127.0.0.1 9",
        "own     | cat /own/value; ls -l /own",
      })
  void theShellGoesOnAndOnlyWhoAskedItMissesAnAnswer(String name, String work) {
    LiveVos vos = vos(2);
    vos.run("busy() { while [ ! -e /tmp/enough ]; do " + work + "; done; }");
    vos.run("busy 9>&1 > /tmp/said 2>&1 &");
    vos.run(
        "other() { while [ ! -e /tmp/enough ]; do echo a | cat | grep a || echo lost >&9; done; }");
    vos.run("other > /tmp/found 9> /tmp/lost &");
    for (int killed = 1; killed <= 2; killed++) {
      desk.done("kill", name);
    }
    assertEquals(2, desk.restarts(name));
    vos.run("touch /tmp/enough; wait");
    assertEquals("", vos.run("cat /tmp/lost"));
    vos.run("(" + work + ") 9>&1 > /dev/null");
    String all = "cat /shared/value /own/value /proc/1/stat /dev/null > /dev/zero; echo $?";
    assertEquals("0\n", vos.run(all));
    vos.type("exit 7");
    assertEquals(7, vos.end(ServiceDesk.LIMIT).status());
  }

  @ParameterizedTest
  @CsvSource({"pm,1", "vm,2", "vfs,1", "tmpfs,2", "rs,2", "shm,1"})
  void theLossOfWhatHasTheStateEndsTheVosWithOneLineAndLeavesNothing(String name, int nodes)
      throws IOException {
    LiveVos vos = vos(nodes);
    List<ProcessHandle> all = vos.processes();
    vos.run("(while :; do ls -lR /proc | grep -c self; done) > /dev/null 2>&1 &");
    desk.service("kill", name);
    Outcome outcome = vos.end(ServiceDesk.LIMIT);
    assertEquals(125, outcome.status());
    assertEquals(1, outcome.out().lines().count(), outcome.out());
    assertTrue(outcome.out().contains("(" + name + ") was killed and ends"), outcome.out());
    all.forEach(process -> process.onExit().join());
    assertEquals(List.of(), desk.sockets());
  }

  @Test
  void whatAKilledServerHeldOfTheMemoryIsFreeAgain() {
    LiveVos vos = vos(1);
    String free = "sed -n 's/^MemFree: *\\([0-9]*\\) kB/\\1/p' /proc/meminfo";
    vos.run(free);
    long before = Long.parseLong(vos.run(free).strip());
    vos.run("dd if=/dev/zero of=/dev/big bs=1M count=20 2> /dev/null");
    assertTrue(Long.parseLong(vos.run(free).strip()) < before - 20_000);
    desk.done("kill", "devfs");
    assertTrue(Long.parseLong(vos.run(free).strip()) > before - 1_000);
  }

  @Test
  void theLossOfANodesVmEndsThatNodeAlone() {
    LiveVos vos = vos(2);
    vos.run(
        "(onnode 1 sh -c 'while :; do cat /own/value; done' > /dev/null; echo $? > /tmp/ended) &");
    desk.service("kill", "vm@1");
    String said = vos.run("wait; cat /tmp/ended; cat /shared/value");
    assertTrue(said.contains("(vm) was killed and ends"), said);
    assertTrue(said.endsWith("137\nshared\n"), said);
    assertFalse(desk.service("ls").out().contains("vm@1"));
    vos.type("exit 7");
    assertEquals(7, vos.end(ServiceDesk.LIMIT).status());
  }
}
