package org.atoll.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Requests to busybox {@code httpd}, which forks for each, by a program on the same node: beside
 * both under {@code qemu-riscv64} on Linux, and where the node's time goes meanwhile.
 */
public final class HttpBenchmark {

  private static final int ROUNDS = 5;
  private static final int REQUESTS = 1_000;
  private static final int WARM_REQUESTS = 10_000;
  private static final int PROFILED_REQUESTS = 20_000;
  private static final int PORT = 8_080;
  private static final String SUBJECT = "atoll";
  private static final String PROGRAM = "/tmp/http";

  /** A page of 2 KB. */
  private static final String SERVE =
      "mkdir /tmp/www; seq 500 >/tmp/www/index.html; httpd -p " + PORT + " -h /tmp/www";

  private HttpBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Folders.make();
    try {
      measure(new CrossBuild(folder).guestWithLibrary("http"), folder.resolve("node.jfr"));
    } catch (IOException e) {
      System.err.println("bench: needs riscv64-linux-gnu-gcc: " + e.getMessage());
      System.exit(1);
    } finally {
      Folders.delete(folder);
    }
  }

  private static void measure(Path program, Path recording)
      throws IOException, InterruptedException {
    String title = "request to busybox httpd and its answer of 2 KB";
    Comparison comparison = new Comparison(title, SUBJECT, "ns");
    boolean peer = AtollCommand.works(AtollCommand.oracle("true"));
    if (!peer) {
      System.err.println("bench: the oracle does not run here: apt-get install qemu-user-static");
    }
    try (GuestShell guest = serving(AtollCommand.atoll("run", "--", "sh"), program);
        GuestShell linux = peer ? serving(AtollCommand.oracle("sh"), program) : guest) {
      request(guest, WARM_REQUESTS);
      for (int round = 0; round < ROUNDS; round++) {
        comparison.addTimes(SUBJECT, request(guest, REQUESTS));
        if (peer) {
          comparison.addTimes("qemu-riscv64 on Linux", request(linux, REQUESTS));
        }
      }
      comparison.print(System.out);
      NodeProfile profile = NodeProfile.begin(guest.handle());
      request(guest, PROFILED_REQUESTS);
      profile.end(recording).print(System.out);
      System.out.println();
    }
  }

  private static GuestShell serving(List<String> command, Path program) throws IOException {
    GuestShell shell = new GuestShell(command);
    shell.put(program, PROGRAM);
    shell.run(SERVE);
    return shell;
  }

  private static double[] request(GuestShell shell, int count) throws IOException {
    List<String> nanos = shell.run(PROGRAM + " " + PORT + " " + count);
    return nanos.stream().mapToDouble(Double::parseDouble).toArray();
  }
}
