package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;

/**
 * Holds of inodes to give back to file systems: sent one-way at the end of a turn, and when they
 * are many (a process with thousands of files ends), over several turns.
 */
final class Puts {

  /** Tag of the alarm for what one turn could not send; requests, the other tags, are positive. */
  static final long ALARM = -1;

  private static final int PER_TURN = 256;

  /** File system, inode, count; file system, ... */
  private final LongQueue queue = new LongQueue();

  private int sent;

  void add(int fs, long inode, long holds) {
    if (holds > 0) {
      queue.add(fs);
      queue.add(inode);
      queue.add(holds);
    }
  }

  void flush(Turn turn) {
    if (queue.isEmpty()) {
      return;
    }
    int end = Math.min(queue.size(), sent + 3 * PER_TURN);
    for (; sent < end; sent += 3) {
      FsProtocol.Call.PUT.encode(turn.scratch(), queue.get(sent + 1), queue.get(sent + 2));
      if (turn.send((int) queue.get(sent), turn.scratch()) == -Errno.ENOBUFS) {
        break;
      }
    }
    if (sent == queue.size()) {
      queue.clear();
      sent = 0;
    } else {
      turn.kernel().setAlarm(ALARM, 0);
    }
  }

  void save(StateWriter out) {
    queue.save(out);
    out.writeInt(sent);
  }

  void load(StateReader in) {
    queue.load(in);
    sent = in.readInt();
  }
}
