package org.atoll.servers.ds;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.libsys.LongLongTable;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;

/**
 * What PM is asked: whose process a caller is, and to say when one ends that has something here.
 */
final class Processes {

  private final Rows calls;

  /** The call to PM that waits for the end of a task, by task. */
  private final LongLongTable watched = new LongLongTable();

  Processes(Rows calls) {
    this.calls = calls;
  }

  /** Asks who makes a request, which goes on with the answer; false when there is no room. */
  boolean identify(Turn turn, long request, Message m) {
    int number = m.type;
    long w0 = m.w0;
    long w1 = m.w1;
    long w2 = m.w2;
    long w3 = m.w3;
    PmProtocol.Call.PROCESS_OF.encode(turn.scratch(), Turn.caller(request));
    long call = turn.call(turn.role(Role.PM), turn.scratch());
    if (call >= 0) {
      calls.add(call, Step.CALLER_KNOWN.number(), request, number, w0, w1, w2, w3);
    }
    return call >= 0;
  }

  /** From now on the end of a process is known; false when there is no room for that. */
  boolean watch(Turn turn, int task) {
    if (watched.contains(task)) {
      return true;
    }
    Message m = PmProtocol.Call.END_OF.encode(turn.scratch(), task);
    long call = turn.call(turn.role(Role.PM), m);
    if (call >= 0) {
      watched.put(task, call);
      calls.add(call, Step.ENDED.number(), task);
    }
    return call >= 0;
  }

  /** The end of a process does not matter any more. */
  void unwatch(Turn turn, int task) {
    long call = watched.get(task, 0);
    if (call != 0) {
      watched.remove(task);
      turn.cancel(call);
    }
  }

  /** PM answered: the task that has ended, or NONE when its end does not matter any more. */
  int ended(Row row) {
    int task = (int) row.w0;
    if (watched.get(task, 0) != row.key) {
      return Endpoint.NONE;
    }
    watched.remove(task);
    return task;
  }

  void save(StateWriter out) {
    watched.save(out);
  }

  void load(StateReader in) {
    watched.load(in);
  }
}
