package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Folders of the host in a VOS: {@code -v}. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostFolderTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path host;

  @BeforeAll
  void build() {
    command.prepare();
  }

  private Outcome run(String volumes, int nodes, String script) {
    List<String> words = new ArrayList<>(List.of("run", "--nodes", String.valueOf(nodes)));
    for (String volume : volumes.split(" ", -1)) {
      words.addAll(List.of("-v", volume));
    }
    words.addAll(List.of("--", "sh", "-c", script));
    return command.launch(LIMIT, words.toArray(String[]::new));
  }

  @Test
  void aFolderIsUsedFromEveryNode() throws IOException {
    Files.writeString(host.resolve("in"), "from the host\n");
    Outcome outcome =
        run(
            host + ":/deep/er/w",
            2,
            """
            cd /deep/er/w && cat in && onnode 1 cat in
            onnode 1 sh -c 'mkdir d && echo from node 1 > d/out' && cat d/out
            printf '#!/bin/sh\\necho a program of the share\\n' > prog && chmod 755 prog && ./prog
            cp /bin/busybox d && cmp /bin/busybox d/busybox && onnode 1 d/busybox true && echo runs
            grep -c hostfs /proc/mounts; cd ../../..; pwd; ls /deep/er\
            """);
    assertEquals("", outcome.err());
    assertEquals(
        """
        from the host
        from the host
        from node 1
        a program of the share
        runs
        1
        /
        w
        """,
        outcome.out());
    assertEquals("from node 1\n", Files.readString(host.resolve("d/out")));
  }

  @Test
  void aLinkLeadsInsideTheGuest() throws IOException {
    Path secret = Files.writeString(Files.createTempFile("secret", ""), "secret");
    Files.createSymbolicLink(host.resolve("link"), secret);
    Files.createSymbolicLink(host.resolve("up"), Path.of("../../../../etc/hostname"));
    Outcome outcome = run(host + ":/w", 1, "cat /w/link; cat /w/up; cat /w/../etc/hostname");
    assertEquals("atoll\natoll\n", outcome.out());
    assertTrue(outcome.err().contains("No such file or directory"), outcome.err());
    Files.delete(secret);
  }

  @Test
  void nothingIsWrittenToWhatIsOnlyRead() throws IOException {
    Path file = Files.writeString(host.resolve("f"), "as it was\n");
    Outcome outcome =
        run(
            host + ":/w:ro " + file + ":/etc/motd",
            1,
            "cat /w/f; for c in 'touch /w/f' 'rm /w/f' 'mkdir /w/d' 'chmod 1 /w/f'; do"
                + " $c 2>/dev/null || echo refused; done; echo as it is > /etc/motd; cat /w/f");
    assertEquals("as it was\n" + "refused\n".repeat(4) + "as it is\n", outcome.out());
    assertEquals("as it is\n", Files.readString(file));
    assertFalse(Files.exists(host.resolve("d")));
  }

  @Test
  void whatCannotBeSharedIs125AndALine() {
    assertFails("No such file or directory", host + "/none:/w");
    assertFails("must begin with /", host + ":w");
    assertFails("HOST:GUEST", host + ":/w:rx");
    assertFails("mount /etc/passwd: Not a directory", host + ":/etc/passwd");
    Outcome simulated = command.launch(LIMIT, "sim", "-v", host + ":/w", "--", "true");
    assertEquals(125, simulated.status());
    assertEquals(1, simulated.err().lines().count());
  }

  private void assertFails(String saying, String volume) {
    Outcome outcome = run(volume, 1, "true");
    assertEquals(125, outcome.status(), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains(saying), outcome.err());
  }
}
