package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;

/** flock(2): locks on whole files, of open file descriptions. */
final class Flock {

  private static final int SHARED = 1;
  private static final int EXCLUSIVE = 2;
  private static final int NONBLOCKING = 4;
  private static final int UNLOCK = 8;

  private final Locks locks;

  Flock(Locks locks) {
    this.locks = locks;
  }

  void flock(Turn turn, long request, Process process, long fd, long operation) {
    OpenFile file = process.file(fd);
    int kind = (int) operation & ~NONBLOCKING;
    if (file == null || file.kind == OpenFile.Kind.PATH) {
      turn.reply(request, -Errno.EBADF);
    } else if (file.vnode == null || kind != SHARED && kind != EXCLUSIVE && kind != UNLOCK) {
      turn.reply(request, -Errno.EINVAL);
    } else if (kind == UNLOCK) {
      locks.unlock(turn, file.vnode, Lock.Kind.FLOCK, file.id, 0, Long.MAX_VALUE);
      turn.reply(request, 0);
    } else {
      boolean waits = (operation & NONBLOCKING) == 0;
      lock(turn, request, file, kind == EXCLUSIVE, process.pid, waits);
    }
  }

  /** A change of kind gives up the old lock first, and may lose it: as Linux has it. */
  private void lock(
      Turn turn, long request, OpenFile file, boolean exclusive, int pid, boolean waits) {
    Vnode vnode = file.place();
    Lock lock = new Lock(Lock.Kind.FLOCK, file.id, exclusive, 0, Long.MAX_VALUE, pid);
    if (holds(vnode, lock)) {
      turn.reply(request, 0);
      return;
    }
    locks.unlock(turn, vnode, Lock.Kind.FLOCK, file.id, 0, Long.MAX_VALUE);
    if (!locks.haveRoom()) {
      turn.reply(request, -Errno.ENOLCK);
    } else if (Locks.conflict(vnode, lock) == null) {
      locks.grant(turn, vnode, lock);
      turn.reply(request, 0);
    } else if (waits) {
      locks.await(request, file, lock);
    } else {
      turn.reply(request, -Errno.EAGAIN);
    }
  }

  /** Whether the description has the lock already, whichever of its processes asked for it. */
  private static boolean holds(Vnode vnode, Lock lock) {
    for (Lock held : vnode.locks) {
      if (held.isOf(lock.kind(), lock.owner()) && held.exclusive() == lock.exclusive()) {
        return true;
      }
    }
    return false;
  }
}
