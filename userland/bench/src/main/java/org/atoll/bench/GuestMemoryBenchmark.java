package org.atoll.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;

/**
 * Page tables with a translation buffer beside flat regions with a byte of rights for each page:
 * the measurements behind docs/adr/0002-guest-memory.md.
 *
 * <p>The process model is a shell's: {@link #PAGES} pages, of which a child reads some and writes
 * fewer before it executes a program of file pages and fresh zero pages. Each figure is the best of
 * several batches, both layouts in turn. Memory is read off the process: give the JVM a fixed heap
 * ({@code -Xms1g -Xmx1g -XX:+AlwaysPreTouch}), or its own growth is counted.
 */
public final class GuestMemoryBenchmark {
  static final int PAGES = 60;
  private static final int CHILD_READS = 20;
  private static final int CHILD_WRITES = 8;
  private static final int FILE_PAGES = 40;
  private static final int ZERO_PAGES = 16;
  private static final int CROWD = 5000;
  private static final int SPAN_PAGES = 4096;
  private static final int FRAMES = 1 << 18;
  private static final long REGION_BYTES = 1L << 30;
  private static final int BATCHES = 12;
  private static final int ACCESSES = 4_000_000;

  private final LinuxHost host = new LinuxHost(new Libc(), 1);
  private long sink;

  private GuestMemoryBenchmark() {}

  /** Takes nothing. */
  public static void main(String[] arguments) throws IOException {
    new GuestMemoryBenchmark().run();
  }

  private void run() throws IOException {
    GuestMemory table = table(2, SPAN_PAGES);
    GuestMemory flat = flat(2, SPAN_PAGES);
    System.out.printf("%-34s %10s %10s%n", "", "table+TLB", "flat+byte");
    compute(table, flat);
    processes(table(2, PAGES), flat(2, PAGES));
    crowd("table+TLB", table(CROWD + 1, PAGES));
    crowd("flat+byte", flat(CROWD + 1, PAGES));
    System.out.println("(" + sink + ")");
  }

  private GuestMemory table(int processes, int pages) {
    long address = host.reserveMemory((long) FRAMES << 12);
    return new TableMemory(address, FRAMES, processes, pages, FILE_PAGES);
  }

  private GuestMemory flat(int processes, int pages) {
    long regions = host.reserveMemory((processes + 1) * REGION_BYTES);
    long rights = host.reserveMemory((processes + 1) * (REGION_BYTES >>> 12));
    return new FlatMemory(regions, rights, REGION_BYTES, processes, pages);
  }

  private void compute(GuestMemory table, GuestMemory flat) {
    report("read in order, 64 KiB, ns", table, flat, ACCESSES, m -> m.scan(1 << 16, 8, ACCESSES));
    report(
        "one long a page, 200 pages, ns",
        table,
        flat,
        ACCESSES,
        m -> m.scan(200 << 12, 4096 + 64, ACCESSES));
    report(
        "one long a page, 4096 pages, ns",
        table,
        flat,
        ACCESSES,
        m -> m.scan(SPAN_PAGES << 12, 4096 + 64, ACCESSES));
    chain(table, 1 << 15);
    chain(flat, 1 << 15);
    report("chain in 32 KiB, ns", table, flat, ACCESSES, m -> m.chase(ACCESSES));
    chain(table, SPAN_PAGES << 12);
    chain(flat, SPAN_PAGES << 12);
    report("chain in 16 MiB, ns", table, flat, ACCESSES, m -> m.chase(ACCESSES));
  }

  /** A cycle through all cache lines of a span, in scattered order. */
  private static void chain(GuestMemory memory, int bytes) {
    int lines = bytes / 64;
    for (int i = 0; i < lines; i++) {
      int next = (int) ((i + 1) * 2654435761L % lines);
      memory.set((int) (i * 2654435761L % lines) * 64L, next * 64L);
    }
  }

  private void processes(GuestMemory table, GuestMemory flat) {
    int n = 2000;
    report("fork + exec + exit, us", table, flat, n * 1000, each(n, this::forkExec));
    report("fork + exit of a subshell, us", table, flat, n * 1000, each(n, this::forkAlone));
  }

  private interface Work {
    long on(GuestMemory memory);
  }

  private interface Step {
    void on(GuestMemory memory, int child);
  }

  private static Work each(int n, Step step) {
    return memory -> {
      for (int i = 0; i < n; i++) {
        step.on(memory, 1);
      }
      return n;
    };
  }

  private void forkExec(GuestMemory memory, int child) {
    fork(memory, child);
    memory.exec(child, FILE_PAGES, ZERO_PAGES);
    memory.exit(child);
  }

  private void forkAlone(GuestMemory memory, int child) {
    fork(memory, child);
    memory.exit(child);
  }

  private static void fork(GuestMemory memory, int child) {
    memory.fork(0, child);
    for (int page = 0; page < CHILD_READS; page++) {
      memory.touch(child, page, false);
    }
    for (int page = PAGES - CHILD_WRITES; page < PAGES; page++) {
      memory.touch(child, page, true);
      memory.touch(0, page, true);
    }
  }

  private void report(String name, GuestMemory a, GuestMemory b, int units, Work work) {
    long[] best = {Long.MAX_VALUE, Long.MAX_VALUE};
    for (int batch = 0; batch < BATCHES; batch++) {
      best[0] = Math.min(best[0], nanos(() -> sink += work.on(a)));
      best[1] = Math.min(best[1], nanos(() -> sink += work.on(b)));
    }
    System.out.printf(
        "%-34s %10.2f %10.2f%n", name, (double) best[0] / units, (double) best[1] / units);
  }

  private static long nanos(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  /** Many processes at once: time for each, and what they take of the host. */
  private void crowd(String name, GuestMemory memory) throws IOException {
    IntConsumer birth = child -> fork(memory, child);
    long heap = heapBytes();
    long before = residentBytes();
    long time =
        nanos(() -> {
          for (int child = 1; child <= CROWD; child++) {
            birth.accept(child);
          }
        });
    long resident = (residentBytes() - before) / 1024 / CROWD;
    System.out.printf(
        "%d forked processes, %s: %.1f us, %d KiB resident and %d bytes of heap each%n",
        CROWD, name, time / 1e3 / CROWD, resident, (heapBytes() - heap) / CROWD);
  }

  private static long heapBytes() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long residentBytes() throws IOException {
    String[] words = Files.readString(Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(words[1]) * 4096;
  }
}
