package org.atoll.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.atoll.libposix.Sight;
import org.atoll.libposix.Sight.Kind;
import org.junit.jupiter.api.Test;

/** Lines as strace 6.1 prints them. */
class StraceLinesTest {

  private static final StraceOptions FOLLOW = options(true, StraceOptions.Counting.NO, false);

  private final StringBuilder out = new StringBuilder();
  private final StraceCounts counts = new StraceCounts();
  private long now;

  private static StraceOptions options(
      boolean follow, StraceOptions.Counting counting, boolean intoFile) {
    return new StraceOptions(
        Set.of(),
        Set.of("SIGCHLD"),
        32,
        follow,
        counting,
        false,
        StraceOptions.Stamp.NONE,
        false,
        intoFile);
  }

  private Sight sight(Kind kind, int pid, String name, String text, String result) {
    now += 1000;
    return new Sight(kind, now, now, 0, pid, pid, name, text, result);
  }

  private List<Sight> twoProcesses() {
    List<Sight> sights = new ArrayList<>();
    sights.add(sight(Kind.FIRST, 2, "", "", ""));
    sights.add(sight(Kind.CALLED, 2, "close", "3", ""));
    sights.add(sight(Kind.ANSWERED, 2, "close", "", "0"));
    sights.add(sight(Kind.CALLED, 2, "wait4", "-1, ", ""));
    sights.add(sight(Kind.BORN, 3, "", "", ""));
    sights.add(sight(Kind.CALLED, 3, "exit_group", "0", ""));
    sights.add(sight(Kind.ANSWERED, 3, "exit_group", "", "?"));
    sights.add(sight(Kind.ENDED, 3, "", "", "exited with 0"));
    sights.add(sight(Kind.ANSWERED, 2, "wait4", "NULL, 0, NULL", "-1 ECHILD (No child processes)"));
    sights.add(sight(Kind.SIGNALLED, 2, "SIGCHLD", "{..}", ""));
    sights.add(sight(Kind.SIGNALLED, 2, "SIGURG", "{..}", ""));
    sights.add(sight(Kind.ENDED, 2, "", "", "killed by SIGTERM"));
    return sights;
  }

  private String lines(StraceOptions options) {
    StraceLines lines = new StraceLines(options, out::append, counts);
    twoProcesses().forEach(lines::add);
    lines.end();
    return out.toString();
  }

  @Test
  void aCallThatAnotherProcessInterruptsIsTwoLines() {
    assertEquals(
        """
        close(3)                                = 0
        wait4(-1,  <unfinished ...>
        strace: Process 3 attached
        [pid     3] exit_group(0)               = ?
        [pid     3] +++ exited with 0 +++
        <... wait4 resumed>NULL, 0, NULL)       = -1 ECHILD (No child processes)
        --- SIGCHLD {..} ---
        +++ killed by SIGTERM +++
        """,
        lines(FOLLOW));
  }

  @Test
  void aFileHasThePidInEveryLine() {
    assertEquals(
        """
        2     close(3)                          = 0
        2     wait4(-1,  <unfinished ...>
        3     exit_group(0)                     = ?
        3     +++ exited with 0 +++
        2     <... wait4 resumed>NULL, 0, NULL) = -1 ECHILD (No child processes)
        2     --- SIGCHLD {..} ---
        2     +++ killed by SIGTERM +++
        """,
        lines(options(true, StraceOptions.Counting.NO, true)));
  }

  @Test
  void childrenAreNotFollowedUnlessAskedFor() {
    assertEquals(
        """
        close(3)                                = 0
        wait4(-1, NULL, 0, NULL)                = -1 ECHILD (No child processes)
        --- SIGCHLD {..} ---
        +++ killed by SIGTERM +++
        """,
        lines(options(false, StraceOptions.Counting.NO, false)));
  }

  @Test
  void theTableCountsCallsAndErrors() {
    assertEquals("", lines(options(true, StraceOptions.Counting.ONLY, false)));
    assertEquals(
        """
        % time     seconds  usecs/call     calls    errors syscall
        ------ ----------- ----------- --------- --------- ----------------
         83.33    0.000005           5         1         1 wait4
         16.67    0.000001           1         1           close
        ------ ----------- ----------- --------- --------- ----------------
        100.00    0.000006           3         2         1 total
        """,
        counts.table());
  }

  @Test
  void aSightIsOneLineBetweenNodes() {
    Sight sight = sight(Kind.CALLED, 7, "read", "0, ", "");
    assertEquals(sight, Sight.decode(sight.encode()));
  }
}
