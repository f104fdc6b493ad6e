package org.atoll.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a node's CPU goes, by the rooms of the system: samples that the JVM's flight
 * recorder takes of the node's process. Time in which it sleeps is not in it.
 */
final class NodeProfile {

  private static final String RECORDING = "atoll-bench";

  private final long pid;

  private NodeProfile(long pid) {
    this.pid = pid;
  }

  /** Shares of the samples, by room. */
  record Shares(Map<String, Integer> samples) {

    /** A line for each room, the largest first. */
    void print(PrintStream out) {
      int all = samples.values().stream().mapToInt(Integer::intValue).sum();
      out.printf("%nwhere the node's time goes meanwhile (%d samples)%n", all);
      samples.entrySet().stream()
          .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
          .forEach(e -> out.printf("  %-20s %5.1f %%%n", e.getKey(), 100.0 * e.getValue() / all));
    }
  }

  /** Begins to take samples of the one node of a VOS. */
  static NodeProfile begin(ProcessHandle vos) throws IOException, InterruptedException {
    try (Stream<ProcessHandle> all = Stream.concat(Stream.of(vos), vos.descendants())) {
      long pid =
          all.filter(handle -> handle.info().command().orElse("").endsWith("/java"))
              .findFirst()
              .orElseThrow(() -> new IOException("the VOS has no JVM"))
              .pid();
      jcmd(pid, "JFR.start", "name=" + RECORDING, "settings=profile");
      return new NodeProfile(pid);
    }
  }

  /**
   * Ends it.
   *
   * @param file for the recording
   */
  Shares end(Path file) throws IOException, InterruptedException {
    jcmd(pid, "JFR.stop", "name=" + RECORDING, "filename=" + file);
    Map<String, Integer> samples = new TreeMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
        Stream<String> types =
            event.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName());
        samples.merge(room(types), 1, Integer::sum);
      }
    }
    return new Shares(samples);
  }

  private static void jcmd(long pid, String... command) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(jcmd, String.valueOf(pid)), Stream.of(command)).toList())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }

  /**
   * For whom code runs: what the kernel does for a server is the server's.
   *
   * @param types whose methods are on the stack, the innermost first
   */
  static String room(Stream<String> types) {
    return types
        .map(NodeProfile::room)
        .filter(room -> !room.isEmpty())
        .findFirst()
        .orElse("kernel");
  }

  private static String room(String type) {
    if (type.startsWith("org.atoll.vcpu.")) {
      return "virtual CPU";
    }
    if (type.startsWith("org.atoll.libposix.")) {
      return "libposix";
    }
    String servers = "org.atoll.servers.";
    if (type.startsWith(servers)) {
      return "server " + type.substring(servers.length(), type.indexOf('.', servers.length()));
    }
    return type.startsWith("org.atoll.drivers.") ? "drivers" : "";
  }
}
