package org.atoll.posix;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * What a process has that is neither memory (VM's), nor files (VFS's), nor its place among other
 * processes (PM's). Owner: the process's task.
 */
final class ProcessState {

  /** Bytes of a command name (Linux {@code TASK_COMM_LEN}), its NUL not counted. */
  static final int NAME_BYTES_MAX = 15;

  /** No node was asked for. */
  static final int ANY_NODE = -1;

  private static final int STATE_VERSION = 3;

  final Signals signals = new Signals();
  final Credentials credentials = new Credentials();
  final ResourceLimits limits = new ResourceLimits();
  final Timers timers = new Timers();

  /** Process id, 0 before it is known. */
  int pid;

  /** Command name, at most {@link #NAME_BYTES_MAX} chars, each a byte. */
  String name = "";

  /** Where the next exec takes the process, or {@link #ANY_NODE}. */
  int nextNode = ANY_NODE;

  /** Whether set-id execs are refused (prctl PR_SET_NO_NEW_PRIVS). */
  boolean noNewPrivileges;

  /**
   * The execution domain and its flags, as personality(2) has them: kept, and nothing goes by it.
   */
  int personality;

  /** Head of the list of robust futexes, as set_robust_list left it. */
  long robustList;

  /** The result of the call that a signal ended, to be decided with the signal, or 0. */
  int restart;

  /** The wait status that the process ends with; used in the turn that sets it. */
  int exitStatus;

  /** When the sleep that a stop interrupted ends, of the monotonic clock, or 0. */
  long resumeAtNanos;

  /** The address of the fault that VM is asked about. */
  long faultAddress;

  /** The request that is answered when the first program runs, or 0. */
  long firstExec;

  /** What becomes of this state in the child of a fork (POSIX fork, "differences"). */
  void becomeChild() {
    signals.clearPending();
    timers.clear();
    robustList = 0;
    restart = 0;
    resumeAtNanos = 0;
    firstExec = 0;
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION);
    signals.save(out);
    credentials.save(out);
    limits.save(out);
    timers.save(out);
    out.writeInt(pid).writeString(name).writeInt(nextNode).writeBoolean(noNewPrivileges);
    out.writeLong(robustList).writeInt(restart).writeLong(resumeAtNanos);
    out.writeLong(faultAddress).writeLong(firstExec).writeInt(personality);
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    signals.load(in);
    credentials.load(in);
    limits.load(in);
    timers.load(in);
    pid = in.readInt();
    name = in.readString();
    nextNode = in.readInt();
    noNewPrivileges = in.readBoolean();
    robustList = in.readLong();
    restart = in.readInt();
    resumeAtNanos = in.readLong();
    faultAddress = in.readLong();
    firstExec = in.readLong();
    personality = in.readInt();
  }
}
