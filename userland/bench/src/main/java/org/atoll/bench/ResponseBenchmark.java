package org.atoll.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long a person waits for the shell: from a typed line to its answer, while nothing else runs
 * on the node, or one spinner, or four. The peer is the shell of this machine, which says what of
 * it is the machine's.
 */
public final class ResponseBenchmark {

  private static final int ROUNDS = 5;
  private static final int LINES = 100;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double GOAL_MILLIS = 20;
  private static final String SUBJECT = "atoll, four spinners";

  private ResponseBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Comparison comparison = new Comparison("a line typed to its answer by sh", SUBJECT, "ms");
    Map<String, List<Double>> all = new LinkedHashMap<>();
    try (Shell idle = new Shell(AtollCommand.atoll("run", "--", "sh"), 0);
        Shell one = new Shell(AtollCommand.atoll("run", "--", "sh"), 1);
        Shell four = new Shell(AtollCommand.atoll("run", "--", "sh"), 4);
        Shell host = new Shell(List.of("sh"), 0)) {
      for (int round = 0; round <= ROUNDS; round++) {
        boolean counts = round > 0;
        measure(comparison, all, SUBJECT, four, counts);
        measure(comparison, all, "atoll, one spinner", one, counts);
        measure(comparison, all, "atoll, no spinner", idle, counts);
        measure(comparison, all, "sh of this machine, no spinner", host, counts);
      }
    }
    comparison.print(System.out);
    all.forEach(ResponseBenchmark::printWorst);
    System.out.println();
  }

  private static void printWorst(String name, List<Double> samples) {
    double worst = samples.stream().mapToDouble(sample -> sample).max().orElse(0);
    long over = samples.stream().filter(sample -> sample > GOAL_MILLIS).count();
    System.out.printf(
        Locale.ROOT,
        "  %-44s longest %.2f ms; above %.0f ms: %d of %d%n",
        name,
        worst,
        GOAL_MILLIS,
        over,
        samples.size());
  }

  private static void measure(
      Comparison comparison,
      Map<String, List<Double>> all,
      String name,
      Shell shell,
      boolean counts)
      throws IOException {
    double[] samples = shell.answers();
    if (counts) {
      comparison.addTimes(name, samples);
      Arrays.stream(samples).forEach(all.computeIfAbsent(name, any -> new ArrayList<>())::add);
    }
  }

  /** A shell that lines are typed to; its spinners are stopped while others are measured. */
  private static final class Shell implements Closeable {

    private final Process process;
    private final OutputStream in;
    private final BufferedReader out;
    private final int spinners;
    private int line;

    Shell(List<String> command, int spinners) throws IOException {
      this.spinners = spinners;
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      in = process.getOutputStream();
      out = process.inputReader();
      type("all=");
      for (int i = 0; i < spinners; i++) {
        type("(while :; do :; done) & all=\"$all $!\"");
      }
      signal("STOP");
    }

    private void signal(String name) throws IOException {
      if (spinners > 0) {
        type("kill -" + name + " $all");
        answer();
      }
    }

    private void type(String text) throws IOException {
      in.write((text + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    }

    private double answer() throws IOException {
      String mark = "line " + ++line;
      long start = System.nanoTime();
      type("echo " + mark);
      String said = out.readLine();
      if (!mark.equals(said)) {
        throw new IOException("the shell said " + said + ", not " + mark);
      }
      return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }

    double[] answers() throws IOException {
      signal("CONT");
      double[] samples = new double[LINES];
      for (int i = 0; i < LINES; i++) {
        samples[i] = answer();
      }
      signal("STOP");
      return samples;
    }

    @Override
    public void close() throws IOException {
      type("[ -z \"$all\" ] || kill -KILL $all");
      in.close();
      out.close();
      process.destroy();
    }
  }
}
