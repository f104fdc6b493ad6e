package org.atoll.servers.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.abi.protocol.ThreadRecord;

/** What is said of a process, or of one of its threads, in words, in the formats of proc(5). */
final class ProcessTexts {

  /** Of a limit: there is none. */
  private static final long UNLIMITED = -1;

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

  /** The state's letter. */
  static char letter(Job job) {
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

  static String status(Job job) {
    StringBuilder text = new StringBuilder("Name:\t").append(name(job));
    text.append("\nState:\t").append(state(job));
    text.append("\nTgid:\t").append(job.field(ProcessRecord.PID));
    text.append("\nNgid:\t0\nPid:\t").append(job.id());
    text.append("\nPPid:\t").append(job.field(ProcessRecord.PARENT));
    text.append("\nTracerPid:\t0\nUid:");
    ids(job, text, ProcessRecord.REAL_UID, ProcessRecord.UID, ProcessRecord.SAVED_UID);
    text.append("\nGid:");
    ids(job, text, ProcessRecord.REAL_GID, ProcessRecord.GID, ProcessRecord.SAVED_GID);
    text.append('\n');
    if (job.mappedBytes > 0) {
      text.append(Texts.size("VmSize:\t", job.mappedBytes));
      text.append(Texts.size("VmHWM:\t", job.peakBytes));
      text.append(Texts.size("VmRSS:\t", job.residentBytes));
      text.append(Texts.size("VmSwap:\t", 0));
    }
    text.append("Threads:\t").append(job.field(ProcessRecord.THREADS)).append('\n');
    set(text, "SigPnd", job.threadField(ThreadRecord.PENDING));
    set(text, "ShdPnd", job.aboutField(ThreadRecord.SHARED_PENDING));
    set(text, "SigBlk", job.threadField(ThreadRecord.BLOCKED));
    set(text, "SigIgn", job.aboutField(ThreadRecord.IGNORED));
    set(text, "SigCgt", job.aboutField(ThreadRecord.CAUGHT));
    text.append("NoNewPrivs:\t").append(job.aboutField(ThreadRecord.NO_NEW_PRIVILEGES));
    text.append("\nSeccomp:\t0\nvoluntary_ctxt_switches:\t");
    text.append(job.longField(ProcessRecord.VOLUNTARY)).append("\nnonvoluntary_ctxt_switches:\t");
    return text.append(job.longField(ProcessRecord.INVOLUNTARY)).append('\n').toString();
  }

  private static void set(StringBuilder text, String name, long signals) {
    text.append(name).append(":\t").append(String.format("%016x", signals)).append('\n');
  }

  /** Real, effective, saved, and that of the file system, which is the effective one. */
  private static void ids(Job job, StringBuilder text, int real, int effective, int saved) {
    for (int at : new int[] {real, effective, saved, effective}) {
      text.append('\t').append(Integer.toUnsignedString(job.field(at)));
    }
  }

  private static String state(Job job) {
    return switch (letter(job)) {
      case 'R' -> "R (running)";
      case 'T' -> "T (stopped)";
      case 'Z' -> "Z (zombie)";
      default -> "S (sleeping)";
    };
  }

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
