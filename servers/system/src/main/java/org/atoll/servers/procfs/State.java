package org.atoll.servers.procfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongLongTable;
import org.atoll.libsys.LongTable;
import org.atoll.libsys.Rows;

/** All that procfs remembers: who holds inodes, what was read of them, what is under way. */
final class State {

  private static final int VERSION = 4;

  /** Calls under way, by call id: see {@link Step}. */
  final Rows calls = new Rows();

  /** Requests that wait for them, by request. */
  final LongTable<Job> jobs = new LongTable<>();

  /** Holds given out by LOOKUP and GET and not yet PUT, by inode. */
  private final LongLongTable holds = new LongLongTable();

  /**
   * Contents as the last read from offset 0 found them, by inode: who reads on finds the rest of
   * the same text. Kept as long as the inode is held.
   */
  final LongTable<byte[]> contents = new LongTable<>();

  /** What {@code boot_id} says; empty until it is asked for. */
  String bootId = "";

  void hold(long inode) {
    holds.put(inode, holds.get(inode, 0) + 1);
  }

  boolean isHeld(long inode) {
    return holds.contains(inode);
  }

  /**
   * Gives holds back; whether the number makes sense. Who holds what a restart has forgotten may
   * give back more than there are.
   */
  boolean put(long inode, long count) {
    long left = holds.get(inode, 0) - count;
    if (count < 0) {
      return false;
    }
    if (left > 0) {
      holds.put(inode, left);
    } else {
      holds.remove(inode);
      contents.remove(inode);
    }
    return true;
  }

  void save(StateWriter out) {
    out.version(VERSION).writeString(bootId);
    holds.save(out);
    out.writeInt(contents.size());
    for (int at = contents.first(); at >= 0; at = contents.next(at)) {
      out.writeLong(contents.key(at)).writeBytes(contents.value(at));
    }
    out.writeInt(jobs.size());
    for (int at = jobs.first(); at >= 0; at = jobs.next(at)) {
      jobs.value(at).save(out);
    }
  }

  /** Reads into this state, which is fresh. */
  void load(StateReader in) {
    in.version(VERSION);
    bootId = in.readString();
    holds.load(in);
    for (int left = in.readInt(); left > 0; left--) {
      long inode = in.readLong();
      contents.put(inode, in.readBytes());
    }
    for (int left = in.readInt(); left > 0; left--) {
      Job job = Job.load(in);
      jobs.put(job.request, job);
    }
  }
}
