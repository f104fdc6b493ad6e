package org.atoll.servers.pm;

import static org.atoll.abi.Errno.ENOBUFS;

import java.util.Arrays;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.libsys.Postponed;
import org.atoll.libsys.Rows;
import org.jspecify.annotations.Nullable;

/** All that PM keeps: shared by the classes of its themes. */
final class State {

  private static final int VERSION = 2;

  /** The alarm that makes postponed calls, should no answer come before. */
  static final long ALARM = 3;

  private static final long RETRY_NANOS = 1_000_000;

  /** Step of a row in {@link #waiting}: WAIT. Words: which, options. */
  static final int WAITING_FOR_CHILD = 0;

  /** Step of a row in {@link #waiting}: LIST. Words: first pid, answers left, records' room. */
  static final int LISTING = 1;

  /** Step of a row in {@link #waiting}: END_OF. Word: task. */
  static final int AWAITING_END = 2;

  final ProcessTable processes = new ProcessTable();

  /** Calls that PM made. */
  final Rows calls = new Rows();

  /** Calls that wait for room in the kernel. */
  private final Postponed postponed = new Postponed();

  /** Requests that are answered later without a call of PM's. */
  final Rows waiting = new Rows();

  /** Signals kept for later, by number; the step is the pid, the words those of SIGNAL. */
  final Rows kept = new Rows();

  long nextKept;

  /** VM of each node, NONE before the node was up. */
  final int[] vmOfNode = new int[Limits.NODES_MAX];

  /** A bit for each node that is up. */
  long nodesUp;

  /** The INIT request, 0 before and after. */
  long initRequest;

  /** Process id of the command. */
  int commandPid;

  /** Negated errno of the command's exec, or 0. */
  long initFailure;

  /** What the failed exec of the command is about, see {@link org.atoll.abi.protocol.ExecImage}. */
  long initWhy;

  State() {
    Arrays.fill(vmOfNode, Endpoint.NONE);
  }

  boolean isUp(long node) {
    return node >= 0 && node < Limits.NODES_MAX && (nodesUp & 1L << node) != 0;
  }

  /** Makes a call whose answer resumes {@code step}; later, if there is no room for it now. */
  void call(Turn turn, int destination, Message m, Step step, long... words) {
    long call = postponed.isEmpty() ? turn.call(destination, m) : -ENOBUFS;
    if (call >= 0) {
      expect(call, step, words);
      return;
    }
    if (postponed.isEmpty()) {
      turn.kernel().setAlarm(ALARM, RETRY_NANOS);
    }
    postponed.add(destination, m, step.ordinal(), words);
  }

  /** Makes the calls that had to wait for room. */
  void retry(Turn turn) {
    if (!postponed.isEmpty() && !postponed.retry(turn, calls)) {
      turn.kernel().setAlarm(ALARM, RETRY_NANOS);
    }
  }

  /** Notes what the answer of a call is for. */
  void expect(long call, Step step, long... w) {
    int n = w.length;
    calls.add(
        call,
        step.ordinal(),
        n > 0 ? w[0] : 0,
        n > 1 ? w[1] : 0,
        n > 2 ? w[2] : 0,
        n > 3 ? w[3] : 0,
        n > 4 ? w[4] : 0);
  }

  /** The kernel of the node that a process is on. */
  static int kernelOf(Process p) {
    return Endpoint.kernelOf(p.node);
  }

  /** VM of the node that a process is on. */
  int vmOf(Process p) {
    return vmOfNode[p.node];
  }

  /** An errno that a program may see, for one of IPC's own (above 1000). */
  static long visibleErrno(long failure, int otherwise) {
    return failure < -1000 ? -otherwise : failure;
  }

  /** The living process that made a request, or null. */
  @Nullable Process caller(long request) {
    return processes.ofTask(Turn.caller(request));
  }

  /** Whether a server asks; a process that does is refused with EPERM. */
  boolean serverAsks(Turn turn, long request) {
    boolean server = caller(request) == null;
    if (!server) {
      turn.reply(request, -Errno.EPERM);
    }
    return server;
  }

  void save(StateWriter out) {
    out.version(VERSION);
    processes.save(out);
    postponed.save(out);
    waiting.save(out);
    kept.save(out);
    out.writeLong(nextKept);
    for (int vm : vmOfNode) {
      out.writeInt(vm);
    }
    out.writeLong(nodesUp);
    out.writeLong(initRequest).writeInt(commandPid).writeLong(initFailure);
    out.writeLong(initWhy);
  }

  void load(StateReader in) {
    in.version(VERSION);
    processes.load(in);
    postponed.load(in);
    waiting.load(in);
    kept.load(in);
    nextKept = in.readLong();
    for (int i = 0; i < vmOfNode.length; i++) {
      vmOfNode[i] = in.readInt();
    }
    nodesUp = in.readLong();
    initRequest = in.readLong();
    commandPid = in.readInt();
    initFailure = in.readLong();
    initWhy = in.readLong();
  }
}
