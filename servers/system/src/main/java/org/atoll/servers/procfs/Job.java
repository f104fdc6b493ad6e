package org.atoll.servers.procfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.FsProtocol.Call;
import org.atoll.abi.protocol.ProcessRecord;

/**
 * A request that needs answers of other servers first: what was asked, and what is known so far.
 */
final class Job {

  private static final Call[] CALLS = Call.values();

  final long request;
  final Call call;
  final long inode;

  /** Offset of a READ, position of a READDIR. */
  final long offset;

  /** Bytes of a READ or READDIR. */
  final long bytes;

  /** The process that it is about, as PM lists it. */
  byte[] record = new byte[ProcessRecord.BYTES];

  /** Flags of the descriptor that it is about. */
  int descriptorFlags;

  // ---- of all processes

  /** Process id from which on processes are to be listed. */
  long nextPid;

  long processes;
  long running;
  long usedNanos;

  /** What of that was system time; and user time of processes with a nice value. */
  long systemNanos;

  long niceNanos;
  long switches;
  long lastPid;

  // ---- of memory

  long mappedBytes;
  long residentBytes;
  long peakBytes;

  // ---- of its session's terminal

  /** Device number, or 0. */
  long terminal;

  /** Its foreground group, or -1. */
  long foreground = -1;

  Job(long request, Call call, long inode, long offset, long bytes) {
    this.request = request;
    this.call = call;
    this.inode = inode;
    this.offset = offset;
    this.bytes = bytes;
  }

  /** Adds one process to what is known of all. */
  void count(byte[] table, int at) {
    long used = longField(table, at + ProcessRecord.CPU_NANOS);
    long system = longField(table, at + ProcessRecord.SYSTEM_NANOS);
    processes++;
    running += field(table, at + ProcessRecord.STATE) == 'R' ? 1 : 0;
    usedNanos += used;
    systemNanos += system;
    niceNanos += field(table, at + ProcessRecord.NICE) > 0 ? used - system : 0;
    switches += longField(table, at + ProcessRecord.VOLUNTARY);
    switches += longField(table, at + ProcessRecord.INVOLUNTARY);
  }

  /** A 32-bit field of the process's record. */
  int field(int at) {
    return field(record, at);
  }

  static int field(byte[] table, int at) {
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value |= (table[at + i] & 0xff) << 8 * i;
    }
    return value;
  }

  /** A 64-bit field of the process's record. */
  long longField(int at) {
    return longField(record, at);
  }

  static long longField(byte[] table, int at) {
    return field(table, at) & 0xffff_ffffL | (long) field(table, at + Integer.BYTES) << 32;
  }

  void save(StateWriter out) {
    out.writeLong(request).writeInt(call.number()).writeLong(inode);
    out.writeLong(offset).writeLong(bytes).writeBytes(record).writeInt(descriptorFlags);
    out.writeLong(nextPid).writeLong(processes).writeLong(running);
    out.writeLong(usedNanos).writeLong(systemNanos).writeLong(niceNanos);
    out.writeLong(switches).writeLong(lastPid);
    out.writeLong(mappedBytes).writeLong(residentBytes).writeLong(peakBytes);
    out.writeLong(terminal).writeLong(foreground);
  }

  static Job load(StateReader in) {
    long request = in.readLong();
    Call call = CALLS[in.readInt() - CALLS[0].number()];
    Job job = new Job(request, call, in.readLong(), in.readLong(), in.readLong());
    job.record = in.readBytes();
    job.descriptorFlags = in.readInt();
    job.nextPid = in.readLong();
    job.processes = in.readLong();
    job.running = in.readLong();
    job.usedNanos = in.readLong();
    job.systemNanos = in.readLong();
    job.niceNanos = in.readLong();
    job.switches = in.readLong();
    job.lastPid = in.readLong();
    job.mappedBytes = in.readLong();
    job.residentBytes = in.readLong();
    job.peakBytes = in.readLong();
    job.terminal = in.readLong();
    job.foreground = in.readLong();
    return job;
  }
}
