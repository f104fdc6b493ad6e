package org.atoll.bench.ipc;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.atoll.drivers.link.netty.NettyLink;

/** Latency against offered load, of one transport, in a JVM of its own. */
public final class LoadCurve {

  /** The place of a server on the caller's node, beside the transports. */
  static final String LOCAL = "local";

  /** Parts of what the server can answer at most that are offered. */
  private static final double[] PARTS = {0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 1.0};

  private static final double EVERYTHING_AT_ONCE = 1e12;
  private static final int WARM_CALLS = 10_000;
  private static final int WARM_ROUNDS_MAX = 1_000;
  private static final long WARM_NANOS = 1_000_000_000;
  private static final double SECONDS = 0.3;
  private static final int CALLS_MIN = 1_000;

  private LoadCurve() {}

  /** Measures it, in another process. */
  static List<LoadPoint> measure(String transport, Choice choice)
      throws IOException, InterruptedException {
    List<String> words = List.of(transport, Integer.toString(Math.max(2, choice.nodes())));
    return LoadPoint.of(
        Numbers.printedBy(choice.pinning().java(List.of(), LoadCurve.class, words)));
  }

  /** Takes a transport, or {@link #LOCAL}, and the nodes of the VOS. */
  public static void main(String[] arguments) throws IOException {
    Pinning.pinThisThread();
    int nodes = Integer.parseInt(arguments[1]);
    NettyLink.own(() -> {
      try {
        if (arguments[0].equals(LOCAL)) {
          offer(Nodes.open());
        } else {
          remote(Span.of(arguments[0], nodes));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static void remote(Span span) throws IOException {
    try (RemotePair pair = new RemotePair(Operation.CALL, span)) {
      offer(pair.open());
    }
  }

  private static void offer(OpenRun run) throws IOException {
    double most = most(run);
    StringBuilder all = new StringBuilder();
    for (double part : PARTS) {
      double offered = part * most;
      int calls = (int) Math.max(CALLS_MIN, offered * SECONDS);
      all.append(run.offer(offered, calls).lines()).append('\n');
    }
    System.out.print(all);
    System.out.flush();
  }

  /** What is answered in a second when all is due at once, once the code is warm. */
  private static double most(OpenRun run) throws IOException {
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long end = process.getProcessCpuTime() + WARM_NANOS;
    double last = 0;
    for (int i = 0; i < WARM_ROUNDS_MAX && (i < 2 || process.getProcessCpuTime() < end); i++) {
      last = run.offer(EVERYTHING_AT_ONCE, WARM_CALLS).achieved();
    }
    return last;
  }
}
