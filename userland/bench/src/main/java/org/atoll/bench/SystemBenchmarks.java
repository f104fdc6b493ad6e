package org.atoll.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The whole system as a person starts it: {@code start}, {@code fork}, {@code idle}. */
public final class SystemBenchmarks {

  private static final int STARTS = 7;
  private static final int SCRIPTS = 3;
  private static final String SUBJECT = "atoll";
  private static final Map<String, String> PLAIN = Map.of();
  private static final Map<String, String> WITHOUT_CACHE =
      Map.of("ATOLL_JVM_FLAGS", "-XX:AOTMode=off");
  private static final String SCRIPT =
      "i=0; while [ $i -lt 1000 ]; do /bin/busybox true || exit 1; i=$((i+1)); done";

  private SystemBenchmarks() {}

  /** Takes names of benchmarks. */
  public static void main(String[] arguments) throws Exception {
    for (String name : arguments) {
      switch (name) {
        case "start" -> start();
        case "fork" -> fork();
        case "idle" -> IdleVos.measure(System.out);
        default -> throw new IllegalArgumentException("no benchmark " + name);
      }
    }
  }

  private static void start() throws IOException, InterruptedException {
    String title = "atoll run -- true, the whole command, after a first one";
    Comparison comparison = new Comparison(title, SUBJECT, "s");
    List<String> command = AtollCommand.atoll("run", "--", "true");
    List<String> jvm = List.of(System.getProperty("java.home") + "/bin/java", "-version");
    AtollCommand.seconds(command, PLAIN);
    for (int round = 0; round < STARTS; round++) {
      comparison.addMeans(SUBJECT, AtollCommand.seconds(command, PLAIN));
      comparison.addMeans(
          "atoll without its AOT cache", AtollCommand.seconds(command, WITHOUT_CACHE));
      comparison.addMeans("java -version", quiet(jvm));
    }
    comparison.print(System.out);
    System.out.println();
  }

  private static double quiet(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    AtollCommand.works(command);
    return (System.nanoTime() - start) / 1e9;
  }

  private static void fork() throws IOException, InterruptedException {
    String title = "1,000 fork + exec of busybox true by sh, the whole command";
    Comparison comparison = new Comparison(title, SUBJECT, "s");
    List<String> ours = AtollCommand.atoll("run", "--", "sh", "-c", SCRIPT);
    List<String> oracle = AtollCommand.oracle("sh", "-c", SCRIPT);
    boolean peer = AtollCommand.works(AtollCommand.oracle("true"));
    if (!peer) {
      System.err.println("bench: the oracle does not run here: apt-get install qemu-user-static");
    }
    for (int round = 0; round < SCRIPTS; round++) {
      comparison.addMeans(SUBJECT, AtollCommand.seconds(ours, PLAIN));
      if (peer) {
        comparison.addMeans("qemu-riscv64 on Linux", AtollCommand.seconds(oracle, PLAIN));
      }
    }
    comparison.print(System.out);
    System.out.println();
  }
}
