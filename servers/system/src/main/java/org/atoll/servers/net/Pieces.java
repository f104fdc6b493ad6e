package org.atoll.servers.net;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are longer than a buffer of one call, by the socket and the thread whose they are:
 * those that are gathered before they are sent, or those that are fetched after they were received.
 */
final class Pieces {

  /** Of more than that, the oldest is dropped: who began it has died. */
  private static final int MOST = 256;

  private final LongTable<Ring> all = new LongTable<>();

  /** A key for a socket, of which no other one has the lower half of the handle, and a thread. */
  static long key(Socket s, long thread) {
    return (s.handle & 0xffff_ffffL) << 31 | thread & 0x7fff_ffffL;
  }

  private static boolean isOf(long key, Socket s) {
    return key >>> 31 == (s.handle & 0xffff_ffffL);
  }

  @Nullable Ring get(long key) {
    return all.get(key);
  }

  /** A new row of pieces; an older one with this key goes. */
  Ring begin(KernelCalls kernel, long key) {
    drop(kernel, key);
    if (all.size() >= MOST) {
      drop(kernel, all.key(all.first()));
    }
    Ring ring = new Ring();
    all.put(key, ring);
    return ring;
  }

  void drop(KernelCalls kernel, long key) {
    Ring ring = all.get(key);
    if (ring != null) {
      ring.release(kernel);
      all.remove(key);
    }
  }

  /** A socket is gone. */
  void forget(KernelCalls kernel, Socket s) {
    int at = all.first();
    while (at >= 0) {
      long key = all.key(at);
      at = all.next(at);
      if (isOf(key, s)) {
        drop(kernel, key);
      }
    }
  }

  void save(StateWriter out) {
    out.writeInt(all.size());
    for (int at = all.first(); at >= 0; at = all.next(at)) {
      out.writeLong(all.key(at));
      all.value(at).save(out);
    }
  }

  void load(StateReader in) {
    for (int left = in.readCount(16); left > 0; left--) {
      long key = in.readLong();
      Ring ring = new Ring();
      ring.load(in);
      all.put(key, ring);
    }
  }
}
