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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code atoll strace} over the nodes of a VOS. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StraceTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Pattern ROW =
      Pattern.compile(" *[0-9.]+ +[0-9.]+ +[0-9]+ +([0-9]+) +([0-9]+ )?(\\w+)");

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;

  @BeforeAll
  void build() {
    command.prepare();
  }

  private static List<String> of(List<String> lines, int pid) {
    String prefix = String.format("%-5d ", pid);
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .filter(line -> !line.endsWith("<unfinished ...>"))
        .map(line -> line.replaceAll("0x[0-9a-f]+", "ADDR").replaceAll("\\) +=", ") ="))
        .toList();
  }

  @Test
  void callsOfAllNodesAreLinesOfOneFile() throws IOException {
    Path file = folder.resolve("two");
    Outcome traced =
        command.launch(
            LIMIT,
            "strace",
            "-f",
            "--nodes",
            "2",
            "--show-nodes",
            "-e",
            "trace=openat,write,wait4,execve,exit_group",
            "-o",
            file.toString(),
            "--",
            "sh",
            "-c",
            "onnode 1 sh -c 'echo hi >/tmp/f; exit 3'; echo $?");
    assertEquals("3\n", traced.out(), traced.err());
    assertEquals("", traced.err());
    List<String> lines = Files.readAllLines(file);
    List<String> shell = of(lines, 2);
    assertEquals(
        List.of(
            "n0 execve(\"sh\", [\"sh\", \"-c\", \"onnode 1 sh -c 'echo hi >/tmp/f;\"...],"
                + " [/* 3 vars */]) = 0",
            "n0 <... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 3",
            "n0 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=3, si_uid=0,"
                + " si_status=3, si_utime=0, si_stime=0} ---",
            "n0 wait4(-1, ADDR, WNOHANG, NULL) = -1 ECHILD (No child processes)",
            "n0 write(1, \"3\\n\", 2) = 2",
            "n0 exit_group(0) = ?",
            "n0 +++ exited with 0 +++"),
        shell);
    List<String> child = of(lines, 3);
    assertTrue(child.get(0).matches("n0 .*execve.* = 0"), child.get(0));
    assertEquals(
        List.of(
            "n1 openat(AT_FDCWD, \"/tmp/f\", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3",
            "n1 write(1, \"hi\\n\", 3) = 3",
            "n1 exit_group(3) = ?",
            "n1 +++ exited with 3 +++"),
        child.subList(child.size() - 4, child.size()));
  }

  @Test
  void theTableCountsTheLines() {
    Outcome traced =
        command.launch(LIMIT, "strace", "-f", "-C", "--", "sh", "-c", "ls / >/dev/null; ls /x");
    List<String> calls = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    for (String line : traced.err().lines().toList()) {
      Matcher call = Pattern.compile("(?:\\[pid +\\d+\\] )?(\\w+)\\(.*").matcher(line);
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(3).equals("total")) {
        rows.add(row.group(3) + " " + row.group(1));
      } else if (call.matches() && !call.group(1).equals("exit_group")) {
        calls.add(call.group(1));
      }
    }
    List<String> counted =
        calls.stream()
            .distinct()
            .map(name -> name + " " + calls.stream().filter(name::equals).count())
            .sorted()
            .toList();
    assertFalse(counted.isEmpty());
    assertEquals(counted, rows.stream().sorted().toList());
  }

  @Test
  void whatDoesNotExistIsAnError() {
    Outcome call = command.launch(LIMIT, "strace", "-e", "trace=foo", "--", "true");
    assertEquals("atoll: invalid system call 'foo'\n", call.err());
    assertEquals(125, call.status());
    Outcome signal = command.launch(LIMIT, "strace", "-e", "signal=foo", "--", "true");
    assertEquals("atoll: invalid signal 'foo'\n", signal.err());
    assertEquals(125, signal.status());
  }

  @Test
  void theStatusIsTheCommands() {
    Outcome traced = command.launch(LIMIT, "strace", "-e", "none", "--", "sh", "-c", "exit 9");
    assertEquals(9, traced.status());
    assertEquals("+++ exited with 9 +++\n", traced.err());
  }
}
