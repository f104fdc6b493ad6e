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
final class GuestShell implements AutoCloseable {

  private static final String END = "end-of-command";

  private final Process process;
  private final OutputStream in;
  private final BufferedReader out;

  /**
   * Starts it.
   *
   * @param command that runs a shell which reads its commands from standard input
   */
  GuestShell(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    in = process.getOutputStream();
    out = process.inputReader();
  }

  /** Runs a line of commands, which must end with status 0; the lines that they print. */
  List<String> run(String line) throws IOException {
    in.write((line + " || exit 1; echo " + END + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
    return untilEnd(line);
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

  /**
   * A script that takes a program from standard input, and becomes a shell. A shell that reads its
   * commands there would read on into the program.
   */
  static String taking(Path program, String to) throws IOException {
    long bytes = Files.size(program);
    return "head -c " + bytes + " >" + to + "; chmod +x " + to + "; echo " + END + "; exec sh";
  }

  /** Gives the program that the script takes. */
  void give(Path program) throws IOException {
    Files.copy(program, in);
    in.flush();
    var _ = untilEnd("a program");
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
