package org.atoll.libposix;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * What all threads of a process share that is neither memory (VM's), nor files (VFS's), nor its
 * place among other processes (PM's). Owner: the process's task.
 */
final class ProcessState {

  /** No node was asked for. */
  static final int ANY_NODE = -1;

  /** No thread is in an exec. */
  static final int NOBODY = -1;

  private static final int STATE_VERSION = 6;

  final ProcessSignals signals = new ProcessSignals();
  final Credentials credentials = new Credentials();
  final ResourceLimits limits = new ResourceLimits();
  final Timers timers = new Timers();
  final CpuTime cpu = new CpuTime();
  final FutexQueues futexes = new FutexQueues();

  /** What others sent that the program is to receive. */
  final Inbox inbox = new Inbox();

  /** Process id, 0 before it is known. */
  int pid;

  /** Where the next exec takes the process, or {@link #ANY_NODE}. */
  int nextNode = ANY_NODE;

  /** Whether set-id execs are refused (prctl PR_SET_NO_NEW_PRIVS). */
  boolean noNewPrivileges;

  /**
   * The execution domain and its flags, as personality(2) has them: kept, and nothing goes by it.
   */
  int personality;

  /** The wait status that the process ends with. */
  int exitStatus;

  /** Whether the process ends: it does nothing any more but leave its locks. */
  boolean ending;

  /** The hart of the thread that is in an exec, or {@link #NOBODY}. */
  int execHart = NOBODY;

  /** The request that is answered when the first program runs, or 0. */
  long firstExec;

  /** Whether the host woke its program: worth no more than one look, and so never saved. */
  boolean woken;

  /** What becomes of this state in the child of a fork (POSIX fork, "differences"). */
  void becomeChild() {
    signals.clear();
    timers.clear();
    cpu.clear();
    futexes.clear();
    inbox.clear();
    firstExec = 0;
    exitStatus = 0;
    execHart = NOBODY;
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION);
    signals.save(out);
    credentials.save(out);
    limits.save(out);
    timers.save(out);
    cpu.save(out);
    futexes.save(out);
    inbox.save(out);
    out.writeInt(pid).writeInt(nextNode).writeBoolean(noNewPrivileges).writeInt(personality);
    out.writeInt(exitStatus).writeBoolean(ending).writeInt(execHart).writeLong(firstExec);
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    signals.load(in);
    credentials.load(in);
    limits.load(in);
    timers.load(in);
    cpu.load(in);
    futexes.load(in);
    inbox.load(in);
    pid = in.readInt();
    nextNode = in.readInt();
    noNewPrivileges = in.readBoolean();
    personality = in.readInt();
    exitStatus = in.readInt();
    ending = in.readBoolean();
    execHart = in.readInt();
    firstExec = in.readLong();
  }
}
