package org.atoll.servers.pm;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongLongTable;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/**
 * All processes, in the order of their creation. Process 1 is PM itself: it is in the table as
 * everybody's last parent, and has no task.
 */
final class ProcessTable {

  /** Process id of PM. */
  static final int INIT_PID = 1;

  /** Where process ids start again after the highest one (Linux RESERVED_PIDS). */
  private static final int PID_AFTER_WRAP = 300;

  private final LongTable<Process> byPid = new LongTable<>();
  private final LongLongTable pidByTask = new LongLongTable();

  /** Process of each thread but the first, by thread id. */
  private final LongLongTable pidByThread = new LongLongTable();

  private int lastPid = INIT_PID;

  /** What processes used on the nodes that they have left. */
  final Departed departed = new Departed();

  /** Most processes, process 1 not counted; a setting of the boot, not state. */
  private int most = Limits.PROCESSES_MAX;

  /** Sets how many processes there may be at once. */
  void limit(int processesMax) {
    most = processesMax;
  }

  /** Enters process 1. */
  void seed() {
    Process init = new Process(INIT_PID);
    init.group = INIT_PID;
    init.session = INIT_PID;
    init.name = "pm";
    byPid.put(INIT_PID, init);
  }

  int size() {
    return byPid.size();
  }

  /** The process id that was given out last. */
  int lastPid() {
    return lastPid;
  }

  @Nullable Process get(long pid) {
    return byPid.get(pid);
  }

  /** The process that must be there. */
  Process at(long pid) {
    Process p = byPid.get(pid);
    if (p == null) {
      throw new IllegalStateException("no process " + pid);
    }
    return p;
  }

  /** The living process of a task, or null. */
  @Nullable Process ofTask(int task) {
    Process p = byPid.get(pidByTask.get(task, Process.NONE));
    return p != null && p.isAlive() ? p : null;
  }

  /** A process with this pid, or with a thread of this id, that others may see; or null. */
  @Nullable Process visible(long id) {
    Process p = byPid.get(pidByThread.get(id, id));
    return p != null && p.isVisible() ? p : null;
  }

  /** A new thread of a process, under the next free id; -1 when the table is full. */
  int startThread(Process p) {
    if (isFull()) {
      return Process.NONE;
    }
    int id = nextPid();
    pidByThread.put(id, p.pid);
    p.threads++;
    return id;
  }

  /** A thread that is not the first is over. */
  void endThread(Process p, long id) {
    if (pidByThread.get(id, Process.NONE) == p.pid) {
      pidByThread.remove(id);
      p.threads--;
    }
  }

  /** A process has its first thread alone, or none at all. */
  void endThreads(Process p) {
    if (p.threads == 1) {
      return;
    }
    for (int at = pidByThread.first(); at >= 0; ) {
      long id = pidByThread.key(at);
      at = pidByThread.next(at);
      endThread(p, id);
    }
  }

  private boolean isFull() {
    return byPid.size() + pidByThread.size() > most;
  }

  /** A new process under the next free pid, or null when the table is full. */
  @Nullable Process create() {
    if (isFull()) {
      return null;
    }
    Process p = new Process(nextPid());
    byPid.put(p.pid, p);
    return p;
  }

  /** Says which task a process is. */
  void bind(Process p, int task) {
    p.task = task;
    pidByTask.put(task, p.pid);
  }

  /** Its task is no more. */
  void unbind(Process p) {
    pidByTask.remove(p.task);
    p.task = Endpoint.NONE;
  }

  void remove(Process p) {
    if (p.task != Endpoint.NONE) {
      unbind(p);
    }
    endThreads(p);
    byPid.remove(p.pid);
  }

  /** Every process from the oldest on: a copy, so that the table may change meanwhile. */
  List<Process> all() {
    List<Process> all = new ArrayList<>(byPid.size());
    for (int at = byPid.first(); at >= 0; at = byPid.next(at)) {
      all.add(byPid.value(at));
    }
    return all;
  }

  /** Children of a process, oldest first, without embryos. */
  List<Process> childrenOf(int pid) {
    List<Process> children = new ArrayList<>();
    for (int at = byPid.first(); at >= 0; at = byPid.next(at)) {
      Process p = byPid.value(at);
      if (p.parent == pid && p.isVisible() && p.pid != INIT_PID) {
        children.add(p);
      }
    }
    return children;
  }

  private int nextPid() {
    do {
      lastPid = lastPid >= Limits.PID_MAX ? PID_AFTER_WRAP : lastPid + 1;
    } while (isUsed(lastPid));
    return lastPid;
  }

  private boolean isUsed(int id) {
    if (byPid.get(id) != null || pidByThread.contains(id)) {
      return true;
    }
    for (int at = byPid.first(); at >= 0; at = byPid.next(at)) {
      Process p = byPid.value(at);
      if (p.group == id || p.session == id) {
        return true;
      }
    }
    return false;
  }

  void save(StateWriter out) {
    out.version(5).writeInt(lastPid);
    departed.save(out);
    out.writeInt(byPid.size());
    for (Process p : all()) {
      out.writeInt(p.pid);
      p.save(out);
    }
    pidByTask.save(out);
    pidByThread.save(out);
  }

  void load(StateReader in) {
    in.version(5);
    lastPid = in.readInt();
    departed.load(in);
    for (int count = in.readInt(); count > 0; count--) {
      int pid = in.readInt();
      byPid.put(pid, Process.load(pid, in));
    }
    pidByTask.load(in);
    pidByThread.load(in);
  }
}
