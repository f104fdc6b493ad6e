package org.atoll.servers.is;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;

/**
 * The memory of nodes, added up node after node. All that is known meanwhile is in the row of the
 * call under way: request, nodes left, total, free and cached bytes. A node that dies is left out.
 */
final class Memory {

  private static final int ALL = -1;

  private final Rows calls;

  Memory(Rows calls) {
    this.calls = calls;
  }

  /** MEMORY. */
  void begin(Turn turn, long request, long node) {
    if (node < ALL || node >= Limits.NODES_MAX) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    Message m = PmProtocol.Call.NODES.encode(turn.scratch());
    long wanted = node == ALL ? -1 : 1L << node;
    ask(turn, Step.MEMORY_NODES_KNOWN, turn.role(Role.PM), m, request, wanted, 0, 0, 0);
  }

  private void ask(
      Turn turn,
      Step step,
      int whom,
      Message m,
      long request,
      long nodes,
      long total,
      long free,
      long cached) {
    long call = whom == Endpoint.NONE ? -Errno.EAGAIN : turn.call(whom, m);
    if (call < 0) {
      turn.reply(request, -Errno.EAGAIN);
    } else {
      calls.add(call, step.number(), request, nodes, total, free, cached);
    }
  }

  /** PM, a kernel or a VM answered. */
  void answered(Turn turn, Step step, Row row, Message m) {
    long request = row.w0;
    switch (step) {
      case MEMORY_NODES_KNOWN -> {
        long nodes = row.w1 & m.w1;
        if (m.w0 < 0 || nodes == 0) {
          turn.reply(request, m.w0 < 0 ? m.w0 : -Errno.ENXIO);
        } else {
          next(turn, request, nodes, 0, 0, 0);
        }
      }
      case MEMORY_VM_KNOWN -> {
        if (m.w0 < 0 || m.w1 == Endpoint.NONE) {
          next(turn, request, row.w1, row.w2, row.w3, row.w4);
        } else {
          int vm = (int) m.w1;
          Message totals = VmProtocol.Call.TOTALS.encode(turn.scratch());
          Step known = Step.MEMORY_TOTALS_KNOWN;
          ask(turn, known, vm, totals, request, row.w1, row.w2, row.w3, row.w4);
        }
      }
      default -> {
        boolean known = m.w0 >= 0;
        long total = row.w2 + (known ? m.w0 : 0);
        long free = row.w3 + (known ? m.w1 : 0);
        next(turn, request, row.w1, total, free, row.w4 + (known ? m.w2 : 0));
      }
    }
  }

  /** The lowest of the nodes that are left; without any, all is known. */
  @SuppressWarnings("EnumOrdinal") // the ordinal is the role's number in messages
  private void next(Turn turn, long request, long nodes, long total, long free, long cached) {
    if (nodes == 0) {
      turn.reply(request, total, free, cached);
      return;
    }
    int kernel = Endpoint.kernelOf(Long.numberOfTrailingZeros(nodes));
    Message m = KernelProtocol.Call.WHO.encode(turn.scratch(), Role.VM.ordinal());
    ask(turn, Step.MEMORY_VM_KNOWN, kernel, m, request, nodes & nodes - 1, total, free, cached);
  }
}
