package org.atoll.servers.procfs;

import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.abi.protocol.ThreadRecord;

/** The rows of proc_pid_status(5), in Linux's order; what is not known has none. */
final class StatusText {

  private static final int KIBIBYTE = 1_024;
  private static final long ALL_CAPABILITIES = (2L << Texts.LAST_CAPABILITY) - 1;

  private final Job job;
  private final StringBuilder text = new StringBuilder();

  private StatusText(Job job) {
    this.job = job;
  }

  static String of(Job job) {
    StatusText status = new StatusText(job);
    status.identity();
    status.memory();
    status.signals();
    status.rights();
    status.scheduling();
    return status.text.toString();
  }

  private void row(String name, Object value) {
    text.append(name).append(":\t").append(value).append('\n');
  }

  private void identity() {
    row("Name", ProcessTexts.name(job));
    row("Umask", String.format("%04o", job.umask));
    row("State", state());
    row("Tgid", job.field(ProcessRecord.PID));
    row("Ngid", 0);
    row("Pid", job.id());
    row("PPid", job.field(ProcessRecord.PARENT));
    row("TracerPid", 0);
    row("Uid", ids(ProcessRecord.REAL_UID, ProcessRecord.UID, ProcessRecord.SAVED_UID));
    row("Gid", ids(ProcessRecord.REAL_GID, ProcessRecord.GID, ProcessRecord.SAVED_GID));
    row("FDSize", job.descriptors);
    row("Groups", groups());
    row("NStgid", job.field(ProcessRecord.PID));
    row("NSpid", job.id());
    row("NSpgid", job.field(ProcessRecord.GROUP));
    row("NSsid", job.field(ProcessRecord.SESSION));
    row("Kthread", 0);
  }

  private String state() {
    return switch (ProcessTexts.letter(job)) {
      case 'R' -> "R (running)";
      case 'T' -> "T (stopped)";
      case 'Z' -> "Z (zombie)";
      default -> "S (sleeping)";
    };
  }

  /** Real, effective, saved, and that of the file system, which is the effective one. */
  private String ids(int real, int effective, int saved) {
    StringBuilder ids = new StringBuilder();
    for (int at : new int[] {real, effective, saved, effective}) {
      ids.append(ids.isEmpty() ? "" : "\t").append(Integer.toUnsignedString(job.field(at)));
    }
    return ids.toString();
  }

  /** Each with a blank behind it, as Linux has them. */
  private String groups() {
    StringBuilder groups = new StringBuilder();
    for (int at = 0; at < job.groups.length; at += Integer.BYTES) {
      groups.append(Integer.toUnsignedString(Job.field(job.groups, at))).append(' ');
    }
    return groups.toString();
  }

  private void memory() {
    if (job.mappedBytes > 0) {
      size("VmSize", job.mappedBytes);
      size("VmLck", 0);
      size("VmPin", 0);
      size("VmHWM", job.peakBytes);
      size("VmRSS", job.residentBytes);
      size("VmData", job.dataBytes);
      size("VmStk", job.stackBytes);
      size("VmSwap", 0);
    }
    row("Threads", job.field(ProcessRecord.THREADS));
  }

  private void size(String name, long bytes) {
    row(name, String.format("%8d kB", bytes / KIBIBYTE));
  }

  private void signals() {
    set("SigPnd", job.threadField(ThreadRecord.PENDING));
    set("ShdPnd", job.aboutField(ThreadRecord.SHARED_PENDING));
    set("SigBlk", job.threadField(ThreadRecord.BLOCKED));
    set("SigIgn", job.aboutField(ThreadRecord.IGNORED));
    set("SigCgt", job.aboutField(ThreadRecord.CAUGHT));
  }

  /** Who is root may all, and nobody else anything: as capget(2) says it. */
  private void rights() {
    boolean root = job.field(ProcessRecord.UID) == 0;
    set("CapInh", 0);
    set("CapPrm", root ? ALL_CAPABILITIES : 0);
    set("CapEff", root ? ALL_CAPABILITIES : 0);
    set("CapBnd", ALL_CAPABILITIES);
    set("CapAmb", 0);
    row("NoNewPrivs", job.aboutField(ThreadRecord.NO_NEW_PRIVILEGES));
    row("Seccomp", 0);
    row("Seccomp_filters", 0);
    row("Speculation_Store_Bypass", "unknown");
    row("SpeculationIndirectBranch", "unsupported");
  }

  private void set(String name, long bits) {
    row(name, String.format("%016x", bits));
  }

  /** A process stays on its node, which is one processor. */
  private void scheduling() {
    int node = job.field(ProcessRecord.NODE);
    row("Cpus_allowed", ProcessorTexts.map(1L << node));
    row("Cpus_allowed_list", node);
    row("Mems_allowed", ProcessorTexts.map(1L << node));
    row("Mems_allowed_list", node);
    row("voluntary_ctxt_switches", job.longField(ProcessRecord.VOLUNTARY));
    row("nonvoluntary_ctxt_switches", job.longField(ProcessRecord.INVOLUNTARY));
  }
}
