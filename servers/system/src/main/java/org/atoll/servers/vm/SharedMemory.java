package org.atoll.servers.vm;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongLongTable;

/** Anonymous memory that processes share: it holds one reference to each of its frames. */
final class SharedMemory {

  final int id;

  /** Frame by page; a page that nobody touched is not there. */
  final LongLongTable frames = new LongLongTable();

  /** Address spaces with a region of it. */
  int users;

  SharedMemory(int id) {
    this.id = id;
  }

  void save(StateWriter out) {
    out.writeInt(id).writeInt(users);
    frames.save(out);
  }

  static SharedMemory load(StateReader in) {
    SharedMemory memory = new SharedMemory(in.readInt());
    memory.users = in.readInt();
    memory.frames.load(in);
    return memory;
  }
}
