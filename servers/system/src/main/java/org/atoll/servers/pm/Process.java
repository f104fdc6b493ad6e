package org.atoll.servers.pm;

import org.atoll.abi.Endpoint;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** What PM knows of one process. */
final class Process {

  /** Where a process is in its life; saved by ordinal. */
  enum Life {
    /** Its fork is under way: it has a pid, and nobody sees it. */
    EMBRYO,
    /** Runs, waits or is stopped. */
    ALIVE,
    /** Has ended; its files and memory are being given back. */
    EXITING,
    /** Waits to be waited for. */
    ZOMBIE
  }

  private static final int VERSION = 5;
  private static final Life[] LIVES = Life.values();

  /** No set-id wish, no group, no task: the value -1 of a word. */
  static final int NONE = -1;

  final int pid;
  int parent;
  int group;
  int session;
  int task = Endpoint.NONE;
  int node;
  Life life = Life.ALIVE;

  int uid;
  int effectiveUid;
  int savedUid;
  int gid;
  int effectiveGid;
  int savedGid;
  int[] groups = {};

  int nice;

  /** SCHED_ policy and its priority. */
  int policy;

  int priority;

  /** Whether its children have neither (SCHED_RESET_ON_FORK). */
  boolean resetOnFork;

  /** Class and level of its input and output, as ioprio_set(2) has them. */
  int ioPriority;

  /** Threads that it has. */
  int threads = 1;

  String name = "";

  /** Arguments of its program, each with its NUL; never changed in place. */
  byte[] commandLine = {};

  /** Environment of its program, as it was at exec; never changed in place. */
  byte[] environment = {};

  long startedNanos;

  /** The signal that its end sends to the parent; 0 none. */
  int exitSignal = Signal.CHLD;

  /** CHILD_POLICY bits. */
  int childPolicy;

  /** Whether it called exec since its fork. */
  boolean executed;

  /** Whether SIGKILL was sent to it. */
  boolean killed;

  /** Whether its task is stopped. */
  boolean stopped;

  /** Signal of a stop that was not waited for yet, or 0. */
  int stopToReport;

  /** Whether it went on after a stop, and that was not waited for yet. */
  boolean continueToReport;

  /** Valid from EXITING on. */
  int waitStatus;

  /** Answers that the end still waits for. */
  int teardownsLeft;

  /** CPU time on nodes that it has left, or all of it once it has ended. */
  final Usage used = new Usage();

  /** CPU time on this node as last seen, not yet in {@link #used}. */
  final Usage seen = new Usage();

  /** Whether its task was ready to run when last seen. */
  boolean seenRunning;

  /** CPU time of children that it waited for, with theirs. */
  final Usage children = new Usage();

  /** Peak of resident memory, bytes; and the highest of waited-for children. */
  long peakBytes;

  long childrenPeakBytes;

  /** As an embryo: signals that its group got during the fork, a bit each. */
  long delayedSignals;

  /** As an embryo: FORK_ bits of what VM and VFS answered. */
  int forkAnswers;

  /** As an embryo: negated errno of VM or VFS, or 0. */
  long forkFailure;

  /** The FORK request of a parent that waits for this child's exec or end (vfork), or 0. */
  long vforkRequest;

  /** Whether it is on its way to another node: signals to it are kept. */
  boolean moving;

  /** Pieces of its saved program, during a move. */
  byte[] movePieces = {};

  /** Bytes of {@link #movePieces} that are there. */
  int moveBytes;

  /** Answers of kernels that the end of a move still waits for. */
  int moveAnswersLeft;

  Process(int pid) {
    this.pid = pid;
  }

  /** Whether it takes part in anything: not an embryo, not over. */
  boolean isAlive() {
    return life == Life.ALIVE;
  }

  /** Whether others see it in the table: alive, or over and not waited for. */
  boolean isVisible() {
    return life != Life.EMBRYO;
  }

  boolean isSessionLeader() {
    return session == pid;
  }

  boolean isPrivileged() {
    return effectiveUid == 0;
  }

  void save(StateWriter out) {
    out.version(VERSION).writeInt(parent).writeInt(group).writeInt(session);
    out.writeInt(task).writeInt(node).writeInt(life.ordinal());
    out.writeInt(uid).writeInt(effectiveUid).writeInt(savedUid);
    out.writeInt(gid).writeInt(effectiveGid).writeInt(savedGid).writeInt(groups.length);
    for (int id : groups) {
      out.writeInt(id);
    }
    out.writeInt(nice)
        .writeInt(ioPriority)
        .writeString(name)
        .writeBytes(commandLine)
        .writeBytes(environment)
        .writeLong(startedNanos);
    out.writeInt(exitSignal).writeInt(childPolicy);
    out.writeBoolean(executed).writeBoolean(killed).writeBoolean(stopped);
    out.writeInt(stopToReport).writeBoolean(continueToReport);
    out.writeInt(waitStatus).writeInt(teardownsLeft);
    used.save(out);
    children.save(out);
    out.writeLong(peakBytes).writeLong(childrenPeakBytes);
    seen.save(out);
    out.writeBoolean(seenRunning);
    out.writeLong(delayedSignals).writeInt(forkAnswers).writeLong(forkFailure);
    out.writeLong(vforkRequest).writeInt(moveAnswersLeft);
    out.writeBoolean(moving).writeBytes(movePieces).writeInt(moveBytes);
    out.writeInt(threads).writeInt(policy).writeInt(priority).writeBoolean(resetOnFork);
  }

  static Process load(int pid, StateReader in) {
    in.version(VERSION);
    Process p = new Process(pid);
    p.parent = in.readInt();
    p.group = in.readInt();
    p.session = in.readInt();
    p.task = in.readInt();
    p.node = in.readInt();
    p.life = LIVES[in.readInt()];
    p.uid = in.readInt();
    p.effectiveUid = in.readInt();
    p.savedUid = in.readInt();
    p.gid = in.readInt();
    p.effectiveGid = in.readInt();
    p.savedGid = in.readInt();
    p.groups = new int[in.readInt()];
    for (int i = 0; i < p.groups.length; i++) {
      p.groups[i] = in.readInt();
    }
    p.nice = in.readInt();
    p.ioPriority = in.readInt();
    p.name = in.readString();
    p.commandLine = in.readBytes();
    p.environment = in.readBytes();
    p.startedNanos = in.readLong();
    p.loadProgress(in);
    return p;
  }

  private void loadProgress(StateReader in) {
    exitSignal = in.readInt();
    childPolicy = in.readInt();
    executed = in.readBoolean();
    killed = in.readBoolean();
    stopped = in.readBoolean();
    stopToReport = in.readInt();
    continueToReport = in.readBoolean();
    waitStatus = in.readInt();
    teardownsLeft = in.readInt();
    used.load(in);
    children.load(in);
    peakBytes = in.readLong();
    childrenPeakBytes = in.readLong();
    seen.load(in);
    seenRunning = in.readBoolean();
    delayedSignals = in.readLong();
    forkAnswers = in.readInt();
    forkFailure = in.readLong();
    vforkRequest = in.readLong();
    moveAnswersLeft = in.readInt();
    moving = in.readBoolean();
    movePieces = in.readBytes();
    moveBytes = in.readInt();
    threads = in.readInt();
    policy = in.readInt();
    priority = in.readInt();
    resetOnFork = in.readBoolean();
  }
}
