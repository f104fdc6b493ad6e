package org.atoll.servers.vfs;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/**
 * Locks on ranges of a file, whoever's they are: which are held, who waits. {@link Flock} and
 * {@link RecordLocks} say what the system calls mean.
 */
final class Locks {

  /** How a waiting request gives back its reference to a file. */
  interface FileRelease {
    void release(Turn turn, OpenFile file);
  }

  private static final Lock.Kind[] KINDS = Lock.Kind.values();

  private final VfsState state;
  private final FileRelease release;

  Locks(VfsState state, FileRelease release) {
    this.state = state;
    this.release = release;
  }

  /** A held lock that keeps another one out, or null. */
  static @Nullable Lock conflict(Vnode vnode, Lock wanted) {
    for (Lock held : vnode.locks) {
      if (held.conflictsWith(wanted)) {
        return held;
      }
    }
    return null;
  }

  /** Whether one lock more can be held, though it cuts another in two; otherwise ENOLCK. */
  boolean haveRoom() {
    return state.locksHeld + 2 <= Limits.FILE_LOCKS_MAX;
  }

  /** Takes a range away from an owner, and hands out what gets free. */
  void unlock(Turn turn, Vnode vnode, Lock.Kind kind, long owner, long start, long end) {
    if (cut(vnode, kind, owner, start, end)) {
      wake(turn, vnode);
    }
  }

  /** Gives a lock that nobody keeps out, in the place of what its owner had in the range. */
  void grant(Turn turn, Vnode vnode, Lock lock) {
    boolean freed = cut(vnode, lock.kind(), lock.owner(), lock.start(), lock.end());
    int before = vnode.locks.size();
    vnode.locks.add(merged(vnode, lock));
    state.locksHeld += vnode.locks.size() - before;
    if (freed && !lock.exclusive()) {
      wake(turn, vnode);
    }
  }

  private boolean cut(Vnode vnode, Lock.Kind kind, long owner, long start, long end) {
    List<Lock> rest = new ArrayList<>();
    boolean changed = false;
    for (Lock lock : vnode.locks) {
      if (!lock.isOf(kind, owner) || !lock.overlaps(start, end)) {
        rest.add(lock);
        continue;
      }
      changed = true;
      if (lock.start() < start) {
        rest.add(lock.withRange(lock.start(), start - 1));
      }
      if (lock.end() > end) {
        rest.add(lock.withRange(end + 1, lock.end()));
      }
    }
    if (changed) {
      state.locksHeld += rest.size() - vnode.locks.size();
      vnode.locks.clear();
      vnode.locks.addAll(rest);
    }
    return changed;
  }

  /** The lock, joined with equal ones that touch it, which go. */
  private static Lock merged(Vnode vnode, Lock lock) {
    Lock whole = lock;
    for (int i = 0; i < vnode.locks.size(); i++) {
      Lock other = vnode.locks.get(i);
      boolean equal = other.isOf(lock.kind(), lock.owner());
      equal &= other.exclusive() == lock.exclusive();
      boolean before = other.end() != Long.MAX_VALUE && other.end() + 1 == whole.start();
      boolean after = whole.end() != Long.MAX_VALUE && whole.end() + 1 == other.start();
      if (equal && (before || after)) {
        long start = Math.min(whole.start(), other.start());
        whole = whole.withRange(start, Math.max(whole.end(), other.end()));
        vnode.locks.remove(i--);
      }
    }
    return whole;
  }

  // ---- waiting

  void await(long request, OpenFile file, Lock lock) {
    state.waiting.add(
        request,
        Wait.LOCK.number(),
        file.retain().id,
        lock.kind().number(),
        lock.owner(),
        lock.exclusive() ? 1 : 0,
        lock.start(),
        lock.end(),
        lock.pid());
    file.place().lockWaiters.add(request);
    waitsFor(lock, request);
  }

  private void waitsFor(Lock lock, long request) {
    Process process = lock.kind() == Lock.Kind.PROCESS ? state.processes.get(lock.owner()) : null;
    if (process != null) {
      process.lockRequest = request;
    }
  }

  static Lock wanted(Row row) {
    return new Lock(KINDS[(int) row.w1], row.w2, row.w3 != 0, row.w4, row.w5, (int) row.w6);
  }

  private void wake(Turn turn, Vnode vnode) {
    for (long request : vnode.lockWaiters.toArray()) {
      if (!state.waiting.contains(request)) {
        continue;
      }
      Lock lock = wanted(state.waiting.see(request));
      if (conflict(vnode, lock) == null) {
        OpenFile file = forget(request, lock);
        grant(turn, vnode, lock);
        turn.reply(request, 0);
        release.release(turn, file);
      }
    }
  }

  private OpenFile forget(long request, Lock lock) {
    OpenFile file = state.file(state.waiting.take(request).w0);
    file.place().lockWaiters.remove(request);
    waitsFor(lock, 0);
    return file;
  }

  void cancel(Turn turn, long request) {
    OpenFile file = forget(request, wanted(state.waiting.see(request)));
    turn.reply(request, -Errno.EINTR);
    release.release(turn, file);
  }

  /** Whether a process that began to wait for a lock would wait for itself in the end. */
  boolean isDeadlock(Vnode vnode, Lock wanted) {
    Lock blocker = conflict(vnode, wanted);
    for (int steps = state.processes.size(); steps >= 0 && blocker != null; steps--) {
      if (blocker.kind() != Lock.Kind.PROCESS) {
        return false;
      }
      if (blocker.owner() == wanted.owner()) {
        return true;
      }
      Process process = state.processes.get(blocker.owner());
      if (process == null || process.lockRequest == 0) {
        return false;
      }
      Row row = state.waiting.see(process.lockRequest);
      blocker = conflict(state.file(row.w0).place(), wanted(row));
    }
    return false;
  }

  // ---- close

  /** A process closed a descriptor: all its record locks on the file go (POSIX). */
  void closed(Turn turn, Process process, OpenFile file) {
    if (file.vnode != null && !file.vnode.locks.isEmpty()) {
      unlock(turn, file.vnode, Lock.Kind.PROCESS, process.endpoint, 0, Long.MAX_VALUE);
    }
  }

  /** The last descriptor of an open file description is closed. */
  void descriptionGone(Turn turn, OpenFile file, Vnode vnode) {
    if (!vnode.locks.isEmpty()) {
      unlock(turn, vnode, Lock.Kind.FLOCK, file.id, 0, Long.MAX_VALUE);
      unlock(turn, vnode, Lock.Kind.FILE, file.id, 0, Long.MAX_VALUE);
    }
  }
}
