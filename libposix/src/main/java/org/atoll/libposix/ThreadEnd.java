package org.atoll.libposix;

/**
 * The end of a thread as its last call: it gives up its locks, tells who joins it, and is over. The
 * end of a process gives up the locks of all its threads, for which other processes may wait.
 */
final class ThreadEnd {

  private ThreadEnd() {}

  /** The thread ends, and others go on; the process ends with the last one. */
  static long ofThread(Call c) {
    RobustList.giveUp(c, c.thread());
    PriorityFutexes.leave(c, c.thread());
    if (c.threads().alone()) {
      return Call.EXIT;
    }
    clear(c);
    return Call.THREAD_EXIT;
  }

  /** As CLONE_CHILD_CLEARTID promised; a word that cannot be written is left alone. */
  private static void clear(Call c) {
    long address = c.thread().clearedAtEnd;
    if (address == 0) {
      return;
    }
    try {
      c.guest().putInt(address, 0);
      Futexes.wakeOne(c, address);
    } catch (Failure unmapped) {
      c.thread().clearedAtEnd = 0;
    }
  }

  /** The process ends, with the status that it has by now. */
  static long ofProcess(Call c) {
    for (PosixThread thread : c.threads().all()) {
      RobustList.giveUp(c, thread.state);
    }
    return Call.EXIT;
  }
}
