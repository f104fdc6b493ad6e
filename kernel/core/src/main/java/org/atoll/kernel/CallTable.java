package org.atoll.kernel;

import org.atoll.abi.Limits;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one task, by sequence. Sequences ascend, and come again only after 2<sup>31</sup>
 * calls.
 *
 * <p>Owner: the caller begins and frees calls; any CPU looks them up.
 */
final class CallTable {

  private final Frames frames;
  private final Staging staging;
  private final Task owner;
  private volatile @Nullable CallRecord[] records = new CallRecord[2];
  private int last;
  private int used;

  CallTable(Frames frames, Staging staging, Task owner) {
    this.frames = frames;
    this.staging = staging;
    this.owner = owner;
  }

  /** A record for a new call, in phase FILLING; null when the task has too many. */
  @Nullable CallRecord begin() {
    if (used == Limits.CALLS_PER_TASK_MAX) {
      return null;
    }
    if (2 * used >= records.length) {
      grow();
    }
    while (true) {
      last = last == Integer.MAX_VALUE ? 1 : last + 1;
      CallRecord record = at(last);
      if (record.phase() == CallRecord.FREE) {
        record.begin(last);
        used++;
        return record;
      }
    }
  }

  private CallRecord at(int sequence) {
    @Nullable CallRecord[] all = records;
    int index = sequence & all.length - 1;
    CallRecord record = all[index];
    if (record == null) {
      record = new CallRecord(frames, staging, owner);
      all[index] = record;
    }
    return record;
  }

  private void grow() {
    @Nullable CallRecord[] old = records;
    @Nullable CallRecord[] grown = new CallRecord[2 * old.length];
    for (CallRecord record : old) {
      if (record != null && record.phase() != CallRecord.FREE) {
        grown[record.sequence() & grown.length - 1] = record;
      }
    }
    records = grown;
  }

  /** The call of that sequence, or null. It may be over by the time that it is looked at. */
  @Nullable CallRecord find(int sequence) {
    @Nullable CallRecord[] all = records;
    CallRecord record = all[sequence & all.length - 1];
    return record != null && record.sequence() == sequence ? record : null;
  }

  /** Whether that record is one of a call of this table, which was not taken out. */
  boolean holds(CallRecord record) {
    @Nullable CallRecord[] all = records;
    return all[record.sequence() & all.length - 1] == record;
  }

  /** A call is over. */
  void free(CallRecord record) {
    record.free();
    used--;
  }

  /** Takes a call out whose record may still be looked at, and must not be used again. */
  void remove(CallRecord record) {
    @Nullable CallRecord[] all = records;
    all[record.sequence() & all.length - 1] = null;
    used--;
  }

  /** Takes all calls out; see {@link #remove}. Free records go, too. */
  void removeAll() {
    records = new CallRecord[2];
    used = 0;
  }

  /** Calls that are not over. */
  int used() {
    return used;
  }

  /** All records, some of them free or null. */
  @Nullable CallRecord[] all() {
    return records;
  }
}
