package org.atoll.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.atoll.abi.Limits;

/**
 * A call to the other node by TCP on loopback, null and with 4 KiB in the answer, beside a blocking
 * TCP echo in C, in alternating rounds.
 */
public final class RemoteCallBenchmark {

  private static final int ROUNDS = 15;
  private static final int CALLS = 1_000;
  private static final int WARM_CALLS = 20_000;
  private static final int PEER_WARMUP = 200;
  private static final String SUBJECT = "atoll";

  private RemoteCallBenchmark() {}

  /** Takes where this runs, for the title. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String where = arguments.length == 0 ? "" : ", " + String.join(" ", arguments);
    CPeer echo = new CPeer("tcp_echo");
    try (RemotePair pair = new RemotePair()) {
      compare(pair, echo, "null call to the other node" + where, NullServer.NULL, 0);
      String title = "call with 4 KiB in the answer" + where;
      compare(pair, echo, title, NullServer.READ, Limits.PAGE_BYTES);
    }
  }

  private static void compare(RemotePair pair, CPeer echo, String title, int type, int outBytes)
      throws IOException, InterruptedException {
    Comparison comparison = new Comparison(title, SUBJECT, "ns");
    pair.call(type, outBytes, WARM_CALLS);
    long bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = allocated();
      double[] ours = pair.call(type, outBytes, CALLS);
      bytes = allocated() - before;
      comparison.addTimes(SUBJECT, ours);
      if (echo.there()) {
        comparison.addTimes("C, blocking TCP echo", echo.run(CALLS, PEER_WARMUP, outBytes));
      }
    }
    comparison.print(System.out);
    System.out.printf("  bytes allocated per call on the caller's node: %d%n%n", bytes / CALLS);
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
