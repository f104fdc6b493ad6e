package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;

import org.atoll.abi.Turn;
import org.atoll.libsys.Row;

/** What other servers ask about the task that called them: whose it is, and when that is over. */
final class Tasks {

  private final State state;

  Tasks(State state) {
    this.state = state;
  }

  /** PROCESS_OF. */
  void process(Turn turn, long request, int task) {
    Process p = state.processes.ofTask(task);
    if (state.caller(request) != null) {
      turn.reply(request, -EPERM);
    } else if (p == null) {
      turn.reply(request, -ESRCH);
    } else {
      long user = Integer.toUnsignedLong(p.effectiveUid);
      turn.reply(request, p.pid, user, Integer.toUnsignedLong(p.effectiveGid));
    }
  }

  /** END_OF. */
  void awaitEnd(Turn turn, long request, int task) {
    if (state.caller(request) != null) {
      turn.reply(request, -EPERM);
    } else if (state.processes.ofTask(task) == null) {
      turn.reply(request, -ESRCH);
    } else {
      state.waiting.add(request, State.AWAITING_END, task);
    }
  }

  /** A task is no process any more: tells whoever waits for that. */
  static void ended(Turn turn, State state, int task) {
    int at = state.waiting.first();
    while (at >= 0) {
      int next = state.waiting.next(at);
      Row row = state.waiting.at(at);
      if (row.step == State.AWAITING_END && row.w0 == task) {
        long request = row.key;
        state.waiting.remove(request);
        turn.reply(request, 0);
      }
      at = next;
    }
  }
}
