package org.atoll.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A shell, of a VOS or of this machine, that runs one command line after the other. */
public final class GuestShell implements AutoCloseable {

  private static final String END = "end-of-command";

  private final Process process;
  private final OutputStream in;
  private final BufferedReader out;

  /**
   * Starts it.
   *
   * @param command that runs a shell which reads its commands from standard input
   */
  public GuestShell(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    in = process.getOutputStream();
    out = process.inputReader();
  }

  /** Runs a line of commands, which must end with status 0; the lines that they print. */
  public List<String> run(String line) throws IOException {
    type(line + " || exit 1; echo " + END);
    return untilEnd(line);
  }

  /** Brings a program into the file system that the shell sees. */
  public void put(Path program, String path) throws IOException {
    // The shell may have read ahead; once it has answered, what follows is its command's.
    String take = String.format("head -c %d >%s && chmod 755 %s", Files.size(program), path, path);
    type("echo " + END + "; " + take + " || exit 1; echo " + END);
    var _ = untilEnd(take);
    Files.copy(program, in);
    in.flush();
    var _ = untilEnd(take);
  }

  private void type(String line) throws IOException {
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  private List<String> untilEnd(String line) throws IOException {
    List<String> printed = new ArrayList<>();
    for (String next = out.readLine(); !END.equals(next); next = out.readLine()) {
      if (next == null) {
        throw new IOException("the shell has ended at: " + line);
      }
      printed.add(next);
    }
    return printed;
  }

  /** The process that the command is. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends the shell, and waits for it. */
  @Override
  public void close() throws IOException {
    in.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
