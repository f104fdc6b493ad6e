package org.atoll.servers.procfs;

import org.atoll.abi.protocol.MagicLink;
import org.jspecify.annotations.Nullable;

/**
 * Every kind of file that there is, with its name, its directory and its mode: the tree of /proc,
 * and that of /sys. An inode number is a process id, or one more than the number of a node, and an
 * entry, so that nothing has to be remembered of either; see {@link #inode}.
 */
enum Entry {
  /** Inode 1. */
  ROOT("", null, Entry.DIRECTORY | 0555),
  /** Inode 2: the directory of /sys, a tree of its own. */
  SYSFS("", null, Entry.DIRECTORY | 0555),
  ATOLL("atoll", ROOT, Entry.DIRECTORY | 0555),
  ATOLL_CALLS("calls", ATOLL, Entry.REGULAR | 0444),
  ATOLL_DS("ds", ATOLL, Entry.REGULAR | 0444),
  ATOLL_NODES("nodes", ATOLL, Entry.REGULAR | 0444),
  ATOLL_SERVICES("services", ATOLL, Entry.REGULAR | 0444),
  ATOLL_TASKS("tasks", ATOLL, Entry.REGULAR | 0444),
  CPUINFO("cpuinfo", ROOT, Entry.REGULAR | 0444),
  CMDLINE("cmdline", ROOT, Entry.REGULAR | 0444),
  DEVICES("devices", ROOT, Entry.REGULAR | 0444),
  DISKSTATS("diskstats", ROOT, Entry.REGULAR | 0444),
  FILESYSTEMS("filesystems", ROOT, Entry.REGULAR | 0444),
  INTERRUPTS("interrupts", ROOT, Entry.REGULAR | 0444),
  LOADAVG("loadavg", ROOT, Entry.REGULAR | 0444),
  MEMINFO("meminfo", ROOT, Entry.REGULAR | 0444),
  MOUNTS("mounts", ROOT, Entry.SYMLINK | 0777),
  NET("net", ROOT, Entry.SYMLINK | 0777),
  PARTITIONS("partitions", ROOT, Entry.REGULAR | 0444),
  SELF("self", ROOT, Entry.SYMLINK | 0777),
  STAT("stat", ROOT, Entry.REGULAR | 0444),
  SOFTIRQS("softirqs", ROOT, Entry.REGULAR | 0444),
  SWAPS("swaps", ROOT, Entry.REGULAR | 0444),
  SYS("sys", ROOT, Entry.DIRECTORY | 0555),
  UPTIME("uptime", ROOT, Entry.REGULAR | 0444),
  VERSION("version", ROOT, Entry.REGULAR | 0444),
  VMSTAT("vmstat", ROOT, Entry.REGULAR | 0444),
  SYSFS_DEVICES("devices", SYSFS, Entry.DIRECTORY | 0755),
  SYSFS_SYSTEM("system", SYSFS_DEVICES, Entry.DIRECTORY | 0755),
  CPUS("cpu", SYSFS_SYSTEM, Entry.DIRECTORY | 0755),
  CPUS_ONLINE("online", CPUS, Entry.REGULAR | 0444),
  CPUS_POSSIBLE("possible", CPUS, Entry.REGULAR | 0444),
  CPUS_PRESENT("present", CPUS, Entry.REGULAR | 0444),
  NODES("node", SYSFS_SYSTEM, Entry.DIRECTORY | 0755),
  NODES_HAS_CPU("has_cpu", NODES, Entry.REGULAR | 0444),
  NODES_HAS_MEMORY("has_memory", NODES, Entry.REGULAR | 0444),
  NODES_ONLINE("online", NODES, Entry.REGULAR | 0444),
  NODES_POSSIBLE("possible", NODES, Entry.REGULAR | 0444),
  /** The directory of a processor; its name has the number of its node. */
  CPU("", CPUS, Entry.DIRECTORY | 0755),
  CPU_ONLINE("online", CPU, Entry.REGULAR | 0444),
  TOPOLOGY("topology", CPU, Entry.DIRECTORY | 0755),
  TOPOLOGY_CORE_ID("core_id", TOPOLOGY, Entry.REGULAR | 0444),
  TOPOLOGY_CORE_SIBLINGS("core_siblings", TOPOLOGY, Entry.REGULAR | 0444),
  TOPOLOGY_CORE_SIBLINGS_LIST("core_siblings_list", TOPOLOGY, Entry.REGULAR | 0444),
  TOPOLOGY_PACKAGE("physical_package_id", TOPOLOGY, Entry.REGULAR | 0444),
  TOPOLOGY_THREAD_SIBLINGS("thread_siblings", TOPOLOGY, Entry.REGULAR | 0444),
  TOPOLOGY_THREAD_SIBLINGS_LIST("thread_siblings_list", TOPOLOGY, Entry.REGULAR | 0444),
  /** The directory of a node; its name has the number. */
  NODE("", NODES, Entry.DIRECTORY | 0755),
  NODE_CPULIST("cpulist", NODE, Entry.REGULAR | 0444),
  NODE_CPUMAP("cpumap", NODE, Entry.REGULAR | 0444),
  NODE_MEMINFO("meminfo", NODE, Entry.REGULAR | 0444),
  FS("fs", SYS, Entry.DIRECTORY | 0555),
  FS_FILE_MAX("file-max", FS, Entry.REGULAR | 0444),
  FS_NR_OPEN("nr_open", FS, Entry.REGULAR | 0444),
  FS_PIPE_MAX_SIZE("pipe-max-size", FS, Entry.REGULAR | 0444),
  FS_PROTECTED_HARDLINKS("protected_hardlinks", FS, Entry.REGULAR | 0600),
  KERNEL("kernel", SYS, Entry.DIRECTORY | 0555),
  KERNEL_CAP_LAST_CAP("cap_last_cap", KERNEL, Entry.REGULAR | 0444),
  KERNEL_DOMAINNAME("domainname", KERNEL, Entry.REGULAR | 0444),
  KERNEL_HOSTNAME("hostname", KERNEL, Entry.REGULAR | 0444),
  KERNEL_NGROUPS_MAX("ngroups_max", KERNEL, Entry.REGULAR | 0444),
  KERNEL_OSRELEASE("osrelease", KERNEL, Entry.REGULAR | 0444),
  KERNEL_OSTYPE("ostype", KERNEL, Entry.REGULAR | 0444),
  KERNEL_PID_MAX("pid_max", KERNEL, Entry.REGULAR | 0444),
  KERNEL_RANDOM("random", KERNEL, Entry.DIRECTORY | 0555),
  KERNEL_THREADS_MAX("threads-max", KERNEL, Entry.REGULAR | 0444),
  KERNEL_VERSION("version", KERNEL, Entry.REGULAR | 0444),
  RANDOM_BOOT_ID("boot_id", KERNEL_RANDOM, Entry.REGULAR | 0444),
  RANDOM_UUID("uuid", KERNEL_RANDOM, Entry.REGULAR | 0444),
  SYS_NET("net", SYS, Entry.DIRECTORY | 0555),
  CORE("core", SYS_NET, Entry.DIRECTORY | 0555),
  CORE_RMEM_DEFAULT("rmem_default", CORE, Entry.REGULAR | 0444),
  CORE_RMEM_MAX("rmem_max", CORE, Entry.REGULAR | 0444),
  CORE_SOMAXCONN("somaxconn", CORE, Entry.REGULAR | 0444),
  CORE_WMEM_DEFAULT("wmem_default", CORE, Entry.REGULAR | 0444),
  CORE_WMEM_MAX("wmem_max", CORE, Entry.REGULAR | 0444),
  IPV4("ipv4", SYS_NET, Entry.DIRECTORY | 0555),
  IPV4_DEFAULT_TTL("ip_default_ttl", IPV4, Entry.REGULAR | 0444),
  IPV4_FORWARD("ip_forward", IPV4, Entry.REGULAR | 0444),
  IPV4_LOCAL_PORT_RANGE("ip_local_port_range", IPV4, Entry.REGULAR | 0444),
  IPV4_UNPRIVILEGED_PORT("ip_unprivileged_port_start", IPV4, Entry.REGULAR | 0444),
  IPV4_PING_GROUP_RANGE("ping_group_range", IPV4, Entry.REGULAR | 0444),
  IPV4_TCP_RMEM("tcp_rmem", IPV4, Entry.REGULAR | 0444),
  IPV4_TCP_WMEM("tcp_wmem", IPV4, Entry.REGULAR | 0444),
  IPV6("ipv6", SYS_NET, Entry.DIRECTORY | 0555),
  IPV6_BINDV6ONLY("bindv6only", IPV6, Entry.REGULAR | 0444),
  SYS_NET_UNIX("unix", SYS_NET, Entry.DIRECTORY | 0555),
  UNIX_MAX_DGRAM_QLEN("max_dgram_qlen", SYS_NET_UNIX, Entry.REGULAR | 0444),
  VM("vm", SYS, Entry.DIRECTORY | 0555),
  VM_MAX_MAP_COUNT("max_map_count", VM, Entry.REGULAR | 0444),
  VM_OVERCOMMIT_MEMORY("overcommit_memory", VM, Entry.REGULAR | 0444),
  /** The directory of a process; its name is the process id. */
  PROCESS("", ROOT, Entry.DIRECTORY | 0555),
  PROCESS_CGROUP("cgroup", PROCESS, Entry.REGULAR | 0444),
  PROCESS_CMDLINE("cmdline", PROCESS, Entry.REGULAR | 0444),
  PROCESS_COMM("comm", PROCESS, Entry.REGULAR | 0444),
  PROCESS_CWD("cwd", PROCESS, Entry.SYMLINK | 0777),
  PROCESS_ENVIRON("environ", PROCESS, Entry.REGULAR | 0400),
  PROCESS_EXE("exe", PROCESS, Entry.SYMLINK | 0777),
  PROCESS_FD("fd", PROCESS, Entry.DIRECTORY | 0500),
  PROCESS_FDINFO("fdinfo", PROCESS, Entry.DIRECTORY | 0500),
  PROCESS_LIMITS("limits", PROCESS, Entry.REGULAR | 0444),
  PROCESS_LOGINUID("loginuid", PROCESS, Entry.REGULAR | 0444),
  PROCESS_MAPS("maps", PROCESS, Entry.REGULAR | 0400),
  PROCESS_MOUNTINFO("mountinfo", PROCESS, Entry.REGULAR | 0444),
  PROCESS_MOUNTS("mounts", PROCESS, Entry.REGULAR | 0444),
  PROCESS_NET("net", PROCESS, Entry.DIRECTORY | 0555),
  NET_ARP("arp", PROCESS_NET, Entry.REGULAR | 0444),
  NET_DEV("dev", PROCESS_NET, Entry.REGULAR | 0444),
  NET_ICMP("icmp", PROCESS_NET, Entry.REGULAR | 0444),
  NET_IF_INET6("if_inet6", PROCESS_NET, Entry.REGULAR | 0444),
  NET_IPV6_ROUTE("ipv6_route", PROCESS_NET, Entry.REGULAR | 0444),
  NET_NETLINK("netlink", PROCESS_NET, Entry.REGULAR | 0444),
  NET_PACKET("packet", PROCESS_NET, Entry.REGULAR | 0444),
  NET_RAW("raw", PROCESS_NET, Entry.REGULAR | 0444),
  NET_RAW6("raw6", PROCESS_NET, Entry.REGULAR | 0444),
  NET_ROUTE("route", PROCESS_NET, Entry.REGULAR | 0444),
  NET_SOCKSTAT("sockstat", PROCESS_NET, Entry.REGULAR | 0444),
  NET_SOCKSTAT6("sockstat6", PROCESS_NET, Entry.REGULAR | 0444),
  NET_TCP("tcp", PROCESS_NET, Entry.REGULAR | 0444),
  NET_TCP6("tcp6", PROCESS_NET, Entry.REGULAR | 0444),
  NET_UDP("udp", PROCESS_NET, Entry.REGULAR | 0444),
  NET_UDP6("udp6", PROCESS_NET, Entry.REGULAR | 0444),
  NET_UNIX("unix", PROCESS_NET, Entry.REGULAR | 0444),
  PROCESS_OOM_SCORE("oom_score", PROCESS, Entry.REGULAR | 0444),
  PROCESS_OOM_SCORE_ADJ("oom_score_adj", PROCESS, Entry.REGULAR | 0444),
  PROCESS_PERSONALITY("personality", PROCESS, Entry.REGULAR | 0400),
  PROCESS_ROOT("root", PROCESS, Entry.SYMLINK | 0777),
  PROCESS_SESSIONID("sessionid", PROCESS, Entry.REGULAR | 0444),
  PROCESS_SMAPS("smaps", PROCESS, Entry.REGULAR | 0400),
  PROCESS_STAT("stat", PROCESS, Entry.REGULAR | 0444),
  PROCESS_STATM("statm", PROCESS, Entry.REGULAR | 0444),
  PROCESS_STATUS("status", PROCESS, Entry.REGULAR | 0444),
  PROCESS_TASK("task", PROCESS, Entry.DIRECTORY | 0555),
  PROCESS_WCHAN("wchan", PROCESS, Entry.REGULAR | 0444),
  /** The directory of a thread; its name is the thread id. */
  THREAD("", PROCESS_TASK, Entry.DIRECTORY | 0555),
  THREAD_CHILDREN("children", THREAD, Entry.REGULAR | 0444),
  THREAD_CMDLINE("cmdline", THREAD, Entry.REGULAR | 0444),
  THREAD_COMM("comm", THREAD, Entry.REGULAR | 0444),
  THREAD_STAT("stat", THREAD, Entry.REGULAR | 0444),
  THREAD_STATM("statm", THREAD, Entry.REGULAR | 0444),
  THREAD_STATUS("status", THREAD, Entry.REGULAR | 0444),
  THREAD_WCHAN("wchan", THREAD, Entry.REGULAR | 0444),
  /** What is known of a descriptor; its name is the number. */
  DESCRIPTOR_INFO("", PROCESS_FDINFO, Entry.REGULAR | 0400),
  /** A descriptor; its name is the number. */
  DESCRIPTOR("", PROCESS_FD, Entry.SYMLINK);

  static final int TYPE = 0xf000;
  static final int DIRECTORY = 0x4000;
  static final int REGULAR = 0x8000;
  static final int SYMLINK = 0xa000;

  private static final int ID_BITS = 22;
  private static final int PID_SHIFT = 19;
  private static final int THREAD_SHIFT = PID_SHIFT + ID_BITS;
  private static final int LOW_MASK = (1 << PID_SHIFT) - 1;
  private static final int FD_FIRST = 0x100;
  private static final int FDINFO_FIRST = 0x40000;
  private static final Entry[] ALL = values();

  /** Name in its directory; empty when that is a number. */
  final String label;

  /** The directory that it is in; null for the root. */
  private final @Nullable Entry above;

  /** Type and permissions. */
  final int mode;

  Entry(String label, @Nullable Entry above, int mode) {
    this.label = label;
    this.above = above;
    this.mode = mode;
  }

  // ---- inode numbers

  /** The inode of an entry; {@code pid} is 0 for what belongs to no process. */
  long inode(int pid) {
    return inode(pid, 0);
  }

  /** The inode of an entry of a thread. */
  @SuppressWarnings("EnumOrdinal") // numbers live as long as the server
  private long inode(int pid, int thread) {
    return (long) thread << THREAD_SHIFT | (long) pid << PID_SHIFT | ordinal() + 1;
  }

  /** The inode of a thread's directory. */
  static long inodeOfThread(int pid, int thread) {
    return THREAD.inode(pid, thread);
  }

  /** The inode of an entry in the directory that has an inode. */
  long inodeIn(long directory) {
    boolean numbered = isOfProcess() || isOfNode();
    return inode(numbered ? pid(directory) : 0, isOfThread() ? thread(directory) : 0);
  }

  /** The inode of a descriptor, or of what is known of it. */
  long inodeOfDescriptor(int pid, int descriptor) {
    int first = this == DESCRIPTOR ? FD_FIRST : FDINFO_FIRST;
    return (long) pid << PID_SHIFT | first + descriptor;
  }

  /** The inode of a node's directory, or a processor's. */
  long inodeOfNode(int node) {
    return inode(node + 1);
  }

  /** The entry of an inode number; null when it is none. */
  static @Nullable Entry of(long inode) {
    int low = (int) inode & LOW_MASK;
    if (inode < 0 || low >= FD_FIRST) {
      boolean known = inode >= 0 && pid(inode) > 0 && thread(inode) == 0;
      return known ? low >= FDINFO_FIRST ? DESCRIPTOR_INFO : DESCRIPTOR : null;
    }
    if (low < 1 || low > ALL.length) {
      return null;
    }
    Entry entry = ALL[low - 1];
    boolean fits = (entry.isOfProcess() || entry.isOfNode()) == pid(inode) > 0;
    return fits && entry.isOfThread() == thread(inode) > 0 ? entry : null;
  }

  static int pid(long inode) {
    return (int) (inode >>> PID_SHIFT) & (1 << ID_BITS) - 1;
  }

  /** The thread that an inode belongs to, or 0. */
  static int thread(long inode) {
    return (int) (inode >>> THREAD_SHIFT);
  }

  /** The node that an inode of a processor or node belongs to. */
  static int node(long inode) {
    return pid(inode) - 1;
  }

  static int descriptor(long inode) {
    int low = (int) inode & LOW_MASK;
    return low - (low >= FDINFO_FIRST ? FDINFO_FIRST : FD_FIRST);
  }

  /** The inode of the directory that an inode is in; the root's is its own. */
  long inodeAbove(long inode) {
    Entry directory = above == null ? this : above;
    return directory.inodeIn(inode);
  }

  // ---- the tree

  boolean isOfProcess() {
    return isIn(PROCESS);
  }

  boolean isOfThread() {
    return isIn(THREAD);
  }

  /** Whether it belongs to a node or its processor. */
  boolean isOfNode() {
    return isIn(CPU) || isIn(NODE);
  }

  /** Whether it is a descriptor, or what is known of one. */
  boolean isDescriptor() {
    return this == DESCRIPTOR || this == DESCRIPTOR_INFO;
  }

  /** Whether it is in the tree of /sys. */
  boolean isOfSysfs() {
    return isIn(SYSFS);
  }

  /** Whether it is a table of the information server. */
  boolean isTable() {
    return above == ATOLL;
  }

  private boolean isIn(Entry directory) {
    for (Entry at = this; at != null; at = at.above) {
      if (at == directory) {
        return true;
      }
    }
    return false;
  }

  /** Whether the names in it are numbers, beside those of entries. */
  boolean isNumbered() {
    return switch (this) {
      case ROOT, PROCESS_FD, PROCESS_FDINFO, PROCESS_TASK, CPUS, NODES -> true;
      default -> false;
    };
  }

  boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  /** The entry of this name in a directory, if it has a name of its own. */
  static @Nullable Entry in(Entry directory, String name) {
    for (Entry entry : ALL) {
      if (entry.above == directory && !name.isEmpty() && entry.label.equals(name)) {
        return entry;
      }
    }
    return null;
  }

  /** The first entry with a name of its own in a directory, from an ordinal on; or null. */
  @SuppressWarnings("EnumOrdinal") // a position in a directory
  static @Nullable Entry from(Entry directory, long ordinal) {
    for (int i = Math.clamp(ordinal, 0, ALL.length); i < ALL.length; i++) {
      if (ALL[i].above == directory && !ALL[i].label.isEmpty()) {
        return ALL[i];
      }
    }
    return null;
  }

  /** The name of an inode in its directory. */
  String name(long inode) {
    return switch (this) {
      case PROCESS -> String.valueOf(pid(inode));
      case DESCRIPTOR, DESCRIPTOR_INFO -> String.valueOf(descriptor(inode));
      case CPU -> "cpu" + node(inode);
      case NODE -> "node" + node(inode);
      case THREAD -> String.valueOf(thread(inode));
      default -> label;
    };
  }

  /** The path of an inode, from the root of this file system. */
  static String path(long inode) {
    Entry entry = of(inode);
    if (entry == null || entry.above == null) {
      return "";
    }
    return path(entry.inodeAbove(inode)) + "/" + entry.name(inode);
  }

  /** The device word of a link that VFS follows by itself, or 0. */
  long device(long inode) {
    int pid = pid(inode);
    return switch (this) {
      case SELF -> MagicLink.encode(MagicLink.Kind.SELF, 0, 0);
      case PROCESS_CWD -> MagicLink.encode(MagicLink.Kind.CWD, pid, 0);
      case PROCESS_EXE -> MagicLink.encode(MagicLink.Kind.EXE, pid, 0);
      case PROCESS_ROOT -> MagicLink.encode(MagicLink.Kind.ROOT, pid, 0);
      case DESCRIPTOR -> MagicLink.encode(MagicLink.Kind.FD, pid, descriptor(inode));
      default -> 0;
    };
  }
}
