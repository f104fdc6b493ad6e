package org.atoll.bench;

import java.util.Map;
import java.util.TreeMap;
import org.atoll.kernel.FrameCodecBenchmark;
import org.openjdk.jmh.runner.RunnerException;

/** Runs the JMH benchmarks beside their peers, in alternating rounds, and prints ratios. */
public final class MicroBenchmarks {

  private static final String SUBJECT = "atoll";
  private static final int ROUNDS = 5;

  private MicroBenchmarks() {}

  /** Takes the names of benchmarks: {@code dispatch}, {@code frame}. */
  public static void main(String[] arguments) throws Exception {
    for (String name : arguments) {
      switch (name) {
        case "dispatch" -> dispatch();
        case "frame" -> frame();
        default -> throw new IllegalArgumentException("no benchmark " + name);
      }
    }
  }

  private static void dispatch() throws RunnerException {
    Comparison comparison = comparison("encode, decode and dispatch of a VFS message");
    Map<String, Integer> methods = new TreeMap<>();
    methods.put(SUBJECT, DispatchBenchmark.CALLS);
    methods.put("plainCall", DispatchBenchmark.CALLS);
    alternate(comparison, DispatchBenchmark.class, methods);
  }

  private static void frame() throws RunnerException {
    Comparison comparison = comparison("write and read of a request's frame between nodes");
    Map<String, Integer> methods = new TreeMap<>();
    methods.put(SUBJECT, FrameCodecBenchmark.FRAMES);
    methods.put("copy", FrameCodecBenchmark.FRAMES);
    alternate(comparison, FrameCodecBenchmark.class, methods);
  }

  private static void alternate(
      Comparison comparison, Class<?> benchmark, Map<String, Integer> methods)
      throws RunnerException {
    double bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      bytes = Math.max(bytes, round(comparison, benchmark, methods));
    }
    comparison.print(System.out);
    System.out.printf("  bytes allocated per operation, JMH's figure: %.3f%n%n", bytes);
  }

  private static Comparison comparison(String title) {
    return new Comparison(title, SUBJECT, "ns");
  }

  /** One run of each method; answers the bytes that an operation of the subject allocated. */
  private static double round(
      Comparison comparison, Class<?> benchmark, Map<String, Integer> methods)
      throws RunnerException {
    double bytes = 0;
    for (var method : methods.entrySet()) {
      double allocated = JmhRounds.run(comparison, benchmark, method.getKey(), method.getValue());
      if (method.getKey().equals(SUBJECT)) {
        bytes = allocated;
      }
    }
    return bytes;
  }
}
