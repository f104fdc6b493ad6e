package org.atoll.servers.is;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.abi.protocol.RsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.Rows;

/** What is asked of those who know: one call each, for a job that waits for the answer. */
final class Questions {

  /** Processes asked for at once: as many as PM answers. */
  static final int PROCESSES_MAX = 256;

  private static final byte[] NOTHING = {};

  private final Rows calls;

  Questions(Rows calls) {
    this.calls = calls;
  }

  /** False when the call could not be made: there is nobody to ask, or no room. */
  private boolean ask(Turn turn, Job job, Step step, int whom, Message m, byte[] in, int room) {
    long call =
        whom == Endpoint.NONE
            ? -Errno.EDEADSRCDST
            : turn.callWithBytes(whom, m, in, in.length, room);
    if (call >= 0) {
      calls.add(call, step.number(), job.request);
    }
    return call >= 0;
  }

  boolean nodes(Turn turn, Job job) {
    Message m = PmProtocol.Call.NODES.encode(turn.scratch());
    return ask(turn, job, Step.NODES_KNOWN, turn.role(Role.PM), m, NOTHING, 0);
  }

  boolean tasks(Turn turn, Job job) {
    Message m = KernelProtocol.Call.TASKS.encode(turn.scratch(), job.from);
    return kernel(turn, job, Step.TASKS_KNOWN, m);
  }

  boolean calls(Turn turn, Job job) {
    Message m = KernelProtocol.Call.UNDER_WAY.encode(turn.scratch(), job.from);
    return kernel(turn, job, Step.CALLS_KNOWN, m);
  }

  @SuppressWarnings("EnumOrdinal") // the ordinal is the role's number in messages
  boolean vm(Turn turn, Job job) {
    Message m = KernelProtocol.Call.WHO.encode(turn.scratch(), Role.VM.ordinal());
    return kernel(turn, job, Step.VM_KNOWN, m);
  }

  private boolean kernel(Turn turn, Job job, Step step, Message m) {
    int kernel = Endpoint.kernelOf(job.node);
    return ask(turn, job, step, kernel, m, NOTHING, Limits.BUFFER_BYTES_MAX);
  }

  boolean memory(Turn turn, Job job, int vm) {
    Message m = VmProtocol.Call.TOTALS.encode(turn.scratch());
    return ask(turn, job, Step.MEMORY_KNOWN, vm, m, NOTHING, 0);
  }

  boolean processes(Turn turn, Job job) {
    Message m = PmProtocol.Call.LIST.encode(turn.scratch(), job.from);
    int room = PROCESSES_MAX * ProcessRecord.BYTES;
    return ask(turn, job, Step.PROCESSES_KNOWN, turn.role(Role.PM), m, NOTHING, room);
  }

  boolean services(Turn turn, Job job) {
    Message m = RsProtocol.Call.SERVICES.encode(turn.scratch());
    return rows(turn, job, turn.role(Role.RS), m, NOTHING);
  }

  /** What is published, after a name. */
  boolean published(Turn turn, Job job, String after) {
    Message m = DsProtocol.Call.LIST.encode(turn.scratch());
    return rows(turn, job, turn.role(Role.DS), m, after.getBytes(UTF_8));
  }

  private boolean rows(Turn turn, Job job, int whom, Message m, byte[] in) {
    return ask(turn, job, Step.ROWS_KNOWN, whom, m, in, Limits.BUFFER_BYTES_MAX);
  }
}
