package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Programs in C for the guest: {@code atoll cc}, and IPC by {@code atoll.h}. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramsInCTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final AtollCommand command = AtollCommand.ofThisBuild();

  @TempDir Path folder;

  @BeforeAll
  void build() {
    command.prepare();
  }

  /** Compiles a source of {@code src/test/resources/ipc}. */
  private void compile(String name) throws IOException {
    try (InputStream source = getClass().getResourceAsStream("/ipc/" + name + ".c")) {
      Files.copy(Objects.requireNonNull(source, name), folder.resolve(name + ".c"));
    }
    Outcome outcome = cc("-Wall", "-Wextra", "-Werror", "-pthread", name + ".c", "-o", name);
    assertEquals("", outcome.err());
    assertEquals(0, outcome.status());
  }

  private Outcome cc(String... arguments) {
    List<String> words = new ArrayList<>(List.of("cc"));
    words.addAll(List.of(arguments));
    ProcessBuilder compiler = command.launcher(words.toArray(String[]::new));
    return command.run(compiler.directory(folder.toFile()), LIMIT);
  }

  private Outcome run(String nodes, String... words) {
    List<String> line = new ArrayList<>(List.of("run", "--nodes", nodes, "-v", folder + ":/w"));
    line.add("--");
    line.addAll(List.of(words));
    return command.launch(LIMIT, line.toArray(String[]::new));
  }

  @Test
  void aProgramCallsAndIsCalled() throws IOException {
    compile("calls");
    Outcome outcome = run("1", "/w/calls");
    assertEquals("", outcome.err());
    assertEquals(
        """
        add: 40\s
        add: 42\s
        source and type: 1\s
        upper: 65536\s
        filled: 1\s
        unknown: 0\s
        its result: -38 Success
        a number of the system's: -1 Operation not permitted
        a kernel: -1 Operation not permitted
        too long: -1 Message too long
        no message: -1 Bad address
        no buffer: -1 Bad address
        nothing there: -1 Connection timed out
        nothing comes: -1 Connection timed out
        no such request: -1 No such process
        nobody: -1 No such process
        self: 1\s
        """,
        outcome.out().substring(0, outcome.out().indexOf("server: ")));
    assertEquals(
        """
        interrupted call: -1 Interrupted system call
        interrupted receive: -1 Interrupted system call
        still there: 42\s
        notify: 0\s
        call to the dead: -1 No such process
        notify the dead: -1 No such process
        server: cancelled: 0\s
        server: notified: 0\s
        """,
        // The server's lines come in between: one of two processes prints first.
        outcome
            .out()
            .substring(outcome.out().indexOf("self: 1 \n") + 9)
            .lines()
            .sorted(java.util.Comparator.comparing(line -> line.startsWith("server")))
            .map(line -> line + "\n")
            .reduce("", String::concat));
  }

  @Test
  void callersAreOnOtherNodesAndDie() throws IOException {
    compile("nodes");
    Outcome outcome = run("2", "/w/nodes");
    assertEquals("", outcome.err());
    String heard =
        """
        server: from afar, 10 bytes, node 1
        client: 0 11 well heard
        """;
    assertEquals(
        heard
            + "status 0\n"
            + heard
            + "status 0\n"
            + heard
            + """
            server: cancelled
            status 9
            dead server: -1 ESRCH
            failed callers: 0
            """,
        outcome.out());
  }

  /** The lines of the README of {@code userland/examples/ipc}, but for the shell's prompt. */
  @Test
  void theExamplesFindServicesAndProgramsByName() throws IOException {
    Path examples = AtollCommand.root().resolve("userland/examples/ipc");
    for (String name : List.of("counter", "count")) {
      Outcome compiled =
          cc("-Wall", "-Wextra", "-Werror", examples.resolve(name + ".c").toString(), "-o", name);
      assertEquals("", compiled.err());
    }
    Outcome outcome =
        command.launch(
            LIMIT,
            "run",
            "--nodes",
            "2",
            "--service",
            examples.resolve("Counter.java").toString(),
            "-v",
            folder + ":/w",
            "--",
            "sh",
            "-c",
            """
            /w/count counter 40 2; onnode 1 /w/count counter
            /w/counter & pid=$!
            until /w/count user/counter 2>/dev/null; do :; done
            onnode 1 /w/count user/counter 1 2 3
            /w/counter; { kill $pid; wait $pid; } 2>/dev/null
            /w/count user/counter; /w/count none; /w/count pm 1\
            """);
    assertEquals(
        """
        node 0: the sum is 42
        node 1: the sum is 42
        node 0: the sum is 0
        node 1: the sum is 6
        """,
        outcome.out());
    assertEquals(
        """
        counter: user/counter: File exists
        user/counter: No such file or directory
        none: No such file or directory
        count: Function not implemented
        """,
        outcome.err());
  }

  @Test
  void theCompilersWordsAndStatusAreThoseOfCc() throws IOException {
    Files.writeString(folder.resolve("bad.c"), "int main(void) { return x; }\n");
    Outcome outcome = cc("bad.c");
    assertEquals(1, outcome.status());
    assertTrue(
        outcome.err().contains("bad.c:1:25: error: 'x' undeclared")
            || outcome.err().contains("bad.c:1:25: error: ‘x’ undeclared"),
        outcome.err());
    assertTrue(cc("--version").out().contains("riscv64-linux-gnu-gcc"));
    assertTrue(cc("--help").out().contains("atoll cc -O2 prog.c -o prog"));
  }

  @Test
  void aMissingCompilerIsOneLineThatInstallsIt() {
    ProcessBuilder builder = command.launcher("cc", "x.c");
    builder.environment().put("ATOLL_CC", "no-such-compiler");
    Outcome outcome = command.run(builder, LIMIT);
    assertEquals(125, outcome.status());
    assertEquals(
        "atoll: no-such-compiler is not installed:"
            + " apt-get install gcc-riscv64-linux-gnu libc6-dev-riscv64-cross\n",
        outcome.err());
  }
}
