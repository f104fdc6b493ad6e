package org.atoll.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The program {@code costs} in a system that a shell was started in: what system calls cost. */
public final class Costs implements Closeable {

  private static final String PATH = "/tmp/costs";

  private final GuestShell shell;

  /**
   * Starts the system, and brings the program there.
   *
   * @param command that runs a shell in it
   */
  public Costs(List<String> command, Path program) throws IOException {
    shell = new GuestShell(command);
    shell.put(program, PATH);
  }

  /**
   * Measures one of its calls.
   *
   * @param where what stands before the command, as {@code onnode 1}; may be empty
   * @param what as its source names it, how many samples, and where events are counted, if at all
   * @return nanoseconds of a call, each the mean of a batch; then the events
   */
  public double[] nanos(String where, String what) throws IOException {
    return numbers(shell.run(command(where, what)));
  }

  /** Measures a call of Atoll's own to a process on node 0. */
  public double[] nanosOfCalls(String where, String what) throws IOException {
    String server = command("onnode 0", "serve");
    return numbers(shell.run(server + " & " + command(where, what) + " && wait $!"));
  }

  private static String command(String where, String words) {
    return (where + " " + PATH + " " + words).strip();
  }

  private static double[] numbers(List<String> lines) {
    return lines.stream().mapToDouble(Double::parseDouble).toArray();
  }

  @Override
  public void close() throws IOException {
    shell.close();
  }
}
