package org.atoll.libposix;

import org.atoll.abi.AtollCall;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessRecord;

/**
 * Atoll's own calls ({@link AtollCall}): which node a process is on, where its next exec takes it,
 * and which processes there are on all nodes.
 */
final class Placement {

  private Placement() {}

  static void rows(Table t) {
    t.full(AtollCall.ONNODE, "atoll_onnode", "node", Placement::onnode);
    t.full(AtollCall.NODE, "atoll_node", "", c -> c.turn().node());
    t.full(
        AtollCall.PROCESSES,
        "atoll_processes",
        "buffer:addr bytes:size first",
        Placement::processes);
  }

  private static long onnode(Call c) {
    int node = c.intArg(0);
    if (node < 0 || node >= Limits.NODES_MAX) {
      return -Errno.ENXIO;
    }
    if (c.step() == 0) {
      return c.ask(Role.PM, PmProtocol.Call.NODES.encode(c.message()));
    }
    if ((c.answer(1) >>> node & 1) == 0) {
      return -Errno.ENXIO;
    }
    c.process().nextNode = node;
    return 0;
  }

  private static long processes(Call c) {
    if (c.step() == 1) {
      long records = PosixProgram.outcome(c);
      return records < 0 ? records : records * ProcessRecord.BYTES;
    }
    if (c.arg(1) < ProcessRecord.BYTES) {
      return -Errno.EINVAL;
    }
    long wanted = Math.min(c.arg(1), Limits.BUFFER_BYTES_MAX);
    int bytes = (int) c.guest().reach(c.arg(0), wanted, KernelCalls.PAGE_WRITE);
    Message m = PmProtocol.Call.LIST.encode(c.message(), c.intArg(2));
    return c.attemptInto(Role.PM, m, c.arg(0), bytes);
  }
}
