package org.atoll.drivers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.protocol.OutsideProtocol;
import org.atoll.hypercall.Network;

/** The bytes between the rings that the network server lends and the host's network. */
final class Rings {

  private final Network network;
  private final byte[] buffer = new byte[OutsideProtocol.SPANS * Limits.PAGE_BYTES];

  Rings(Network network) {
    this.network = network;
  }

  private static int bytes(long[] spans) {
    int bytes = 0;
    for (long span : spans) {
      bytes += OutsideProtocol.bytes(span);
    }
    return bytes;
  }

  /** Whether spans lie within what one call can lend. */
  static boolean areSpans(long[] spans) {
    for (long span : spans) {
      if (OutsideProtocol.bytes(span) > Limits.PAGE_BYTES) {
        return false;
      }
    }
    return bytes(spans) > 0;
  }

  /** Brings bytes from outside into the spans; how many, 0 at the end, or a negated errno. */
  int fill(KernelCalls kernel, int granter, long handle, long[] spans) {
    int got = network.read(handle, buffer, bytes(spans));
    int done = 0;
    for (int i = 0; i < spans.length && done < got; i++) {
      int piece = Math.min(got - done, OutsideProtocol.bytes(spans[i]));
      int grant = OutsideProtocol.grant(spans[i]);
      int offset = OutsideProtocol.offset(spans[i]);
      if (kernel.safecopyTo(granter, grant, offset, buffer, done, piece) < 0) {
        return -Errno.EFAULT;
      }
      done += piece;
    }
    return got;
  }

  /** Brings bytes of the spans outside; how many were taken, or a negated errno. */
  int transmit(KernelCalls kernel, int granter, long handle, long[] spans) {
    int there = 0;
    for (long span : spans) {
      int piece = OutsideProtocol.bytes(span);
      int grant = OutsideProtocol.grant(span);
      int offset = OutsideProtocol.offset(span);
      if (piece > 0 && kernel.safecopyFrom(granter, grant, offset, buffer, there, piece) < 0) {
        return -Errno.EFAULT;
      }
      there += piece;
    }
    return network.write(handle, buffer, there);
  }
}
