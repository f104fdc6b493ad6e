package org.atoll.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.atoll.abi.Endpoint;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a table about a node's tasks, for people and tools. A position is a task's slot and a
 * call's place in its table. Owner: the kernel's own task; what other CPUs change meanwhile is read
 * as it is.
 */
final class TaskListing {

  private static final String TITLE =
      "ENDPOINT NAME STATE CPU-MS EVENTS CALLS MAILBOX ALARMS GRANTS\n";

  private static final int SLOT_SHIFT = 32;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Node node;
  private final long from;
  private final int room;
  private final StringBuilder rows = new StringBuilder();

  /** Where the next piece begins, or 0. */
  private long next;

  TaskListing(Node node, long from, int room) {
    this.node = node;
    this.from = from;
    this.room = room;
  }

  /** Adds a row, or notes its position as the next piece's first. */
  private boolean add(String row, long position) {
    boolean fits = rows.length() + row.length() <= room;
    if (fits) {
      rows.append(row);
    } else {
      next = position;
    }
    return fits;
  }

  private static long position(Task task, int index) {
    return (long) Endpoint.slot(task.endpoint) << SLOT_SHIFT | index;
  }

  TaskListing tasks() {
    rows.append(from == 0 ? TITLE : "");
    for (Task task : node.tasks.all()) {
      if (position(task, 0) >= from && !add(row(task), position(task, 0))) {
        break;
      }
    }
    return this;
  }

  private String row(Task task) {
    Grants grants = task.grants();
    return String.join(
        " ",
        Endpoint.toString(task.endpoint),
        task.name,
        state(task),
        String.valueOf(task.account.nanos() / NANOS_PER_MILLI),
        String.valueOf(task.events),
        String.valueOf(task.calls.used()),
        String.valueOf(task.mailbox.depth()),
        String.valueOf(task.alarms.count()),
        String.valueOf(grants == null ? 0 : grants.count()) + "\n");
  }

  private static String state(Task task) {
    if (task.handler instanceof Stopped) {
      return "stopped";
    }
    return switch (task.run.get()) {
      case Task.FAILED -> "failed";
      case Task.IDLE -> "idle";
      case Task.DEAD -> "dead";
      default -> "ready";
    };
  }

  TaskListing calls() {
    for (Task task : node.tasks.all()) {
      if (position(task, Integer.MAX_VALUE) >= from && !addCalls(task)) {
        break;
      }
    }
    return this;
  }

  private boolean addCalls(Task task) {
    @Nullable CallRecord[] all = task.calls.all();
    for (int i = 0; i < all.length; i++) {
      CallRecord call = all[i];
      boolean waits = call != null && call.phase() == CallRecord.WAITING;
      long position = position(task, i);
      if (call != null && waits && position >= from && !add(row(call), position)) {
        return false;
      }
    }
    return true;
  }

  private String row(CallRecord call) {
    ProtocolCall known = node.images().call(call.type);
    return String.join(
        " ",
        Endpoint.toString(call.caller),
        Endpoint.toString(call.callee()),
        known == null ? "0x" + Integer.toHexString(call.type) : known.name(),
        progress(call),
        String.valueOf(call.in.length()),
        String.valueOf(call.out.length()) + "\n");
  }

  /** How far it has come; what another node does with it is not known here. */
  private String progress(CallRecord call) {
    if (node.tasks.find(call.callee()) == null) {
      return "sent";
    }
    return call.served ? "taken" : "waits";
  }

  /** Answers a request with the piece. */
  void answer(Turn turn, long request) {
    byte[] table = rows.toString().getBytes(UTF_8);
    int bytes = Math.min(table.length, Math.max(0, room));
    turn.kernel().copyOut(request, 0, table, 0, bytes);
    turn.reply(request, bytes, next);
  }
}
