package org.atoll.bench.ipc;

import org.atoll.abi.Limits;

/** What a caller does again and again. */
enum Operation {
  /** A call without buffers; the answer depends on the request. */
  CALL(0),
  /** A call whose answer fills a buffer of 64 KiB. */
  COPY(Limits.BUFFER_BYTES_MAX),
  /** A notification there and one back. */
  NOTIFY(0);

  /** Size of the out-buffer. */
  final int bytes;

  Operation(int bytes) {
    this.bytes = bytes;
  }
}
