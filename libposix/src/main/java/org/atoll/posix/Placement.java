package org.atoll.posix;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessRecord;

/**
 * Atoll's own calls, with numbers far outside Linux's: which node a process is on, where its next
 * exec takes it, and which processes there are on all nodes.
 */
final class Placement {

  /** {@code node()}: the node that the process is on. */
  static final int NODE = 0xa7010;

  /** {@code onnode(node)}: the next exec takes the process there; -1: it stays. ENXIO. */
  static final int ON_NODE = 0xa7011;

  /** {@code processes(start, buffer, bytes)}: {@link ProcessRecord}s from a pid on; their number. */
  static final int PROCESSES = 0xa7012;

  /** {@code nodes(up)}: how many nodes there are; a bit for each that is up goes to {@code up}. */
  static final int NODES = 0xa7013;

  private Placement() {}

  static void rows(Table t) {
    t.full(NODE, "atoll_node", "", c -> c.turn().node());
    t.full(ON_NODE, "atoll_onnode", "node", Placement::onnode);
    t.full(PROCESSES, "atoll_processes", "start buffer:x bytes", Placement::processes);
    t.full(NODES, "atoll_nodes", "up:x", Placement::nodes);
  }

  private static long onnode(Call c) {
    int node = c.intArg(0);
    if (node < ProcessState.ANY_NODE || node >= Limits.NODES_MAX) {
      return -Errno.ENXIO;
    }
    if (node != ProcessState.ANY_NODE && c.step() == 0) {
      return c.ask(Role.PM, PmProtocol.Call.NODES.encode(c.message()));
    }
    if (node != ProcessState.ANY_NODE && (c.answer(1) >>> node & 1) == 0) {
      return -Errno.ENXIO;
    }
    c.process().nextNode = node;
    return 0;
  }

  private static long processes(Call c) {
    if (c.step() == 1) {
      return PosixProgram.outcome(c);
    }
    if (c.arg(2) < ProcessRecord.BYTES) {
      return -Errno.EINVAL;
    }
    long wanted = Math.min(c.arg(2), Limits.BUFFER_BYTES_MAX);
    int bytes = (int) c.guest().reach(c.arg(1), wanted, KernelCalls.PAGE_WRITE);
    Message m = PmProtocol.Call.LIST.encode(c.message(), c.intArg(0));
    return c.attemptInto(Role.PM, m, c.arg(1), bytes);
  }

  private static long nodes(Call c) {
    if (c.step() == 0) {
      return c.ask(Role.PM, PmProtocol.Call.NODES.encode(c.message()));
    }
    if (c.arg(0) != 0) {
      c.guest().putLong(c.arg(0), c.answer(1));
    }
    return c.answer(0);
  }
}
