package org.atoll.system;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A shell in a VOS that goes on while the test does other things: commands are typed into it, and
 * what it says up to a mark is looked at. Standard error is in between.
 */
final class LiveVos implements Closeable {

  private static final String MARK = "[mark %d]";

  /** It does not live longer: who reads what it says cannot be interrupted. */
  private static final Duration LIFE = Duration.ofMinutes(4);

  private final Process process;
  private final OutputStream input;
  private final BufferedReader output;
  private int marks;

  private LiveVos(Process process) {
    this.process = process;
    this.input = process.getOutputStream();
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    process
        .onExit()
        .orTimeout(LIFE.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(late -> {
          close();
          return process;
        });
  }

  /** Starts a command that reads shell commands; its sockets are in the folder. */
  static LiveVos start(ProcessBuilder builder, Path runtime) {
    builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
    builder.redirectInput(ProcessBuilder.Redirect.PIPE).redirectErrorStream(true);
    try {
      return new LiveVos(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Types a line. */
  void type(String line) {
    try {
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Types a line; what is said until it is done. */
  String run(String line) {
    type(line);
    String mark = MARK.formatted(++marks);
    type("echo '" + mark + "'");
    return until(mark);
  }

  /** What is said up to a line; that one is taken, too. */
  String until(String mark) {
    List<String> lines = new ArrayList<>();
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(mark)) {
          return lines(lines);
        }
        lines.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("the VOS ended before it said " + mark + ": " + lines);
  }

  private static String lines(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** Waits for its end; what it said, and its exit status. */
  Outcome end(Duration limit) {
    try {
      input.close();
      String rest = lines(output.lines().toList());
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      int status = ended ? process.exitValue() : Outcome.TIMED_OUT;
      return new Outcome(status, rest.getBytes(StandardCharsets.UTF_8), new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a VOS ran", e);
    }
  }

  /** The processes of the VOS on the host: of its nodes, and what they were started by. */
  List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /** Its process on the host. */
  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
