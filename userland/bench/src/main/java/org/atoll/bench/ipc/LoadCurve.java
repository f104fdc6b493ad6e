package org.atoll.bench.ipc;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.atoll.drivers.link.netty.NettyLink;

/** Latency against offered load, with the server in one place, in a JVM of its own. */
public final class LoadCurve {

  /** Where the server is: the same node, another one of this machine, or of another machine. */
  private enum Server {
    LOCAL,
    NODE,
    HOST
  }

  /** Parts of what the server can answer at most that are offered. */
  private static final double[] PARTS = {0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 1.0};

  private static final double EVERYTHING_AT_ONCE = 1e12;
  private static final int WARM_CALLS = 10_000;
  private static final int WARM_ROUNDS_MAX = 1_000;
  private static final long WARM_NANOS = 1_000_000_000;
  private static final double SECONDS = 0.3;
  private static final int CALLS_MIN = 1_000;

  private LoadCurve() {}

  /** Measures that of a server on the caller's node. */
  static List<LoadPoint> local(Pinning pinning) throws IOException, InterruptedException {
    return measure(pinning, Server.LOCAL, List.of());
  }

  /** Measures that of a server on another node of this machine. */
  static List<LoadPoint> between(Span span, Pinning pinning)
      throws IOException, InterruptedException {
    return measure(pinning, Server.NODE, span.words());
  }

  /** Measures that of a server on another machine. */
  static List<LoadPoint> beside(HostRun host, Span span) throws IOException, InterruptedException {
    List<String> words = List.of(Server.HOST.name());
    return LoadPoint.of(host.printedBy(span, LoadCurve.class, words));
  }

  private static List<LoadPoint> measure(Pinning pinning, Server server, List<String> where)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(server.name()));
    words.addAll(where);
    return LoadPoint.of(Numbers.printedBy(pinning.java(List.of(), LoadCurve.class, words)));
  }

  /** Takes what {@link Server} there is, and the words of what lies between. */
  public static void main(String[] arguments) throws IOException {
    Pinning.pinThisThread();
    List<String> words = List.of(arguments);
    Server server = Server.valueOf(words.getFirst());
    List<String> where = words.subList(1, words.size());
    NettyLink.own(() -> {
      try {
        offer(server, where);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static void offer(Server server, List<String> where) throws IOException {
    switch (server) {
      case LOCAL -> offer(Nodes.open());
      case NODE -> {
        try (RemotePair pair = new RemotePair(Operation.CALL, Span.parse(where))) {
          offer(pair.open());
        }
      }
      case HOST -> {
        try (HostPair pair = new HostPair(Operation.CALL, HostPair.There.parse(where))) {
          offer(pair.open());
        }
      }
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
