package org.atoll.servers.procfs;

import org.atoll.abi.Limits;
import org.atoll.abi.SystemName;

/** What is said of the system, in the formats of proc(5); what is not known is left out. */
final class Texts {

  private static final int KIBIBYTE = 1_024;

  /** The highest capability: CAP_CHECKPOINT_RESTORE. */
  static final int LAST_CAPABILITY = 40;

  private static final int GROUPS_MAX = 65_536;
  private static final String DEVICES =
      "Character devices:\n  1 mem\n  5 /dev/tty\n  5 /dev/console\n  5 /dev/ptmx\n136 pts\n\nBlock devices:\n";

  private Texts() {}

  static String fixed(Entry entry) {
    return switch (entry) {
      case CMDLINE -> "\n";
      case DEVICES -> DEVICES;
      case DISKSTATS -> "";
      case PARTITIONS -> "major minor  #blocks  name\n\n";
      case SWAPS -> "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
      case FS_FILE_MAX -> Long.MAX_VALUE + "\n";
      case FS_NR_OPEN -> Limits.DESCRIPTORS_MAX + "\n";
      case FS_PIPE_MAX_SIZE -> Limits.PIPE_BYTES_MAX + "\n";
      case FS_PROTECTED_HARDLINKS -> "1\n";
      case KERNEL_THREADS_MAX -> Limits.PROCESSES_MAX + "\n";
      case VM_MAX_MAP_COUNT -> Limits.REGIONS_PER_SPACE_MAX + "\n";
      case VM_OVERCOMMIT_MEMORY -> "0\n";
      case KERNEL_CAP_LAST_CAP -> LAST_CAPABILITY + "\n";
      case KERNEL_DOMAINNAME -> SystemName.DOMAIN + "\n";
      case KERNEL_NGROUPS_MAX -> GROUPS_MAX + "\n";
      case FILESYSTEMS ->
          "nodev\ttmpfs\nnodev\tproc\nnodev\tsysfs\nnodev\tdevtmpfs\nnodev\tdevpts\nnodev\thostfs\n";
      case VERSION ->
          SystemName.SYSTEM + " version " + SystemName.RELEASE + " " + SystemName.VERSION + "\n";
      case KERNEL_HOSTNAME -> SystemName.HOST + "\n";
      case KERNEL_OSRELEASE -> SystemName.RELEASE + "\n";
      case KERNEL_OSTYPE -> SystemName.SYSTEM + "\n";
      case KERNEL_VERSION -> SystemName.VERSION + "\n";
      case KERNEL_PID_MAX -> Limits.PID_MAX + 1 + "\n";
      default -> ofNetwork(entry) + "\n";
    };
  }

  /** What does not change of the network, as sysctl(8) shows it. */
  private static String ofNetwork(Entry entry) {
    return switch (entry) {
      case CORE_SOMAXCONN -> Integer.toString(Limits.BACKLOG_MAX);
      case CORE_RMEM_DEFAULT, CORE_WMEM_DEFAULT -> Integer.toString(Limits.SOCKET_BYTES);
      case CORE_RMEM_MAX, CORE_WMEM_MAX -> Integer.toString(Limits.SOCKET_BYTES_MAX / 2);
      case IPV4_DEFAULT_TTL -> "64";
      case IPV4_FORWARD, IPV6_BINDV6ONLY -> "0";
      case IPV4_LOCAL_PORT_RANGE -> Limits.FREE_PORT_FIRST + "\t" + Limits.FREE_PORT_LAST;
      case IPV4_UNPRIVILEGED_PORT -> Integer.toString(Limits.UNPRIVILEGED_PORT_FIRST);
      case IPV4_PING_GROUP_RANGE -> "0\t" + Integer.MAX_VALUE;
      case IPV4_TCP_RMEM, IPV4_TCP_WMEM ->
          Limits.PAGE_BYTES + "\t" + Limits.SOCKET_BYTES + "\t" + Limits.SOCKET_BYTES_MAX;
      case UNIX_MAX_DGRAM_QLEN -> "10";
      default -> throw new IllegalStateException("not fixed: " + entry);
    };
  }

  /** As far as it is known; there is neither a block device nor a place to swap to. */
  static String memoryStatistics(long total, long free, long keptOfFiles) {
    return "nr_free_pages "
        + pages(free)
        + "\nnr_file_pages "
        + pages(Math.min(keptOfFiles, total - free))
        + "\npgpgin 0\npgpgout 0\npswpin 0\npswpout 0\n";
  }

  static long pages(long bytes) {
    return bytes / Limits.PAGE_BYTES;
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
        + size("SReclaimable:", 0);
  }

  static String size(String name, long bytes) {
    String number = String.valueOf(bytes / KIBIBYTE);
    return name + " ".repeat(Math.max(1, 24 - name.length() - number.length())) + number + " kB\n";
  }
}
