package org.atoll.libposix;

/** What comes next in an {@link Exec}; saved by name. */
enum ExecPhase {
  IDLE,
  REQUEST,
  DIRECTORY,
  FILES,
  PLACE,
  MOVE,
  BEGIN,
  BUILD,
  COMMIT,
  COMMITTED,
  IDENTITY,
  REST,
  CLEAN
}
