package org.atoll.servers.procfs;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.SystemName;
import org.atoll.abi.protocol.ProcessRecord;

/** The contents of files, in the formats of proc(5); what is not known is 0 or left out. */
final class Texts {

  private static final long NANOS_PER_TICK = 10_000_000;
  private static final long NANOS_PER_CENTISECOND = 10_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int KIBIBYTE = 1_024;
  private static final int NORMAL_PRIORITY = 20;
  private static final int GROUPS_MAX = 65_536;
  private static final String DEVICES =
      "Character devices:\n  1 mem\n  5 /dev/tty\n  5 /dev/console\n  5 /dev/ptmx\n136 pts\n\nBlock devices:\n";

  private Texts() {}

  // ---- of the system

  static String fixed(Entry entry) {
    return switch (entry) {
      case CMDLINE -> "\n";
      case DEVICES -> DEVICES;
      case DISKSTATS -> "";
      case PARTITIONS -> "major minor  #blocks  name\n\n";
      case SWAPS -> "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
      case FS_FILE_MAX -> Long.MAX_VALUE + "\n";
      case FS_NR_OPEN -> Limits.DESCRIPTORS_MAX + "\n";
      case FS_PIPE_MAX_SIZE -> Limits.PIPE_BYTES + "\n";
      case FS_PROTECTED_HARDLINKS -> "1\n";
      case KERNEL_THREADS_MAX -> Limits.PROCESSES_MAX + "\n";
      case VM_MAX_MAP_COUNT -> Limits.REGIONS_PER_SPACE_MAX + "\n";
      case VM_OVERCOMMIT_MEMORY -> "0\n";
      case KERNEL_DOMAINNAME -> SystemName.DOMAIN + "\n";
      case KERNEL_NGROUPS_MAX -> GROUPS_MAX + "\n";
      case FILESYSTEMS ->
          "nodev\ttmpfs\nnodev\tproc\nnodev\tdevtmpfs\nnodev\tdevpts\nnodev\thostfs\n";
      case VERSION ->
          SystemName.SYSTEM + " version " + SystemName.RELEASE + " " + SystemName.VERSION + "\n";
      case KERNEL_HOSTNAME -> SystemName.HOST + "\n";
      case KERNEL_OSRELEASE -> SystemName.RELEASE + "\n";
      case KERNEL_OSTYPE -> SystemName.SYSTEM + "\n";
      case KERNEL_VERSION -> SystemName.VERSION + "\n";
      case KERNEL_PID_MAX -> Limits.PID_MAX + 1 + "\n";
      default -> throw new IllegalStateException("not fixed: " + entry);
    };
  }

  /** One processor for each node. */
  static String processors(long nodesUp) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Long.bitCount(nodesUp); i++) {
      text.append("processor\t: ").append(i).append("\nhart\t\t: ").append(i);
      text.append("\nisa\t\t: rv64imafdc_zicsr_zifencei\nmmu\t\t: sv39\n\n");
    }
    return text.toString();
  }

  /** The title of a table with a column for each processor; nothing is counted in it. */
  static String processorTitles(int processors) {
    StringBuilder text = new StringBuilder("           ");
    for (int i = 0; i < processors; i++) {
      text.append("CPU").append(i).append("       ");
    }
    return text.append('\n').toString();
  }

  /** As far as it is known; no page is swapped, and none is counted that was read or written. */
  static String memoryStatistics(Job job) {
    long cached = Math.min(job.cachedBytes, job.totalBytes - job.freeBytes);
    return "nr_free_pages "
        + pages(job.freeBytes)
        + "\nnr_file_pages "
        + pages(cached)
        + "\npgpgin 0\npgpgout 0\npswpin 0\npswpout 0\npgfault 0\npgmajfault 0\n";
  }

  static String uptime(KernelCalls kernel, Job job, int processors) {
    long now = kernel.nowNanos();
    return seconds(now) + " " + seconds(idle(now, job, processors)) + "\n";
  }

  private static long idle(long now, Job job, int processors) {
    return Math.max(0, processors * now - job.usedNanos);
  }

  private static String seconds(long nanos) {
    long centiseconds = nanos / NANOS_PER_CENTISECOND;
    long rest = centiseconds % 100;
    return centiseconds / 100 + (rest < 10 ? ".0" : ".") + rest;
  }

  /** Load averages, given in 2048ths; how many run, how many there are, the last process id. */
  static String load(Job job, long one, long five, long fifteen) {
    StringBuilder text = new StringBuilder();
    for (long mean : new long[] {one, five, fifteen}) {
      long hundredths = (mean * 100 + 1024) / 2048;
      text.append(hundredths / 100).append(hundredths % 100 < 10 ? ".0" : ".");
      text.append(hundredths % 100).append(' ');
    }
    text.append(job.running).append('/').append(job.processes);
    return text.append(' ').append(job.lastPid).append('\n').toString();
  }

  /** Time of processors is that of processes, or idle. */
  static String statistics(KernelCalls kernel, Job job, int processors) {
    long now = kernel.nowNanos();
    String idle = " " + ticks(idle(now, job, processors)) + " 0 0 0 0 0 0\n";
    long user = job.usedNanos - job.systemNanos - job.niceNanos;
    String times =
        " " + ticks(user) + " " + ticks(job.niceNanos) + " " + ticks(job.systemNanos) + idle;
    StringBuilder text = new StringBuilder("cpu ").append(times);
    if (processors == 1) {
      text.append("cpu0").append(times);
    }
    text.append("intr 0\nctxt ")
        .append(job.switches)
        .append("\nbtime ")
        .append((kernel.wallNanos() - now) / NANOS_PER_SECOND);
    text.append("\nprocesses ").append(job.lastPid);
    text.append("\nprocs_running ").append(job.running).append("\nprocs_blocked 0\n");
    return text.toString();
  }

  /**
   * Cached is what VM keeps of files; a frame that it knows by several versions of its file counts
   * as often there, but it is never more than what is in use.
   */
  static String memory(long total, long free, long keptOfFiles) {
    long cached = Math.min(keptOfFiles, total - free);
    return size("MemTotal:", total)
        + size("MemFree:", free)
        + size("MemAvailable:", free)
        + size("Buffers:", 0)
        + size("Cached:", cached)
        + size("SwapCached:", 0)
        + size("SwapTotal:", 0)
        + size("SwapFree:", 0)
        + size("Shmem:", 0)
        + size("SReclaimable:", 0);
  }

  static String size(String name, long bytes) {
    String number = String.valueOf(bytes / KIBIBYTE);
    return name + " ".repeat(Math.max(1, 24 - name.length() - number.length())) + number + " kB\n";
  }

  private static long ticks(long nanos) {
    return nanos / NANOS_PER_TICK;
  }

  // ---- of a process

  static String sizes(Job job) {
    return pages(job.mappedBytes) + " " + pages(job.residentBytes) + " 0 0 0 0 0\n";
  }

  private static long pages(long bytes) {
    return bytes / Limits.PAGE_BYTES;
  }

  /** The 52 fields of proc_pid_stat(5). */
  static String stat(Job job) {
    int nice = job.field(ProcessRecord.NICE);
    StringBuilder text = new StringBuilder();
    text.append(job.id()).append(" (").append(ProcessTexts.name(job)).append(") ");
    text.append(ProcessTexts.letter(job)).append(' ');
    text.append(job.field(ProcessRecord.PARENT)).append(' ');
    text.append(job.field(ProcessRecord.GROUP)).append(' ');
    text.append(job.field(ProcessRecord.SESSION)).append(' ').append(job.terminal);
    text.append(' ').append(job.foreground).append(" 0 0 0 0 0 ");
    times(job, text, ProcessRecord.CPU_NANOS, ProcessRecord.SYSTEM_NANOS);
    times(job, text, ProcessRecord.CHILDREN_CPU_NANOS, ProcessRecord.CHILDREN_SYSTEM_NANOS);
    int priority = job.field(ProcessRecord.PRIORITY);
    text.append(priority > 0 ? -1 - priority : NORMAL_PRIORITY + nice);
    text.append(' ').append(nice).append(' ');
    text.append(job.field(ProcessRecord.THREADS)).append(" 0 ");
    text.append(ticks(job.longField(ProcessRecord.STARTED_NANOS))).append(' ');
    text.append(job.mappedBytes).append(' ').append(pages(job.residentBytes));
    text.append(" 18446744073709551615 0 0 0 0 0 ").append(ProcessTexts.signals(job));
    text.append(" 0 0 0 ").append(job.field(ProcessRecord.EXIT_SIGNAL));
    text.append(' ').append(job.field(ProcessRecord.NODE)).append(' ').append(priority);
    text.append(' ').append(job.field(ProcessRecord.POLICY));
    return text.append(" 0 0 0 0 0 0 0 0 0 0 0\n").toString();
  }

  /** User and system time. */
  private static void times(Job job, StringBuilder text, int all, int ofSystem) {
    long system = job.longField(ofSystem);
    text.append(ticks(job.longField(all) - system)).append(' ').append(ticks(system)).append(' ');
  }
}
