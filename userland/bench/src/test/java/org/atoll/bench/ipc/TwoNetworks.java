package org.atoll.bench.ipc;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two network namespaces, as two machines, with a cable between them (veth(4)). */
final class TwoNetworks implements Closeable {

  static final String FIRST = "10.79.0.1";
  static final String SECOND = "10.79.0.2";

  private static final String MARK = "hosts" + ProcessHandle.current().pid();
  private static final String A = MARK + "a";
  private static final String B = MARK + "b";

  TwoNetworks() throws Exception {
    try {
      ip("netns", "add", A);
      ip("netns", "add", B);
      ip("link", "add", A, "netns", A, "type", "veth", "peer", "name", B, "netns", B);
      connect(A, FIRST);
      connect(B, SECOND);
    } catch (IOException refused) {
      close();
      throw refused;
    }
  }

  /** What this test needs and the machine lacks, with what installs it; empty: nothing. */
  static String missing() {
    if (!isOnPath("ip")) {
      return "no ip here: apt-get install iproute2";
    }
    if (!isOnPath("gcc")) {
      return "no C compiler here: apt-get install gcc libc6-dev";
    }
    boolean root = System.getProperty("user.name").equals("root");
    return root ? "" : "no network namespaces can be made: root is needed";
  }

  private static boolean isOnPath(String program) {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static void connect(String name, String address) throws Exception {
    ip("-n", name, "link", "set", "lo", "up");
    ip("-n", name, "addr", "add", address + "/30", "dev", name);
    ip("-n", name, "link", "set", name, "up");
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    ProcessBuilder ip = new ProcessBuilder("ip").redirectErrorStream(true);
    ip.command().addAll(List.of(words));
    Process process = ip.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(ip.command() + ": " + said.strip());
    }
  }

  /** What runs a command on the first machine, or on the second. */
  static ProcessBuilder on(String address, List<String> command) {
    List<String> words = new ArrayList<>(List.of("ip", "netns", "exec"));
    words.add(address.equals(FIRST) ? A : B);
    words.addAll(command);
    return new ProcessBuilder(words);
  }

  /** Packets that a process's machine has received by the cable. */
  static long packets(Process of) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + of.pid() + "/net/dev"))) {
      if (line.strip().startsWith(MARK)) {
        return Long.parseLong(line.substring(line.indexOf(':') + 1).strip().split(" +")[1]);
      }
    }
    throw new IOException("process " + of.pid() + " has no such cable");
  }

  @Override
  public void close() throws IOException {
    try {
      new ProcessBuilder("ip", "netns", "del", A).start().waitFor();
      new ProcessBuilder("ip", "netns", "del", B).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
