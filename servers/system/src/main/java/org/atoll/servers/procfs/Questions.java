package org.atoll.servers.procfs;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;
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
    long call = turn.callWithBytes(server, m, new byte[0], 0, outBytes);
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

  void nodes(Turn turn, Job job) {
    Message m = PmProtocol.Call.NODES.encode(turn.scratch());
    ask(turn, job, Step.NODES_KNOWN, turn.role(Role.PM), m, 0);
  }

  void sizes(Turn turn, Job job) {
    Message m = VmProtocol.Call.INFO.encode(turn.scratch(), job.field(ProcessRecord.ENDPOINT));
    ask(turn, job, Step.SIZES_KNOWN, job.field(ProcessRecord.VM), m, 0);
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

  void totals(Turn turn, Job job) {
    Message m = VmProtocol.Call.TOTALS.encode(turn.scratch());
    ask(turn, job, Step.TOTALS_KNOWN, turn.role(Role.VM), m, 0);
  }

  void commandLine(Turn turn, Job job) {
    Message m = PmProtocol.Call.COMMAND_LINE.encode(turn.scratch(), Entry.pid(job.inode));
    ask(turn, job, Step.CONTENTS_KNOWN, turn.role(Role.PM), m, Limits.COMMAND_LINE_BYTES_MAX);
  }

  void environment(Turn turn, Job job) {
    Message m = PmProtocol.Call.ENVIRONMENT.encode(turn.scratch(), Entry.pid(job.inode));
    ask(turn, job, Step.CONTENTS_KNOWN, turn.role(Role.PM), m, Limits.ENVIRONMENT_BYTES_MAX);
  }

  void mounts(Turn turn, Job job) {
    Message m = VfsProtocol.Call.MOUNTS.encode(turn.scratch(), Entry.pid(job.inode));
    ask(turn, job, Step.CONTENTS_KNOWN, turn.role(Role.VFS), m, Limits.BUFFER_BYTES_MAX);
  }
}
