package org.atoll.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A read of 1 byte and of 4 KiB as a guest program sees it: on the node where the file servers are,
 * on the other node, and under {@code qemu-riscv64} on Linux, in alternating rounds.
 */
public final class ReadBenchmark {

  private static final int ROUNDS = 5;
  private static final String PEER = "qemu-riscv64-static";
  private static final String SUBJECT = "atoll, node of the file servers";
  private static final List<String> SIZES = List.of("1", "4096");
  private static final String END = "end";

  /** Takes the program from its input, then runs it once for each line, here or on node 1. */
  private static final String SCRIPT =
      "head -c %d >/tmp/read && chmod 755 /tmp/read && echo "
          + END
          + "; while read where; do case $where in here) /tmp/read /tmp/data ;;"
          + " there) onnode 1 /tmp/read /tmp/data ;; esac; echo "
          + END
          + "; done";

  private ReadBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Folders.make();
    try {
      measure(new CrossBuild(folder).guest("read"), folder.resolve("data"));
    } catch (IOException e) {
      System.err.println("bench: needs " + PEER + " and riscv64-linux-gnu-gcc: " + e.getMessage());
      System.exit(1);
    } finally {
      Folders.delete(folder);
    }
  }

  private static void measure(Path program, Path data) throws IOException, InterruptedException {
    Map<String, Comparison> comparisons = new LinkedHashMap<>();
    for (String size : SIZES) {
      String title = "read of " + size + " bytes by a guest program, each time the same";
      comparisons.put(size, new Comparison(title, SUBJECT, "ns"));
    }
    String script = String.format(SCRIPT, Files.size(program));
    Process vos =
        new ProcessBuilder(AtollCommand.atoll("run", "--nodes", "2", "--", "sh", "-c", script))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream in = vos.getOutputStream();
        BufferedReader out = vos.inputReader()) {
      Files.copy(program, in);
      in.flush();
      samples(out);
      for (int round = 0; round < ROUNDS; round++) {
        add(comparisons, SUBJECT, ask(in, out, "here"));
        add(comparisons, "atoll, the other node", ask(in, out, "there"));
        add(comparisons, PEER + " on Linux", peer(program, data));
      }
    }
    if (vos.waitFor() != 0) {
      throw new IOException("the VOS ended with " + vos.exitValue());
    }
    for (Comparison comparison : comparisons.values()) {
      comparison.print(System.out);
      System.out.println();
    }
  }

  private static List<String> ask(OutputStream in, BufferedReader out, String where)
      throws IOException {
    in.write((where + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
    return samples(out);
  }

  private static List<String> samples(BufferedReader out) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = out.readLine(); !END.equals(line); line = out.readLine()) {
      if (line == null) {
        throw new IOException("the VOS has ended");
      }
      lines.add(line);
    }
    return lines;
  }

  private static List<String> peer(Path program, Path data)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(PEER, program.toString(), data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines;
    try (var all = process.inputReader().lines()) {
      lines = all.toList();
    }
    if (process.waitFor() != 0) {
      throw new IOException(PEER + " ended with an error");
    }
    return lines;
  }

  private static void add(Map<String, Comparison> comparisons, String name, List<String> lines) {
    for (var size : comparisons.entrySet()) {
      String start = size.getKey() + " ";
      double[] samples =
          lines.stream()
              .filter(line -> line.startsWith(start))
              .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
              .toArray();
      size.getValue().addMeans(name, samples);
    }
  }
}
