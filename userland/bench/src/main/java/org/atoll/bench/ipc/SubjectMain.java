package org.atoll.bench.ipc;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.atoll.bench.ipc.Subject.Counters;
import org.atoll.drivers.link.netty.NettyLink;

/**
 * One round of a subject in this JVM. Prints bytes and CPU nanoseconds of all operations, and then
 * the samples, each a line.
 */
public final class SubjectMain {

  /** What is done for the first time allocates. */
  private static final int WARM_COUNTS = 10;

  private static final int SAMPLES_MIN = 20;

  /** Before those of another machine. */
  private static final int OWN_ARGUMENTS = 4;

  private SubjectMain() {}

  /**
   * Takes a row's name, milliseconds of warming up and of measuring, nodes of the VOS, and where
   * the other node is if it is on another machine.
   */
  public static void main(String[] arguments) throws IOException {
    Pinning.pinThisThread();
    String row = arguments[0];
    try {
      NettyLink.own(() -> measure(List.of(arguments)));
    } catch (UncheckedIOException failed) {
      String reason = Objects.requireNonNull(failed.getCause()).getMessage();
      System.err.println("bench: " + row + ": " + reason);
      System.exit(1);
    }
  }

  private static void measure(List<String> arguments) {
    long warm = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments.get(1)));
    long measured = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments.get(2)));
    int nodes = Integer.parseInt(arguments.get(3));
    List<String> there = arguments.subList(OWN_ARGUMENTS, arguments.size());
    try (Subject subject = subject(arguments.get(0), nodes, there)) {
      long each = new WarmUp(subject).run(warm);
      int samples = Math.clamp(measured / each, SAMPLES_MIN, subject.samplesMax());
      measure(subject, samples, System.out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Subject subject(String row, int nodes, List<String> there) throws IOException {
    return there.isEmpty()
        ? Subjects.named(row, nodes)
        : new HostPair(Subjects.operation(row), HostPair.There.parse(there));
  }

  private static void measure(Subject subject, int samples, PrintStream out) throws IOException {
    double[] nanos = new double[samples];
    for (int i = 0; i < WARM_COUNTS; i++) {
      subject.counters();
    }
    Counters before = subject.counters();
    subject.run(nanos);
    Counters used = subject.counters().minus(before);
    long operations = (long) samples * subject.batch();
    check(used.events(), operations * subject.events());
    out.println((double) used.allocated() / operations);
    out.println((double) used.cpuNanos() / operations);
    for (double each : nanos) {
      out.println(each);
    }
    out.flush();
  }

  private static void check(long counted, long made) {
    if (counted != Counters.UNCOUNTED && counted != made) {
      throw new IllegalStateException(
          "the kernel counted " + counted + " events at the target of " + made);
    }
  }
}
