package org.atoll.bench.ipc;

/** What a task is told by whether to go on, and which it tells of what is over. */
interface Watch {

  /** Whether one more operation is to begin now; if so, it has begun. */
  boolean begin();

  /** An operation is over. */
  void over();
}
