package org.atoll.system;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An {@code atoll node start} of a test, on this machine under another name, or in a namespace. */
final class TestAgent implements Closeable {

  private static final String WAITING = "atoll: waiting for VOSes on ";
  private static final long PATIENCE_SECONDS = 120;

  final Process process;
  final String address;
  final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** One that listens on a port that the host chooses, and has another machine's name. */
  static TestAgent start(AtollCommand command, String address, Path key) throws Exception {
    ProcessBuilder launcher =
        command.launcher("node", "start", "--listen", address + ":0", "--key", key.toString());
    launcher.environment().put("ATOLL_JVM_FLAGS", "-Datoll.machine=" + address);
    return new TestAgent(launcher);
  }

  TestAgent(ProcessBuilder launcher) throws Exception {
    process = launcher.start();
    Thread.ofVirtual().start(this::read);
    String first = next();
    if (!first.startsWith(WAITING)) {
      throw new AssertionError("the agent said: " + first);
    }
    address = first.substring(WAITING.length());
  }

  private void read() {
    try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
      errors.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException closed) {
      // The test is over.
    }
  }

  /** The next line that it says. */
  String next() throws InterruptedException {
    String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return line == null ? "nothing" : line;
  }

  /** The next lines, so many. */
  List<String> next(int count) throws InterruptedException {
    String[] next = new String[count];
    for (int i = 0; i < count; i++) {
      next[i] = next();
    }
    return List.of(next);
  }

  /** Processes of nodes that it has started. */
  List<ProcessHandle> nodes() {
    return process.descendants().toList();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
