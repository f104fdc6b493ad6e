package org.atoll.bench.ipc;

import org.atoll.abi.Limits;

/**
 * What is done again and again.
 *
 * @param kind what it is
 * @param bytes that the answer of a {@link Kind#COPY} brings
 * @param window how many may be under way at once, of each caller
 * @param callers tasks that do it, all of one node
 * @param batch operations that a sample is the mean of; 1: each is timed
 */
record Operation(Kind kind, int bytes, int window, int callers, int batch) {

  /** The kinds. */
  enum Kind {
    /** A call without buffers; the answer depends on the request. */
    CALL,
    /** As many calls as it takes for their answers to bring so many bytes, all at once. */
    COPY,
    /** A notification there and one back. */
    NOTIFY,
    /** A message that nobody answers; one in a turn. */
    SEND,
    /** The same, as many in a turn as may be under way. */
    SEND_MANY
  }

  static final Operation CALL = new Operation(Kind.CALL, 0, 1, 1, 1);
  static final Operation NOTIFY = new Operation(Kind.NOTIFY, 0, 1, 1, 1);

  static Operation copy(int bytes) {
    return new Operation(Kind.COPY, bytes, 1, 1, 1);
  }

  static Operation send(Kind kind, int window, int batch) {
    return new Operation(kind, 0, window, 1, batch);
  }

  Operation batches(int of) {
    return new Operation(kind, bytes, window, callers, of);
  }

  Operation pipelined(int underWay) {
    return new Operation(kind, bytes, underWay, callers, batch);
  }

  Operation by(int tasks) {
    return new Operation(kind, bytes, window, tasks, batch);
  }

  /** Calls that one operation makes: a call carries no more than 64 KiB. */
  int calls() {
    return Math.max(1, (bytes + Limits.BUFFER_BYTES_MAX - 1) / Limits.BUFFER_BYTES_MAX);
  }

  /** Bytes that the answer of one of them carries. */
  int bytesOf(int call) {
    return Math.min(Limits.BUFFER_BYTES_MAX, bytes - call * Limits.BUFFER_BYTES_MAX);
  }

  /** Whether messages are sent that nobody answers. */
  boolean isOneWay() {
    return kind == Kind.SEND || kind == Kind.SEND_MANY;
  }
}
