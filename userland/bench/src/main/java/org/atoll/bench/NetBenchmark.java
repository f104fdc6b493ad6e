package org.atoll.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Round trips and streams of a program through sockets: both ends on one node, on two, by TCP and
 * by Unix sockets, beside the same program on this machine's own loopback, in alternating rounds.
 */
public final class NetBenchmark {

  private static final int ROUNDS = 5;
  private static final String PROGRAM = "sockets";
  private static final String ONE_NODE = "atoll, TCP, one node";
  private static final String TWO_NODES = "atoll, TCP, two nodes";

  /** Starts one end as the first argument says, and the other one as the second. */
  private static final String BOTH_ENDS =
      "both() { rm -f $T/port; mkfifo $T/port; $1 $T/sockets serve >$T/port &"
          + " read port <$T/port; $2 $T/sockets tcp $port; wait; }";

  private NetBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Folders.make();
    Path hosts = Files.createDirectory(folder.resolve("host"));
    try {
      CrossBuild build = new CrossBuild(folder);
      build.guestWithLibrary(PROGRAM);
      build.hostProgram(PROGRAM, hosts);
      measure(folder, hosts);
    } catch (IOException e) {
      System.err.println("bench: needs gcc and riscv64-linux-gnu-gcc: " + e.getMessage());
      System.exit(1);
    } finally {
      Folders.delete(folder);
    }
  }

  private static void measure(Path folder, Path hosts) throws IOException {
    Map<String, List<Comparison>> comparisons = new LinkedHashMap<>();
    comparisons.put("round-trip", bySubject("round trip of 64 bytes", "ns"));
    comparisons.put("stream", bySubject("stream of 8 MiB", "MB/s, more is better"));
    List<String> vos =
        AtollCommand.atoll("run", "--nodes", "2", "-v", folder + ":/w:ro", "--", "sh");
    try (GuestShell guest = new GuestShell(vos);
        GuestShell host = new GuestShell(List.of("sh"))) {
      guest.run("T=/tmp; cp /w/sockets /tmp; " + BOTH_ENDS);
      host.run("T=" + hosts + "; " + BOTH_ENDS);
      for (int round = 0; round < ROUNDS; round++) {
        add(comparisons, ONE_NODE, guest.run("both 'onnode 0' 'onnode 0'"));
        add(comparisons, TWO_NODES, guest.run("both 'onnode 1' 'onnode 0'"));
        add(comparisons, "atoll, Unix, one node", guest.run("onnode 0 /tmp/sockets unix"));
        add(comparisons, "this machine, TCP by loopback", host.run("both '' ''"));
        add(comparisons, "this machine, Unix", host.run("$T/sockets unix"));
      }
    }
    for (Comparison comparison : comparisons.values().stream().flatMap(List::stream).toList()) {
      comparison.print(System.out);
      System.out.println();
    }
  }

  private static List<Comparison> bySubject(String title, String unit) {
    return Stream.of(ONE_NODE, TWO_NODES)
        .map(subject -> new Comparison(title, subject, unit))
        .toList();
  }

  private static void add(
      Map<String, List<Comparison>> comparisons, String name, List<String> lines) {
    comparisons.forEach((what, some) -> {
      String start = what + " ";
      double[] samples =
          lines.stream()
              .filter(line -> line.startsWith(start))
              .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
              .toArray();
      some.forEach(comparison -> comparison.addTimes(name, samples));
    });
  }
}
