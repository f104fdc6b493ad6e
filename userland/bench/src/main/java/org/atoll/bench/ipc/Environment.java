package org.atoll.bench.ipc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The machine that was measured, how, and what else it did meanwhile. */
final class Environment {

  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;

  /** How long is looked at what else the machine does. */
  private static final long LOOK_MILLIS = 500;

  private final Map<String, Object> values = new LinkedHashMap<>();
  private long[] before;

  /** The other machine, in a line that goes on. */
  private String beside = "";

  /**
   * @param root folder of the sources
   */
  Environment(Path root, Pinning pinning, int rounds) throws IOException, InterruptedException {
    values.put("cpu", cpu());
    values.put("cores", Runtime.getRuntime().availableProcessors());
    values.put("kernel", Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    values.put("jdk", System.getProperty("java.vm.version"));
    values.put("flags", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
    values.put("commit", commit(root));
    values.put("pinning", pinning.words());
    values.put("rounds", rounds);
    values.put("load_before", load());
    before = times();
  }

  /** Looks for a moment at what others do with the machine. */
  void begins() throws IOException, InterruptedException {
    values.put("busy_percent_before", busyNow());
    before = times();
  }

  /** What others do with the machine while this process waits, in percent of all its cores. */
  private static double busyNow() throws IOException, InterruptedException {
    long[] first = times();
    Thread.sleep(LOOK_MILLIS);
    long[] then = times();
    long idle = then[IDLE] - first[IDLE] + then[IO_WAIT] - first[IO_WAIT];
    return percent(between(first, then) - idle, between(first, then));
  }

  private static long between(long[] first, long[] then) {
    long all = 0;
    for (int i = 1; i <= STEAL; i++) {
      all += then[i] - first[i];
    }
    return all;
  }

  private static double percent(long part, long all) {
    return Math.round(1_000.0 * part / Math.max(1, all)) / 10.0;
  }

  /** How much is measured of each row, and with how many nodes. */
  void with(Choice choice) {
    values.put("nodes", choice.nodes());
    values.put("effort", choice.effort().equals(Effort.QUICK) ? "quick" : "full");
  }

  /** Rows are measured between this machine and another one. */
  void with(OtherHost other) {
    JsonArray hosts = new JsonArray();
    hosts.add(
        new HostFacts(new Gson().toJsonTree(values).getAsJsonObject()).reported(other.here()));
    hosts.add(other.facts().reported(other.there()));
    values.put("hosts", hosts);
    values.put("other_busy_percent_before", other.facts().busyPercent());
    beside = "; and " + other.there() + ": " + other.facts().line();
  }

  /** All of it in one line. */
  String line() {
    return String.format(
            Locale.ROOT,
            "%s, %s cores; Linux %s; JDK %s, %s; commit %s; pinned: %s; %s rounds; others used %s %%"
                + " before, load %s to %s, %s %% stolen",
            values.get("cpu"),
            values.get("cores"),
            values.get("kernel"),
            values.get("jdk"),
            values.get("flags"),
            values.get("commit"),
            values.get("pinning"),
            values.get("rounds"),
            values.get("busy_percent_before"),
            values.get("load_before"),
            values.get("load_after"),
            values.get("stolen_percent"))
        + beside;
  }

  /** Says what the machine did meanwhile, and how many rounds there were. */
  void ends(int rounds) throws IOException {
    long[] after = times();
    values.put("rounds", rounds);
    values.put("load_after", load());
    values.put("stolen_percent", percent(after[STEAL] - before[STEAL], between(before, after)));
  }

  Map<String, Object> values() {
    return values;
  }

  private static String cpu() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
      if (line.startsWith("model name")) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return System.getProperty("os.arch");
  }

  /** The commit of the sources, with a plus when they have changed since; null without git. */
  private static @Nullable String commit(Path root) throws IOException, InterruptedException {
    String commit = git(root, "rev-parse", "--short=12", "HEAD");
    return commit.isEmpty() ? null : commit + (git(root, "status", "-s").isEmpty() ? "" : "+");
  }

  private static String git(Path root, String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("git", "-C", root.toString());
    builder.command().addAll(List.of(words));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.waitFor() == 0 ? printed.strip() : "";
    } catch (IOException noGit) {
      return "";
    }
  }

  /** How many threads were ready to run on average, in the last minute. */
  private static double load() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
  }

  /** The sums of all cores in /proc/stat, from index 1 on (proc_stat(5)). */
  private static long[] times() throws IOException {
    String[] words = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
    long[] times = new long[words.length];
    for (int i = 1; i < words.length; i++) {
      times[i] = Long.parseLong(words[i]);
    }
    return times;
  }
}
