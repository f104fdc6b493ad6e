package org.atoll.libposix;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * What a thread has of its own, besides its hart's registers and the call that it is in. Owner: the
 * process's task.
 */
final class ThreadState {

  /** Bytes of a command name (Linux {@code TASK_COMM_LEN}), its NUL not counted. */
  static final int NAME_BYTES_MAX = 15;

  private static final int STATE_VERSION = 2;

  final Signals signals;

  /** Thread id: the first thread's is the process id. 0 before it is known. */
  int id;

  /** Its hart of the process's machine. */
  int hart;

  /** Command name, at most {@link #NAME_BYTES_MAX} chars, each a byte. */
  String name = "";

  /** Head of the list of robust futexes, as set_robust_list left it. */
  long robustList;

  /** The word that becomes 0 when the thread ends while others go on, or 0. */
  long clearedAtEnd;

  /** The result of the call that a signal ended, to be decided with the signal, or 0. */
  int restart;

  /** When the sleep that a stop interrupted ends, of the monotonic clock, or 0. */
  long resumeAtNanos;

  /** The address of the fault that VM is asked about. */
  long faultAddress;

  /** CPU time up to the last switch between threads. */
  long cpuNanos;

  /** What of that was spent in its own code. */
  long userNanos;

  /** Whether it is to end as soon as it waits for no server: another thread calls exec. */
  boolean dying;

  ThreadState(ProcessSignals signals) {
    this.signals = new Signals(signals);
  }

  /** A new thread has its maker's mask and name (clone(2)). */
  void startFrom(ThreadState maker) {
    signals.blocked(maker.signals.blocked());
    name = maker.name;
  }

  /** What becomes of this state in the child of a fork (POSIX fork, "differences"). */
  void becomeChild() {
    signals.clearPending();
    hart = 0;
    robustList = 0;
    clearedAtEnd = 0;
    restart = 0;
    resumeAtNanos = 0;
    cpuNanos = 0;
    userNanos = 0;
    dying = false;
  }

  /** What becomes of it when its program is replaced. */
  void becomeProgram(int processId, String newName) {
    id = processId;
    name = newName;
    robustList = 0;
    clearedAtEnd = 0;
    signals.stack(0, 0, Signals.SS_DISABLE);
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION);
    signals.save(out);
    out.writeInt(id).writeInt(hart).writeString(name);
    out.writeLong(robustList).writeLong(clearedAtEnd).writeInt(restart).writeLong(resumeAtNanos);
    out.writeLong(faultAddress).writeLong(cpuNanos).writeLong(userNanos).writeBoolean(dying);
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    signals.load(in);
    id = in.readInt();
    hart = in.readInt();
    name = in.readString();
    robustList = in.readLong();
    clearedAtEnd = in.readLong();
    restart = in.readInt();
    resumeAtNanos = in.readLong();
    faultAddress = in.readLong();
    cpuNanos = in.readLong();
    userNanos = in.readLong();
    dying = in.readBoolean();
  }
}
