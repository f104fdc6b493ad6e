package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DeviceProtocol;
import org.atoll.abi.protocol.FsProtocol;

/**
 * What is given back to file systems and drivers, holds of inodes and handles of devices: sent
 * one-way at the end of a turn, and when they are many (a process with thousands of files ends),
 * over several turns.
 */
final class Puts {

  /** Tag of the alarm for what one turn could not send; requests, the other tags, are positive. */
  static final long ALARM = -1;

  private static final int PER_TURN = 256;
  private static final int WORDS = 4;

  /** Receiver, type, two words; receiver, ... */
  private final LongQueue queue = new LongQueue();

  private int sent;

  void add(int fs, long inode, long holds) {
    if (holds > 0) {
      add(fs, FsProtocol.Call.PUT.number(), inode, holds);
    }
  }

  void addClose(int driver, long handle) {
    add(driver, DeviceProtocol.Call.CLOSE.number(), handle, 0);
  }

  private void add(int receiver, int type, long first, long second) {
    queue.add(receiver);
    queue.add(type);
    queue.add(first);
    queue.add(second);
  }

  void flush(Turn turn) {
    if (queue.isEmpty()) {
      return;
    }
    int end = Math.min(queue.size(), sent + WORDS * PER_TURN);
    for (; sent < end; sent += WORDS) {
      long first = queue.get(sent + 2);
      turn.scratch().set((int) queue.get(sent + 1), first, queue.get(sent + 3), 0, 0, 0, 0, 0);
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
