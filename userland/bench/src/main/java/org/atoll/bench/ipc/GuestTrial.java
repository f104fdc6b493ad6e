package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.Arrays;
import org.atoll.bench.AtollCommand;
import org.atoll.bench.CrossBuild;
import org.jspecify.annotations.Nullable;

/** Rounds of a system call of a guest program, in a system that stays. */
final class GuestTrial implements Trial {

  private static final String QEMU = "qemu-riscv64-static";

  /** A call of Atoll's own: it needs another process that answers. */
  static final String SENDREC = "sendrec";

  private static final long NANOS = 100_000_000;

  /** With its part of what the system takes to start. */
  private static final long NANOS_OF_FIRST = 3_500_000_000L;

  /** Of warming up: what is run again and again until it becomes no quicker. */
  private static final long SPAN_NANOS = 250_000_000;

  /** So many spans without becoming quicker are steady. */
  private static final int STEADY_SPANS = 4;

  /** So much work of the compilers in a span is none. */
  private static final long QUIET_TICKS = 1;

  /** Longer than this nobody warms up. */
  private static final int SPANS_MAX = 40;

  /**
   * What the kernel is to have counted.
   *
   * @param task whose events, as the program names it
   * @param events that each call is there
   * @param batch calls of a sample
   */
  record Count(String task, int events, int batch) {}

  private final GuestSystem system;
  private final boolean emulated;
  private final String where;
  private final String what;
  private final int samples;
  private final @Nullable Count count;

  /** The system has run this before. */
  private boolean warm;

  private GuestTrial(
      GuestSystem system,
      boolean emulated,
      String where,
      String what,
      int samples,
      @Nullable Count count) {
    this.system = system;
    this.emulated = emulated;
    this.where = where;
    this.what = what;
    this.samples = samples;
    this.count = count;
  }

  /** In a VOS, on one of its nodes. */
  static GuestTrial onNode(int node, GuestSystem vos, String what, int samples) {
    return new GuestTrial(vos, false, "onnode " + node, what, samples, null);
  }

  /** The same, which fails when the kernel has not counted as many events as there were calls. */
  GuestTrial counted(Count expected) {
    return new GuestTrial(system, emulated, where, what, samples, expected);
  }

  /** Under Linux, by qemu-riscv64. */
  static GuestTrial underQemu(GuestSystem linux, String what, int samples) {
    return new GuestTrial(linux, true, "", what, samples, null);
  }

  @Override
  public @Nullable String missing() {
    if (!CrossBuild.isPossible()) {
      return "no riscv64 compiler: " + CrossBuild.INSTALL;
    }
    return emulated && !AtollCommand.isOnPath(QEMU)
        ? "no " + QEMU + ": apt-get install -y qemu-user-static"
        : null;
  }

  @Override
  public long nanos() {
    return NANOS;
  }

  @Override
  public long nanosOfFirst() {
    return NANOS_OF_FIRST;
  }

  @Override
  public Burst round() throws IOException, InterruptedException {
    if (!warm) {
      warmUp();
      warm = true;
    }
    return new Burst(times(), Double.NaN, Double.NaN);
  }

  /** A VOS compiles what it runs, on the same core; so does qemu. */
  private void warmUp() throws IOException, InterruptedException {
    Steadiness steadiness = new Steadiness(STEADY_SPANS);
    boolean warmed = false;
    for (int spans = 0; spans < SPANS_MAX && !warmed; spans++) {
      long before = Compilers.ticks();
      boolean steady = steadiness.after(span());
      warmed = steady && Compilers.ticks() - before <= QUIET_TICKS;
    }
  }

  /** Runs for a while just what is measured: the median of its last samples. */
  private double span() throws IOException, InterruptedException {
    long end = System.nanoTime() + SPAN_NANOS;
    double[] last;
    do {
      last = times();
    } while (System.nanoTime() < end);
    Arrays.sort(last);
    return last[samples / 2];
  }

  private double[] times() throws IOException, InterruptedException {
    Count expected = count;
    if (expected == null) {
      return whole(printed(samples, ""), samples);
    }
    double[] all = whole(printed(samples, " " + expected.task()), samples + 1);
    long events = (long) all[samples];
    long calls = (long) samples * expected.batch();
    if (events != calls * expected.events()) {
      throw new IOException(
          "the kernel counted "
              + events
              + " events at "
              + expected.task()
              + " of "
              + calls
              + " calls, each of which is "
              + expected.events());
    }
    return Arrays.copyOf(all, samples);
  }

  private static double[] whole(double[] numbers, int expected) throws IOException {
    if (numbers.length != expected) {
      throw new IOException(
          "the program has printed " + numbers.length + " of " + expected + " numbers");
    }
    return numbers;
  }

  private double[] printed(int howMany, String more) throws IOException, InterruptedException {
    String words = what + " " + howMany + more;
    return what.equals(SENDREC)
        ? system.costs().nanosOfCalls(where, words)
        : system.costs().nanos(where, words);
  }

  @Override
  public void close() throws IOException {
    system.close();
  }
}
