package org.atoll.servers.pm;

import java.nio.charset.StandardCharsets;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.SchedProtocol;

/**
 * What the scheduler hears of processes. One-way, and only where there is a scheduler: should it be
 * dead or slow, processes keep what they have.
 */
final class SchedulerNews {

  private SchedulerNews() {}

  /** There is a new process. */
  static void begun(Turn turn, Process p) {
    tell(
        turn,
        SchedProtocol.Call.BEGUN.encode(
            turn.scratch(), p.task, p.pid, p.parent, p.node, p.nice, p.policy, p.priority));
    if (!p.name.isEmpty()) {
      named(turn, p);
    }
  }

  /** It is over; its task is still known. */
  static void ended(Turn turn, Process p) {
    tell(turn, SchedProtocol.Call.ENDED.encode(turn.scratch(), p.task));
  }

  /** Its nice value, policy or priority are others. */
  static void changed(Turn turn, Process p) {
    tell(
        turn,
        SchedProtocol.Call.CHANGED.encode(turn.scratch(), p.task, p.nice, p.policy, p.priority));
  }

  /** It has another name. */
  static void named(Turn turn, Process p) {
    byte[] name = p.name.getBytes(StandardCharsets.ISO_8859_1);
    long first = word(name, 0);
    long second = word(name, Long.BYTES);
    tell(turn, SchedProtocol.Call.NAMED.encode(turn.scratch(), p.task, first, second));
  }

  private static long word(byte[] text, int from) {
    long word = 0;
    for (int i = 0; i < Long.BYTES && from + i < text.length; i++) {
      word |= (text[from + i] & 0xffL) << 8 * i;
    }
    return word;
  }

  /** It is on another node. */
  static void moved(Turn turn, Process p) {
    tell(turn, SchedProtocol.Call.MOVED.encode(turn.scratch(), p.task, p.node));
  }

  private static void tell(Turn turn, Message m) {
    int scheduler = turn.role(Role.SCHED);
    if (scheduler != Endpoint.NONE) {
      turn.send(scheduler, m);
    }
  }
}
