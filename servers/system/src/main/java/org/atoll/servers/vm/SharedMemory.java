package org.atoll.servers.vm;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongLongTable;

/** Anonymous memory that processes share: it holds one reference to each of its frames. */
final class SharedMemory {

  final int id;

  /**
   * Its pages, which count as committed as long as it is there. A mapping may be made longer than
   * that, but has nothing behind them (a bus error).
   */
  final long promisedPages;

  /** Frame by page; a page that nobody touched is not there. */
  final LongLongTable frames = new LongLongTable();

  /** Address spaces with a region of it. */
  int users;

  SharedMemory(int id, long promisedPages) {
    this.id = id;
    this.promisedPages = promisedPages;
  }

  void save(StateWriter out) {
    out.writeInt(id).writeLong(promisedPages).writeInt(users);
    frames.save(out);
  }

  static SharedMemory load(StateReader in) {
    SharedMemory memory = new SharedMemory(in.readInt(), in.readLong());
    memory.users = in.readInt();
    memory.frames.load(in);
    return memory;
  }
}
