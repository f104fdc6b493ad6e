package org.atoll.servers.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.IsProtocol;
import org.atoll.abi.protocol.NetProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.abi.protocol.TtyProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;

/**
 * What procfs asks of the servers that know: one call each, for a job that waits for the answer.
 */
final class Questions {

  /** Bytes of a descriptor in VFS's table. */
  static final int DESCRIPTOR_BYTES = 8;

  /** Processes asked for at once: as many as PM answers. */
  static final int PROCESSES_MAX = 256;

  private static final int DESCRIPTORS_MAX = 1_024;

  private final State state;

  Questions(State state) {
    this.state = state;
  }

  private void ask(Turn turn, Job job, Step step, int server, Message m, int outBytes) {
    ask(turn, job, step, server, m, new byte[0], outBytes);
  }

  private void ask(Turn turn, Job job, Step step, int server, Message m, byte[] in, int outBytes) {
    long call = turn.callWithBytes(server, m, in, in.length, outBytes);
    if (call < 0) {
      state.jobs.remove(job.request);
      turn.reply(job.request, -Errno.ENOMEM);
    } else {
      state.calls.add(call, step.number(), job.request);
    }
  }

  void process(Turn turn, Job job) {
    Message m = PmProtocol.Call.LIST.encode(turn.scratch(), Entry.pid(job.inode));
    ask(turn, job, Step.PROCESS_KNOWN, turn.role(Role.PM), m, ProcessRecord.BYTES);
  }

  /** The processes from one on, for {@code step}. */
  void processes(Turn turn, Job job, Step step, long first) {
    Message m = PmProtocol.Call.LIST.encode(turn.scratch(), first);
    ask(turn, job, step, turn.role(Role.PM), m, PROCESSES_MAX * ProcessRecord.BYTES);
  }

  void descriptor(Turn turn, Job job) {
    descriptors(turn, job, Step.DESCRIPTOR_KNOWN, Entry.descriptor(job.inode), 1);
  }

  void descriptorsFrom(Turn turn, Job job, long first) {
    descriptors(turn, job, Step.DESCRIPTORS_LISTED, first, DESCRIPTORS_MAX);
  }

  private void descriptors(Turn turn, Job job, Step step, long first, int most) {
    Message m = VfsProtocol.Call.DESCRIPTORS.encode(turn.scratch(), Entry.pid(job.inode), first);
    ask(turn, job, step, turn.role(Role.VFS), m, most * DESCRIPTOR_BYTES);
  }

  void load(Turn turn, Job job) {
    Message m = PmProtocol.Call.LOAD.encode(turn.scratch());
    ask(turn, job, Step.LOAD_KNOWN, turn.role(Role.PM), m, 0);
  }

  /** The nodes, for {@code step}. */
  void nodes(Turn turn, Job job, Step step) {
    Message m = PmProtocol.Call.NODES.encode(turn.scratch());
    ask(turn, job, step, turn.role(Role.PM), m, 0);
  }

  /** What the job's node did for processes that have left it. */
  void departed(Turn turn, Job job) {
    Message m = PmProtocol.Call.DEPARTED.encode(turn.scratch(), job.node);
    ask(turn, job, Step.DEPARTED_KNOWN, turn.role(Role.PM), m, 0);
  }

  /** The memory of a node, or with {@link ProcessorTimes#ALL} of all. */
  void memory(Turn turn, Job job, int node) {
    Message m = IsProtocol.Call.MEMORY.encode(turn.scratch(), node);
    ask(turn, job, Step.MEMORY_KNOWN, turn.role(Role.IS), m, 0);
  }

  void maker(Turn turn, Job job) {
    Message m = VfsProtocol.Call.MAKER.encode(turn.scratch(), Entry.pid(job.inode));
    ask(turn, job, Step.MAKER_KNOWN, turn.role(Role.VFS), m, Limits.BUFFER_BYTES_MAX);
  }

  void descriptorShown(Turn turn, Job job) {
    int fd = Entry.descriptor(job.inode);
    Message m = VfsProtocol.Call.DESCRIPTOR.encode(turn.scratch(), Entry.pid(job.inode), fd);
    ask(turn, job, Step.DESCRIPTOR_SHOWN, turn.role(Role.VFS), m, 0);
  }

  void sizes(Turn turn, Job job) {
    Message m = VmProtocol.Call.INFO.encode(turn.scratch(), job.field(ProcessRecord.ENDPOINT));
    ask(turn, job, Step.SIZES_KNOWN, job.field(ProcessRecord.VM), m, 0);
  }

  /** What the process's program knows, from a thread on. */
  void about(Turn turn, Job job) {
    Message m = ProcessProtocol.Call.ABOUT.encode(turn.scratch(), job.threads());
    int task = job.field(ProcessRecord.ENDPOINT);
    ask(turn, job, Step.ABOUT_KNOWN, task, m, Limits.BUFFER_BYTES_MAX);
  }

  /** The next piece of a table of the information server. */
  void table(Turn turn, Job job, Entry entry) {
    Message m = IsProtocol.Call.TABLE.encode(turn.scratch(), job.snapshot, job.text.length);
    byte[] name = entry.label.getBytes(ISO_8859_1);
    ask(turn, job, Step.TABLE_KNOWN, turn.role(Role.IS), m, name, Limits.BUFFER_BYTES_MAX);
  }

  /** Lines of a table of the network server, from where the last ones ended. */
  void sockets(Turn turn, Job job, int table) {
    Message m = NetProtocol.Call.TABLE.encode(turn.scratch(), table, job.snapshot);
    ask(turn, job, Step.SOCKETS_KNOWN, turn.role(Role.NET), m, Limits.BUFFER_BYTES_MAX);
  }

  /** The mappings of a process from a page on. */
  void regions(Turn turn, Job job, long page) {
    int task = job.field(ProcessRecord.ENDPOINT);
    Message m = VmProtocol.Call.REGIONS.encode(turn.scratch(), task, page);
    ask(turn, job, Step.REGIONS_KNOWN, job.field(ProcessRecord.VM), m, Limits.BUFFER_BYTES_MAX);
  }

  /** The path of a file that is mapped. */
  void mappedPath(Turn turn, Job job, long handle) {
    int pid = Entry.pid(job.inode);
    Message m = VfsProtocol.Call.MAPPED_PATH.encode(turn.scratch(), pid, handle);
    ask(turn, job, Step.PATH_KNOWN, turn.role(Role.VFS), m, Limits.PATH_BYTES_MAX);
  }

  /** The status of a file. */
  void status(Turn turn, Job job, int fs, long inode) {
    Message m = FsProtocol.Call.STAT.encode(turn.scratch(), inode);
    ask(turn, job, Step.FILE_KNOWN, fs, m, FileStatus.BYTES);
  }

  /** False when there is nobody to ask. */
  boolean terminal(Turn turn, Job job) {
    int tty = turn.role(Role.TTY);
    if (tty == Endpoint.NONE) {
      return false;
    }
    long session = job.field(ProcessRecord.SESSION);
    Message m = TtyProtocol.Call.TERMINAL_OF.encode(turn.scratch(), session);
    ask(turn, job, Step.TERMINAL_KNOWN, tty, m, 0);
    return true;
  }

  void commandLine(Turn turn, Job job) {
    Message m = PmProtocol.Call.COMMAND_LINE.encode(turn.scratch(), Entry.pid(job.inode));
    ask(turn, job, Step.CONTENTS_KNOWN, turn.role(Role.PM), m, Limits.COMMAND_LINE_BYTES_MAX);
  }

  void environment(Turn turn, Job job) {
    Message m = PmProtocol.Call.ENVIRONMENT.encode(turn.scratch(), Entry.pid(job.inode));
    ask(turn, job, Step.CONTENTS_KNOWN, turn.role(Role.PM), m, Limits.ENVIRONMENT_BYTES_MAX);
  }

  void mounts(Turn turn, Job job, Entry entry) {
    int info = entry == Entry.PROCESS_MOUNTINFO ? 1 : 0;
    Message m = VfsProtocol.Call.MOUNTS.encode(turn.scratch(), Entry.pid(job.inode), info);
    ask(turn, job, Step.CONTENTS_KNOWN, turn.role(Role.VFS), m, Limits.BUFFER_BYTES_MAX);
  }
}
