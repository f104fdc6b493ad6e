package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/** A poll that is under way. Files in here are referenced by the row. */
final class PollRow {

  final long request;
  final int[] fds;
  final int[] events;
  final int[] ready;
  final @Nullable OpenFile[] files;

  /** Calls to the console by index, 0 where none is under way. */
  final long[] watches;

  int watchesLeft;
  boolean hasAlarm;

  /** Decided: only waits for the calls that it took back. */
  boolean settled;

  boolean interrupted;

  /** The signals that were pending for who polls. */
  final long pending;

  PollRow(long request, int count, long pending) {
    this.request = request;
    this.pending = pending;
    this.fds = new int[count];
    this.events = new int[count];
    this.ready = new int[count];
    this.files = new OpenFile[count];
    this.watches = new long[count];
  }

  void save(StateWriter out) {
    out.writeLong(request).writeInt(fds.length).writeLong(pending);
    for (int i = 0; i < fds.length; i++) {
      OpenFile file = files[i];
      out.writeInt(fds[i]).writeInt(events[i]).writeInt(ready[i]);
      out.writeLong(file == null ? -1 : file.id).writeLong(watches[i]);
    }
    out.writeInt(watchesLeft).writeBoolean(hasAlarm).writeBoolean(settled);
    out.writeBoolean(interrupted);
  }

  static PollRow load(StateReader in, VfsState state) {
    long request = in.readLong();
    PollRow row = new PollRow(request, in.readInt(), in.readLong());
    for (int i = 0; i < row.fds.length; i++) {
      row.fds[i] = in.readInt();
      row.events[i] = in.readInt();
      row.ready[i] = in.readInt();
      long file = in.readLong();
      row.files[i] = file < 0 ? null : state.file(file);
      row.watches[i] = in.readLong();
    }
    row.watchesLeft = in.readInt();
    row.hasAlarm = in.readBoolean();
    row.settled = in.readBoolean();
    row.interrupted = in.readBoolean();
    return row;
  }
}
