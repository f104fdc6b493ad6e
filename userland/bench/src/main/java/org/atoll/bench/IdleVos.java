package org.atoll.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a VOS of two nodes costs its host while its shell waits for a line: processor, memory and
 * wake-ups, from the host's {@code /proc}.
 */
final class IdleVos {

  private static final int NODES = 2;

  private static final long SETTLE_MILLIS = 5_000;
  private static final long MEASURED_MILLIS = 20_000;
  private static final double SECONDS = MEASURED_MILLIS / 1e3;

  /** No thread is to wake up more often. */
  private static final double GOAL_HERTZ = 10;

  /** The host's clock tick: USER_HZ is 100 on every Linux that Debian supports. */
  private static final double TICK_MILLIS = 10;

  private static final double KIB_PER_MIB = 1024;

  private IdleVos() {}

  static void measure(PrintStream out) throws IOException, InterruptedException {
    Process vos =
        new ProcessBuilder(AtollCommand.atoll("run", "--nodes", String.valueOf(NODES), "--", "sh"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream shell = vos.getOutputStream()) {
      awaitShell(shell, vos.inputReader());
      List<Long> nodes = nodesOf(vos);
      Thread.sleep(SETTLE_MILLIS);
      List<Long> before = ticks(nodes);
      List<Wakeups> slept = wakeups(nodes);
      Thread.sleep(MEASURED_MILLIS);
      List<Long> after = ticks(nodes);
      List<Wakeups> sleptSince = wakeups(nodes);
      out.printf("a VOS of %d nodes and a shell, idle for %.0f s%n", NODES, SECONDS);
      for (int node = 0; node < NODES; node++) {
        double busy = (after.get(node) - before.get(node)) * TICK_MILLIS / MEASURED_MILLIS;
        out.printf(
            "  node %d: %.2f %% of a core, %.0f MiB resident, at most %.0f%n",
            node,
            100 * busy,
            kibibytes(nodes.get(node), "VmRSS:") / KIB_PER_MIB,
            kibibytes(nodes.get(node), "VmHWM:") / KIB_PER_MIB);
        print(out, sleptSince.get(node).since(slept.get(node), SECONDS));
      }
      out.println();
    } finally {
      if (!vos.waitFor(60, TimeUnit.SECONDS)) {
        vos.destroyForcibly();
      }
    }
  }

  private static void awaitShell(OutputStream shell, BufferedReader answers) throws IOException {
    shell.write("echo ready\n".getBytes(StandardCharsets.US_ASCII));
    shell.flush();
    if (!"ready".equals(answers.readLine())) {
      throw new IOException("the VOS did not start its shell");
    }
  }

  private static void print(PrintStream out, List<Wakeups.Rate> threads) {
    double all = threads.stream().mapToDouble(Wakeups.Rate::perSecond).sum();
    long often = threads.stream().filter(thread -> thread.perSecond() > GOAL_HERTZ).count();
    out.printf(
        Locale.ROOT,
        "    wake-ups a second: %.1f; threads above %.0f: %d%n",
        all,
        GOAL_HERTZ,
        often);
    threads.forEach(thread ->
        out.printf(Locale.ROOT, "      %-16s %5.1f%n", thread.name(), thread.perSecond()));
  }

  private static List<Wakeups> wakeups(List<Long> processes) throws IOException {
    List<Wakeups> all = new ArrayList<>();
    for (long pid : processes) {
      all.add(Wakeups.of(pid));
    }
    return all;
  }

  /** The processes of the nodes, node 0 first: its own children are the others. */
  private static List<Long> nodesOf(Process vos) throws InterruptedException, IOException {
    for (long waited = 0; waited < 60_000; waited += 100) {
      List<Long> nodes = new ArrayList<>();
      try (Stream<ProcessHandle> all =
          Stream.concat(Stream.of(vos.toHandle()), vos.descendants())) {
        all.filter(IdleVos::isJava).forEach(handle -> nodes.add(handle.pid()));
      }
      if (nodes.size() == NODES) {
        return nodes;
      }
      if (!vos.isAlive()) {
        break;
      }
      Thread.sleep(100);
    }
    throw new IOException("the VOS did not start " + NODES + " nodes");
  }

  private static boolean isJava(ProcessHandle handle) {
    return handle.info().command().orElse("").endsWith("/java");
  }

  private static List<Long> ticks(List<Long> processes) throws IOException {
    List<Long> ticks = new ArrayList<>();
    for (long pid : processes) {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      ticks.add(Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
    }
    return ticks;
  }

  private static long kibibytes(long pid, String field) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    }
  }
}
