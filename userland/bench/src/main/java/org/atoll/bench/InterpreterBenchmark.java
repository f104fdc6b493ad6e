package org.atoll.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.vcpu.Interpreter;

/**
 * The interpreter beside {@code qemu-riscv64}: small CPU kernels, run in turn by both, and the
 * ratio of their times.
 *
 * <p>Rounds are chosen so that qemu's start (some milliseconds) does not count. Each pair runs back
 * to back, so that what else the machine does hits both; the median of the pairs' ratios is shown,
 * and the geometric mean over kernels. Both must print the same checksum.
 */
public final class InterpreterBenchmark {
  private static final String PEER = "qemu-riscv64-static";
  private static final int PAIRS = 3;
  private static final long PEER_NANOS = 60_000_000;

  private record Timed(long nanos, String output, long instructions) {}

  private final Engine engine = new Interpreter();

  private InterpreterBenchmark() {}

  /** Takes names of kernels; all of them when there is none. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try {
      var kernels = arguments.length == 0 ? CrossBuild.KERNELS : List.of(arguments);
      new InterpreterBenchmark().compare(kernels);
    } catch (IOException e) {
      System.err.println("needs " + PEER + " and riscv64-linux-gnu-gcc: " + e.getMessage());
      System.exit(1);
    }
  }

  private void compare(List<String> kernels) throws IOException, InterruptedException {
    Path folder = Folders.make();
    var build = new CrossBuild(folder);
    System.out.println(peer("--version").output().lines().findFirst().orElse(PEER));
    System.out.printf("%-10s %9s %11s %7s %5s%n", "kernel", "qemu", "atoll", "ratio", "MIPS");
    double logarithms = 0;
    for (String kernel : kernels) {
      logarithms += Math.log(compare(kernel, build.kernel(kernel)));
    }
    System.out.printf("geomean %.2f%n", Math.exp(logarithms / kernels.size()));
    Folders.delete(folder);
  }

  private double compare(String kernel, Path program) throws IOException, InterruptedException {
    String rounds = rounds(program);
    byte[] elf = Files.readAllBytes(program);
    var ratios = new double[PAIRS];
    var peer = peer(program.toString(), rounds);
    var ours = ours(elf, kernel, rounds);
    for (int i = 0; i < PAIRS; i++) {
      peer = peer(program.toString(), rounds);
      ours = ours(elf, kernel, rounds);
      if (!peer.output.equals(ours.output)) {
        throw new IllegalStateException(kernel + ": " + ours.output + " for " + peer.output);
      }
      ratios[i] = (double) ours.nanos / peer.nanos;
    }
    Arrays.sort(ratios);
    double ratio = ratios[PAIRS / 2];
    double mips = ours.instructions * 1e3 / ours.nanos;
    System.out.printf(
        "%-10s %6.1f ms %8.1f ms %7.2f %5.0f%n",
        kernel, peer.nanos / 1e6, ours.nanos / 1e6, ratio, mips);
    return ratio;
  }

  private static String rounds(Path program) throws IOException, InterruptedException {
    for (long rounds = 1; ; rounds *= 2) {
      String text = Long.toString(rounds);
      if (peer(program.toString(), text).nanos >= PEER_NANOS) {
        return text;
      }
    }
  }

  private static Timed peer(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of(PEER));
    command.addAll(List.of(arguments));
    long start = System.nanoTime();
    var process = new ProcessBuilder(command).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    long nanos = System.nanoTime() - start;
    if (status != 0) {
      throw new IOException(PEER + " ended with " + status);
    }
    return new Timed(nanos, output, 0);
  }

  private Timed ours(byte[] elf, String kernel, String rounds) {
    try (var arena = Arena.ofShared()) {
      var guest = new StaticGuest(arena, elf, List.of(kernel, rounds));
      long start = System.nanoTime();
      String output = guest.run(engine);
      return new Timed(System.nanoTime() - start, output, guest.retired());
    }
  }
}
