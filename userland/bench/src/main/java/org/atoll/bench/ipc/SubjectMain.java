package org.atoll.bench.ipc;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
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

  private SubjectMain() {}

  /** Takes a row's name, milliseconds of warming up and of measuring, and nodes of the VOS. */
  public static void main(String[] arguments) throws IOException {
    Pinning.pinThisThread();
    long warm = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[1]));
    long measured = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[2]));
    int nodes = Integer.parseInt(arguments[3]);
    NettyLink.own(() -> {
      try (Subject subject = Subjects.named(arguments[0], nodes)) {
        long each = new WarmUp(subject).run(warm);
        int samples = Math.clamp(measured / each, SAMPLES_MIN, subject.samplesMax());
        measure(subject, samples, System.out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
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
