package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EINTR;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ESRCH;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/** What PM tells about processes and nodes; CPU times are asked from the kernels first. */
final class Listing {

  private static final byte[] NOTHING = {};

  /** Records of one answer, and so calls of one turn. */
  private static final int RECORDS_MAX = 256;

  private static final int KIBIBYTE = 1024;
  private static final int ALL_NODES = -1;

  private final State state;

  Listing(State state) {
    this.state = state;
  }

  /** LIST. */
  void list(Turn turn, long request, long start) {
    int room = Math.min(turn.kernel().outBytes(request) / ProcessRecord.BYTES, RECORDS_MAX);
    if (room == 0) {
      turn.reply(request, -EINVAL);
      return;
    }
    int asked = 0;
    for (Process p : from(start, room)) {
      if (p.isAlive() && p.pid != ProcessTable.INIT_PID) {
        askUsage(turn, p, Step.LIST_USAGE, request);
        asked++;
      }
    }
    if (asked == 0) {
      answer(turn, request, start, room);
    } else {
      state.waiting.add(request, State.LISTING, start, asked, room);
    }
  }

  private void askUsage(Turn turn, Process p, Step step, long request) {
    state.call(
        turn,
        State.kernelOf(p),
        KernelProtocol.Call.TIMES.encode(turn.scratch(), p.task),
        step,
        request,
        p.pid,
        p.task);
  }

  private List<Process> from(long start, int room) {
    return state.processes.all().stream()
        .filter(p -> p.isVisible() && p.pid >= start)
        .sorted(Comparator.comparingInt(p -> p.pid))
        .limit(room)
        .toList();
  }

  void usageKnown(Turn turn, Row row, Message times) {
    long request = row.w0;
    note(row, times);
    if (!state.waiting.contains(request)) {
      return;
    }
    Row listing = state.waiting.take(request);
    long start = listing.w0;
    long left = listing.w1 - 1;
    long room = listing.w2;
    if (left == 0) {
      answer(turn, request, start, (int) room);
    } else {
      state.waiting.add(request, State.LISTING, start, left, room);
    }
  }

  private void note(Row row, Message times) {
    Process p = state.processes.get(row.w1);
    if (p != null && p.isAlive() && p.task == row.w2 && times.w0 >= 0) {
      p.seen.set(times);
      p.seenRunning = times.w0 > 0;
    }
  }

  private void answer(Turn turn, long request, long start, int room) {
    List<Process> listed = from(start, room);
    byte[] record = new byte[ProcessRecord.BYTES];
    for (int i = 0; i < listed.size(); i++) {
      encode(listed.get(i), record);
      turn.kernel().copyOut(request, i * record.length, record, 0, record.length);
    }
    turn.reply(request, listed.size(), state.processes.lastPid());
  }

  /** DEPARTED. */
  void departed(Turn turn, long request, long node) {
    Departed departed = state.processes.departed;
    if (node < ALL_NODES || node >= Limits.NODES_MAX) {
      turn.reply(request, -EINVAL);
      return;
    }
    boolean all = node == ALL_NODES;
    Usage usage = all ? departed.all() : departed.of((int) node);
    long nice = all ? departed.allNiceNanos() : departed.niceNanos((int) node);
    turn.reply(
        request,
        turn.scratch()
            .set(
                0,
                usage.userNanos - nice,
                nice,
                usage.systemNanos,
                usage.voluntary + usage.involuntary,
                0,
                0,
                0));
  }

  /** COMMAND_LINE. */
  void commandLine(Turn turn, long request, long pid) {
    Process p = state.processes.visible(pid);
    text(turn, request, p, p == null ? NOTHING : p.commandLine);
  }

  /** ENVIRONMENT. */
  void environment(Turn turn, long request, long pid) {
    Process p = state.processes.visible(pid);
    text(turn, request, p, p == null ? NOTHING : p.environment);
  }

  private static void text(Turn turn, long request, @Nullable Process p, byte[] text) {
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    int bytes = Math.min(p.isAlive() ? text.length : 0, turn.kernel().outBytes(request));
    turn.kernel().copyOut(request, 0, text, 0, bytes);
    turn.reply(request, bytes);
  }

  private void encode(Process p, byte[] record) {
    put(record, ProcessRecord.PID, p.pid, Integer.BYTES);
    put(record, ProcessRecord.PARENT, p.parent, Integer.BYTES);
    put(record, ProcessRecord.GROUP, p.group, Integer.BYTES);
    put(record, ProcessRecord.SESSION, p.session, Integer.BYTES);
    put(record, ProcessRecord.UID, p.effectiveUid, Integer.BYTES);
    put(record, ProcessRecord.NODE, p.node, Integer.BYTES);
    put(record, ProcessRecord.STATE, letter(p), Integer.BYTES);
    put(record, ProcessRecord.ENDPOINT, p.task, Integer.BYTES);
    put(record, ProcessRecord.CPU_NANOS, p.used.nanos() + p.seen.nanos(), Long.BYTES);
    put(record, ProcessRecord.STARTED_NANOS, p.startedNanos, Long.BYTES);
    put(record, ProcessRecord.GID, p.effectiveGid, Integer.BYTES);
    put(record, ProcessRecord.REAL_UID, p.uid, Integer.BYTES);
    put(record, ProcessRecord.REAL_GID, p.gid, Integer.BYTES);
    put(record, ProcessRecord.SAVED_UID, p.savedUid, Integer.BYTES);
    put(record, ProcessRecord.SAVED_GID, p.savedGid, Integer.BYTES);
    put(record, ProcessRecord.NICE, p.nice, Integer.BYTES);
    put(record, ProcessRecord.VM, vmOf(p), Integer.BYTES);
    put(record, ProcessRecord.EXIT_SIGNAL, p.exitSignal, Integer.BYTES);
    put(record, ProcessRecord.CHILDREN_CPU_NANOS, p.children.nanos(), Long.BYTES);
    put(record, ProcessRecord.THREADS, p.threads, Integer.BYTES);
    put(record, ProcessRecord.POLICY, p.policy, Integer.BYTES);
    put(record, ProcessRecord.PRIORITY, p.priority, Integer.BYTES);
    long systemNanos = p.used.systemNanos + p.seen.systemNanos;
    put(record, ProcessRecord.SYSTEM_NANOS, systemNanos, Long.BYTES);
    put(record, ProcessRecord.CHILDREN_SYSTEM_NANOS, p.children.systemNanos, Long.BYTES);
    put(record, ProcessRecord.VOLUNTARY, p.used.voluntary + p.seen.voluntary, Long.BYTES);
    put(record, ProcessRecord.INVOLUNTARY, p.used.involuntary + p.seen.involuntary, Long.BYTES);
    put(record, ProcessRecord.DEPARTED_NANOS, p.used.nanos(), Long.BYTES);
    put(record, ProcessRecord.DEPARTED_SYSTEM_NANOS, p.used.systemNanos, Long.BYTES);
    long switches = p.used.voluntary + p.used.involuntary;
    put(record, ProcessRecord.DEPARTED_SWITCHES, switches, Long.BYTES);
    byte[] name = p.name.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = ProcessRecord.NAME; i < ProcessRecord.GID; i++) {
      int at = i - ProcessRecord.NAME;
      record[i] = at < name.length ? name[at] : 0;
    }
  }

  private int vmOf(Process p) {
    boolean hasMemory = p.isAlive() && p.pid != ProcessTable.INIT_PID;
    return hasMemory ? state.vmOf(p) : Endpoint.NONE;
  }

  private static char letter(Process p) {
    if (!p.isAlive()) {
      return 'Z';
    }
    if (p.stopped) {
      return 'T';
    }
    return p.seenRunning ? 'R' : 'S';
  }

  private static void put(byte[] record, int offset, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      record[offset + i] = (byte) (value >>> 8 * i);
    }
  }

  /** WAIT_USAGE. */
  void usage(Turn turn, long request, boolean ofChildren) {
    Process p = state.caller(request);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    askUsage(turn, p, ofChildren ? Step.CHILDREN_USAGE : Step.SELF_USAGE, request);
  }

  void ownUsageKnown(Turn turn, Row row, Message times) {
    long request = row.w0;
    note(row, times);
    Process p = state.processes.get(row.w1);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    Usage own = new Usage();
    own.add(p.used);
    own.add(p.seen);
    boolean ofChildren = row.step == Step.CHILDREN_USAGE.ordinal();
    Usage asked = ofChildren ? p.children : own;
    turn.reply(
        request,
        turn.scratch()
            .set(
                0,
                own.userNanos,
                own.systemNanos,
                p.children.userNanos,
                p.children.systemNanos,
                p.childrenPeakBytes / KIBIBYTE,
                asked.voluntary,
                asked.involuntary));
  }

  /** NODES. */
  void nodes(Turn turn, long request) {
    Process p = state.caller(request);
    int here = p == null ? turn.node() : p.node;
    turn.reply(request, Long.bitCount(state.nodesUp), state.nodesUp, here);
  }

  /** A LIST is cancelled. */
  void cancelled(Turn turn, long request) {
    state.waiting.remove(request);
    turn.reply(request, -EINTR);
  }
}
