package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A program that leads a session of its own on a terminal of its own, and all that it starts. */
final class TerminalSession implements Closeable {

  /**
   * A job of the guest's shell that says "started" when it is in the foreground, and "awake"
   * whenever it goes on: fg tells a job's name before the job has the terminal. What is echoed as
   * the line is typed looks different.
   */
  static final String JOB =
      "sh -c 'x=ake; trap \"echo aw\\$x\" CONT; echo sta\"\"rted; while :; do :; done'";

  private static final String MARK = "ATOLL_TERMINAL_TEST";
  private static final long SECONDS_MAX = 60;

  private final Pty pty = new Pty();
  private final String mark = UUID.randomUUID().toString();
  private final String before = pty.settings();
  private final Process leader;

  private TerminalSession(Map<String, String> environment, List<String> words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("setsid", "--ctty");
    builder.command().addAll(List.of("env", "--default-signal=HUP,INT,QUIT,TSTP"));
    builder.command().addAll(words);
    builder.redirectInput(pty.path().toFile());
    builder.redirectOutput(pty.path().toFile());
    builder.redirectError(pty.path().toFile());
    builder.environment().putAll(environment);
    builder.environment().put("ATOLL_NO_BUILD", "1");
    builder.environment().put("TERM", "xterm");
    builder.environment().put(MARK, mark);
    leader = builder.directory(AtollCommand.root().toFile()).start();
  }

  /** The launcher with these words. */
  static TerminalSession ofAtoll(String... words) throws IOException {
    return ofAtoll(Map.of(), words);
  }

  /** The same, with more in its environment. */
  static TerminalSession ofAtoll(Map<String, String> environment, String... words)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(AtollCommand.root().resolve("atoll").toString()));
    line.addAll(List.of(words));
    return new TerminalSession(environment, line);
  }

  /**
   * A VOS at its first prompt, which keeps its socket and its logs in a folder and has made the
   * terminal raw.
   */
  static TerminalSession ofShell(Path folder, int nodes) throws Exception {
    Map<String, String> environment =
        Map.of("XDG_RUNTIME_DIR", folder.toString(), "XDG_STATE_HOME", folder.toString());
    TerminalSession session = ofAtoll(environment, "run", "--nodes", String.valueOf(nodes));
    session.pty().await("# ");
    assertTrue(session.pty().isRaw());
    return session;
  }

  /** Any program. */
  static TerminalSession of(String... words) throws IOException {
    return new TerminalSession(Map.of(), List.of(words));
  }

  Pty pty() {
    return pty;
  }

  /** The program that was started. */
  ProcessHandle leader() {
    return leader.toHandle();
  }

  /** The processes of the session: all that have its mark in their environment. */
  List<ProcessHandle> processes() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(p -> read(p, "environ").contains(MARK + "=" + mark)).toList();
    }
  }

  /** The first process with this in its arguments, a NUL before each; waits for it. */
  ProcessHandle awaitProcess(String words) throws TimeoutException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (System.nanoTime() < deadline) {
      for (ProcessHandle process : processes()) {
        if (read(process, "cmdline").contains(words)) {
          return process;
        }
      }
      Thread.onSpinWait();
    }
    throw new TimeoutException("no process " + words);
  }

  /** The JVM of node 0. */
  ProcessHandle nodeZero() throws TimeoutException {
    return awaitProcess("\0-Datoll.launcher.pid=");
  }

  /** The JVM of another node. */
  ProcessHandle node(int number) throws TimeoutException {
    return awaitProcess("\0member\0--id\0" + number + "\0");
  }

  /** The lines of the system itself that are shown by now. */
  List<String> complaints() {
    return pty.shown().lines().filter(line -> line.contains("atoll: ")).toList();
  }

  /** Types a line. */
  void line(String text) {
    pty.type(text + "\r");
  }

  /** Sends a signal to one of the processes. */
  static void signal(String name, ProcessHandle to) throws IOException, InterruptedException {
    signal(name, String.valueOf(to.pid()));
  }

  /** Sends a signal; a negative number names a process group. */
  static void signal(String name, String to) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "--", to).start().waitFor());
  }

  /** Whether the program that was started ends before so much time is over. */
  boolean endsWithin(long millis) throws InterruptedException {
    return leader.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Waits for the end of all; the exit status of the first, and the terminal is as it was. */
  int awaitEnd() throws Exception {
    List<ProcessHandle> all = processes();
    assertTrue(leader.waitFor(SECONDS_MAX, TimeUnit.SECONDS), pty::shown);
    for (ProcessHandle process : all) {
      process.onExit().get(SECONDS_MAX, TimeUnit.SECONDS);
    }
    assertEquals(List.of(), processes());
    assertEquals(before, pty.settings(), pty::shown);
    return leader.exitValue();
  }

  private static String read(ProcessHandle process, String what) {
    try {
      Path file = Path.of("/proc/" + process.pid(), what);
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public void close() {
    processes().forEach(ProcessHandle::destroyForcibly);
    pty.close();
  }
}
