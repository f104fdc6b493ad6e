package org.atoll.servers.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Message;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.abi.protocol.ThreadRecord;

/** What is said of a process, or of one of its threads, in words, in the formats of proc(5). */
final class ProcessTexts {

  /** Of a limit: there is none. */
  private static final long UNLIMITED = -1;

  private static final long NANOS_PER_TICK = 10_000_000;
  private static final int NORMAL_PRIORITY = 20;

  /** O_CLOEXEC. */
  private static final long CLOSE_ON_EXEC = 02000000;

  /** Signals of stat: those of one word without its highest bit. */
  private static final long OLD_SIGNALS = 0x7fff_ffff;

  /** A user or session that was never set. */
  private static final String UNSET = "4294967295";

  /** Names and units of the resources of getrlimit(2). */
  private static final String[][] LIMITS = {
    {"Max cpu time", "seconds"},
    {"Max file size", "bytes"},
    {"Max data size", "bytes"},
    {"Max stack size", "bytes"},
    {"Max core file size", "bytes"},
    {"Max resident set", "bytes"},
    {"Max processes", "processes"},
    {"Max open files", "files"},
    {"Max locked memory", "bytes"},
    {"Max address space", "bytes"},
    {"Max file locks", "locks"},
    {"Max pending signals", "signals"},
    {"Max msgqueue size", "bytes"},
    {"Max nice priority", ""},
    {"Max realtime priority", ""},
    {"Max realtime timeout", "us"}
  };

  private ProcessTexts() {}

  /** What needs nothing but the process's record and what its program says. */
  static String known(Job job, Entry entry) {
    return switch (entry) {
      case PROCESS_CGROUP -> "0::/\n";
      case PROCESS_COMM, THREAD_COMM -> name(job) + "\n";
      case PROCESS_LIMITS -> limits(job);
      case PROCESS_LOGINUID, PROCESS_SESSIONID -> UNSET;
      case PROCESS_OOM_SCORE, PROCESS_OOM_SCORE_ADJ -> "0\n";
      case PROCESS_PERSONALITY -> String.format("%08x%n", job.aboutField(ThreadRecord.PERSONALITY));
      case PROCESS_WCHAN, THREAD_WCHAN -> "0";
      default -> throw new IllegalStateException("not known: " + entry);
    };
  }

  /** The command's name; of a thread, its own. */
  static String name(Job job) {
    int thread = job.thread();
    boolean own = Entry.thread(job.inode) != 0 && thread >= 0;
    return own
        ? text(job.about, thread + ThreadRecord.NAME, ThreadRecord.NAME_BYTES)
        : text(job.record, ProcessRecord.NAME, ProcessRecord.GID - ProcessRecord.NAME);
  }

  private static String text(byte[] table, int at, int bytes) {
    int end = at;
    while (end < at + bytes && table[end] != 0) {
      end++;
    }
    return new String(table, at, end - at, ISO_8859_1);
  }

  /** The state's letter; who reads it runs. */
  static char letter(Job job) {
    if (job.isOfReader()) {
      return 'R';
    }
    long own = Entry.thread(job.inode) == 0 ? 0 : job.threadField(ThreadRecord.STATE);
    return (char) (own == 0 ? job.field(ProcessRecord.STATE) : own);
  }

  /** Pending, blocked, ignored and caught signals, as stat has them. */
  static String signals(Job job) {
    long pending = pending(job);
    return (pending & OLD_SIGNALS)
        + " "
        + (job.threadField(ThreadRecord.BLOCKED) & OLD_SIGNALS)
        + " "
        + (job.aboutField(ThreadRecord.IGNORED) & OLD_SIGNALS)
        + " "
        + (job.aboutField(ThreadRecord.CAUGHT) & OLD_SIGNALS);
  }

  private static long pending(Job job) {
    return job.threadField(ThreadRecord.PENDING) | job.aboutField(ThreadRecord.SHARED_PENDING);
  }

  // ---- numbers

  /** Sizes in pages, for statm; what of them is shared is not known. */
  static String sizes(Job job) {
    return Texts.pages(job.mappedBytes)
        + " "
        + Texts.pages(job.residentBytes)
        + " 0 "
        + Texts.pages(job.codeBytes)
        + " 0 "
        + Texts.pages(job.dataBytes + job.stackBytes)
        + " 0\n";
  }

  /** The 52 fields of proc_pid_stat(5). */
  static String stat(Job job) {
    int nice = job.field(ProcessRecord.NICE);
    StringBuilder text = new StringBuilder();
    text.append(job.id()).append(" (").append(name(job)).append(") ");
    text.append(letter(job)).append(' ');
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
    text.append(job.mappedBytes).append(' ').append(Texts.pages(job.residentBytes));
    text.append(" 18446744073709551615 0 0 0 0 0 ").append(signals(job));
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

  private static long ticks(long nanos) {
    return nanos / NANOS_PER_TICK;
  }

  /** A descriptor as VFS showed it; what exec closes has that among its flags here. */
  static String descriptor(Message shown) {
    long flags = shown.w2 | (shown.w3 == 0 ? 0 : CLOSE_ON_EXEC);
    String place = shown.w4 < 0 ? "" : "mnt_id:\t" + shown.w4 + "\n";
    String text = "pos:\t" + shown.w1 + "\nflags:\t0" + Long.toOctalString(flags) + "\n" + place;
    return text + "ino:\t" + shown.w5 + "\n";
  }

  // ---- limits

  private static String limits(Job job) {
    StringBuilder text = new StringBuilder();
    row(text, "Limit", "Soft Limit", "Hard Limit", "Units");
    for (int i = 0; i < LIMITS.length && job.about.length > 0; i++) {
      int at = ThreadRecord.LIMITS + 16 * i;
      String soft = limit(job.aboutField(at));
      row(text, LIMITS[i][0], soft, limit(job.aboutField(at + Long.BYTES)), LIMITS[i][1]);
    }
    return text.toString();
  }

  private static String limit(long value) {
    return value == UNLIMITED ? "unlimited" : Long.toUnsignedString(value);
  }

  private static void row(StringBuilder text, String name, String soft, String hard, String unit) {
    text.append(String.format("%-25s %-20s %-20s %-10s\n", name, soft, hard, unit));
  }
}
