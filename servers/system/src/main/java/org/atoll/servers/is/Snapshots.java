package org.atoll.servers.is;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/** Tables that did not fit into one answer, until they were read; the oldest give way. */
final class Snapshots {

  /** Snapshots that are kept. */
  static final int COUNT_MAX = 16;

  private final LongTable<byte[]> all = new LongTable<>();
  private long last;

  /** Keeps a table; its number. */
  long keep(byte[] table) {
    if (all.size() == COUNT_MAX) {
      all.remove(all.key(all.first()));
    }
    all.put(++last, table);
    return last;
  }

  byte @Nullable [] get(long number) {
    return all.get(number);
  }

  void drop(long number) {
    all.remove(number);
  }

  void save(StateWriter out) {
    out.writeLong(last).writeInt(all.size());
    for (int at = all.first(); at >= 0; at = all.next(at)) {
      out.writeLong(all.key(at)).writeBytes(all.value(at));
    }
  }

  void load(StateReader in) {
    last = in.readLong();
    for (int left = in.readCount(Long.BYTES); left > 0; left--) {
      long number = in.readLong();
      all.put(number, in.readBytes());
    }
  }
}
