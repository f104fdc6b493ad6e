package org.atoll.libposix;

/** What a thread that runs no guest code waits for. */
enum Wait {
  /** Nothing: guest code runs. */
  NOTHING,
  /** An empty task: its first program. */
  PROGRAM,
  /** The child of a fork: to be let go. */
  FORKED,
  /** The answer that is the system call's result. */
  RESULT,
  /** The answer with which the call's next step begins; an error ends the call. */
  STEP,
  /** The answer with which the call's next step begins, also when it is an error. */
  OUTCOME,
  /** An alarm, a signal or another thread, after which the step runs again. */
  EVENT,
  /** Pages that the step needs. */
  PAGES,
  /** Pages that a signal frame needs. */
  FRAME_PAGES,
  /** The page that guest code touched. */
  FAULT,
  /** To be on another node. */
  MOVED,
  /** SIGCONT. */
  CONTINUE,
  /** Nothing any more. */
  OVER
}
