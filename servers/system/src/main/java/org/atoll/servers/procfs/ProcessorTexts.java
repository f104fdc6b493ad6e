package org.atoll.servers.procfs;

import org.atoll.abi.KernelCalls;

/**
 * What is said of processors, in the formats of proc(5) and sysfs(5). A node is one processor and
 * one node of memory, and all three have one number.
 */
final class ProcessorTexts {

  private static final long NANOS_PER_TICK = 10_000_000;
  private static final long NANOS_PER_CENTISECOND = 10_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int GROUP_BITS = 32;
  private static final String ISA = "rv64imafdc_zicsr_zifencei";

  private ProcessorTexts() {}

  // ---- which there are

  /** Numbers of bits as sysfs lists them: {@code 0-2,5}. */
  static String list(long set) {
    StringBuilder text = new StringBuilder();
    for (long left = set; left != 0; ) {
      int first = Long.numberOfTrailingZeros(left);
      int length = Long.numberOfTrailingZeros(~(left >>> first));
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (length > 1) {
        text.append('-').append(first + length - 1);
      }
      left = first + length < Long.SIZE ? left & -1L << first + length : 0;
    }
    return text.toString();
  }

  /** A set in hexadecimal digits, 32 bits a group. */
  static String map(long set) {
    String low = String.format("%08x", set & 0xffff_ffffL);
    long high = set >>> GROUP_BITS;
    return high == 0 ? low : String.format("%08x", high) + "," + low;
  }

  /** What a node or its processor says of itself: a package of one core with one thread. */
  static String of(Job job, Entry entry) {
    int node = Entry.node(job.inode);
    return switch (entry) {
      case CPU_ONLINE -> "1\n";
      case TOPOLOGY_CORE_ID -> "0\n";
      case NODE_CPULIST, TOPOLOGY_PACKAGE -> node + "\n";
      case TOPOLOGY_CORE_SIBLINGS_LIST, TOPOLOGY_THREAD_SIBLINGS_LIST -> node + "\n";
      case NODE_CPUMAP, TOPOLOGY_CORE_SIBLINGS -> map(1L << node) + "\n";
      case TOPOLOGY_THREAD_SIBLINGS -> map(1L << node) + "\n";
      default -> throw new IllegalStateException("not of a node: " + entry);
    };
  }

  static String memory(int node, long total, long free) {
    String name = "Node " + node + " ";
    return name
        + Texts.size("MemTotal:", total)
        + name
        + Texts.size("MemFree:", free)
        + name
        + Texts.size("MemUsed:", total - free);
  }

  static String information(long nodesUp) {
    StringBuilder text = new StringBuilder();
    for (long left = nodesUp; left != 0; left &= left - 1) {
      int node = Long.numberOfTrailingZeros(left);
      text.append("processor\t: ").append(node).append("\nhart\t\t: ").append(node);
      text.append("\nisa\t\t: " + ISA + "\nmmu\t\t: sv39\nmvendorid\t: 0x0\nmarchid\t\t: 0x0\n");
      text.append("mimpid\t\t: 0x0\nhart isa\t: " + ISA + "\n\n");
    }
    return text.toString();
  }

  /** The title of a table with a column for each processor; nothing is counted in it. */
  static String titles(long nodesUp) {
    StringBuilder text = new StringBuilder("           ");
    for (long left = nodesUp; left != 0; left &= left - 1) {
      text.append("CPU").append(Long.numberOfTrailingZeros(left)).append("       ");
    }
    return text.append('\n').toString();
  }

  // ---- what they did

  private static long idleNanos(long nowNanos, Job job, int node) {
    return Math.max(0, nowNanos - job.times.busyNanos(node));
  }

  private static long idleNanos(long nowNanos, Job job) {
    long idle = 0;
    for (long left = job.nodesUp; left != 0; left &= left - 1) {
      idle += idleNanos(nowNanos, job, Long.numberOfTrailingZeros(left));
    }
    return idle;
  }

  static String uptime(long nowNanos, Job job) {
    return seconds(nowNanos) + " " + seconds(idleNanos(nowNanos, job)) + "\n";
  }

  private static String seconds(long nanos) {
    long centiseconds = nanos / NANOS_PER_CENTISECOND;
    long rest = centiseconds % 100;
    return centiseconds / 100 + (rest < 10 ? ".0" : ".") + rest;
  }

  /** Time of processors is that of processes, or idle. */
  static String statistics(KernelCalls kernel, Job job) {
    long now = kernel.nowNanos();
    StringBuilder text = new StringBuilder("cpu ");
    row(text, job.times.of(ProcessorTimes.ALL), idleNanos(now, job));
    for (long left = job.nodesUp; left != 0; left &= left - 1) {
      int node = Long.numberOfTrailingZeros(left);
      row(text.append("cpu").append(node), job.times.of(node), idleNanos(now, job, node));
    }
    text.append("intr 0\nctxt ").append(job.switches);
    text.append("\nbtime ").append((kernel.wallNanos() - now) / NANOS_PER_SECOND);
    text.append("\nprocesses ").append(job.lastPid);
    text.append("\nprocs_running ").append(job.running).append("\nprocs_blocked 0\n");
    return text.toString();
  }

  private static void row(StringBuilder text, long[] times, long idleNanos) {
    text.append(' ').append(ticks(times[ProcessorTimes.USER]));
    text.append(' ').append(ticks(times[ProcessorTimes.NICE]));
    text.append(' ').append(ticks(times[ProcessorTimes.SYSTEM]));
    text.append(' ').append(ticks(idleNanos)).append(" 0 0 0 0 0 0\n");
  }

  private static long ticks(long nanos) {
    return nanos / NANOS_PER_TICK;
  }
}
