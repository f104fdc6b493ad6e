package org.atoll.libsys.testing;

import org.atoll.abi.Message;
import org.jspecify.annotations.Nullable;

/** A request made to the server under test: its buffers, and the answer once there is one. */
final class Asked {

  final byte[] in;
  final byte[] out;
  @Nullable Message answer;

  Asked(byte[] in, int outBytes) {
    this.in = in;
    this.out = new byte[outBytes];
  }
}
