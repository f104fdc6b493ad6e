package org.atoll.bench.ipc;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.atoll.bench.ipc.Subject.Counters;
import org.atoll.drivers.link.netty.NettyLink;

/**
 * One round of a subject in this JVM. Prints bytes and CPU nanoseconds of all operations, and then
 * the samples, each a line.
 */
public final class SubjectMain {

  private static final int BATCH = 1_000;

  /** What is done for the first time allocates. */
  private static final int WARM_COUNTS = 10;

  private SubjectMain() {}

  /** Takes a row's name, how many samples warm up, and how many count. */
  public static void main(String[] arguments) {
    int warm = Integer.parseInt(arguments[1]);
    int samples = Integer.parseInt(arguments[2]);
    NettyLink.own(() -> {
      try (Subject subject = subject(arguments[0])) {
        measure(subject, warm, samples, System.out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static Subject subject(String row) throws IOException {
    return switch (row) {
      case "sendrec.local.direct" -> CallSubject.local(Operation.CALL, BATCH);
      case "notify.local" -> CallSubject.local(Operation.NOTIFY, BATCH);
      case "copy.local.64k" -> CallSubject.local(Operation.COPY, 1);
      case "sendrec.vm.shm" -> new RemotePair(Operation.CALL, "shm");
      case "sendrec.node.unix" -> new RemotePair(Operation.CALL, "unix");
      case "sendrec.node.tcp" -> new RemotePair(Operation.CALL, "tcp");
      case "notify.node.shm" -> new RemotePair(Operation.NOTIFY, "shm");
      case "notify.node.unix" -> new RemotePair(Operation.NOTIFY, "unix");
      case "notify.node.tcp" -> new RemotePair(Operation.NOTIFY, "tcp");
      case "copy.node.shm.64k" -> new RemotePair(Operation.COPY, "shm");
      case "copy.node.unix.64k" -> new RemotePair(Operation.COPY, "unix");
      case "copy.node.tcp.64k" -> new RemotePair(Operation.COPY, "tcp");
      case "peer.call" -> new PlainCalls();
      case "peer.disruptor" -> new RingPeer();
      default -> throw new IllegalArgumentException("no row " + row);
    };
  }

  private static void measure(Subject subject, int warm, int samples, PrintStream out)
      throws IOException {
    subject.run(new double[warm]);
    double[] nanos = new double[samples];
    for (int i = 0; i < WARM_COUNTS; i++) {
      subject.counters();
    }
    Counters before = subject.counters();
    subject.run(nanos);
    Counters used = subject.counters().minus(before);
    long operations = (long) samples * subject.batch();
    if (used.events() != Counters.UNCOUNTED && used.events() != operations) {
      throw new IllegalStateException(
          "the kernel counted " + used.events() + " events at the target of " + operations);
    }
    out.println((double) used.allocated() / operations);
    out.println((double) used.cpuNanos() / operations);
    for (double each : nanos) {
      out.println(each);
    }
    out.flush();
  }
}
