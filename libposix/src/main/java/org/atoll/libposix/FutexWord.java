package org.atoll.libposix;

/** The fields of a futex word that says who owns a lock (futex(2), "Robust" and "PI futexes"). */
final class FutexWord {

  /** The owner's thread id; 0 for none. */
  static final int OWNER = 0x3fff_ffff;

  /** The owner ended and left the lock. */
  static final int OWNER_DIED = 0x4000_0000;

  /** Threads wait. */
  static final int WAITERS = 0x8000_0000;

  private FutexWord() {}
}
