package org.atoll.servers.procfs;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.FsProtocol.Call;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.abi.protocol.ThreadRecord;

/**
 * A request that needs answers of other servers first: what was asked, and what is known so far.
 */
final class Job {

  private static final Call[] CALLS = Call.values();

  /** System calls that read, by their numbers. */
  private static final int READ = 63;

  private static final int READV = 65;
  private static final int PREAD = 67;
  private static final int PREADV = 69;
  private static final int SENDFILE = 71;
  private static final int SPLICE = 76;
  private static final int COPY_FILE_RANGE = 285;
  private static final int PREADV2 = 286;

  final long request;
  final Call call;
  final long inode;

  /** Offset of a READ, position of a READDIR. */
  final long offset;

  /** Bytes of a READ or READDIR. */
  final long bytes;

  /** Process that reads, or 0: it runs, whatever others see of it. */
  int reader;

  /** The process that it is about, as PM lists it. */
  byte[] record = new byte[ProcessRecord.BYTES];

  /** Flags of the descriptor that it is about. */
  int descriptorFlags;

  /** What its program says of it; nothing where it has none. */
  byte[] about = {};

  /** What is known of a text that comes in pieces. */
  byte[] text = {};

  /** The information server's snapshot of the table that is read, or the next socket; or 0. */
  long snapshot;

  /** Device and path of a file that is mapped, by VFS's handle; the last is being asked for. */
  final Map<Long, String> files = new TreeMap<>();

  /** The file that is being asked for. */
  long file;

  // ---- of nodes

  /** A bit for each node that is up. */
  long nodesUp;

  /** The node that is being asked about. */
  int node;

  final ProcessorTimes times = new ProcessorTimes();

  // ---- of all processes

  /** Process id from which on processes are to be listed. */
  long nextPid;

  long processes;
  long running;
  long switches;
  long lastPid;

  // ---- of memory

  long mappedBytes;
  long residentBytes;
  long peakBytes;
  long dataBytes;
  long stackBytes;
  long codeBytes;

  // ---- of the files that it makes

  /** Supplementary groups, 32 bits each. */
  byte[] groups = {};

  int umask;

  /** Descriptors that its table has room for. */
  long descriptors;

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
    long system = longField(table, at + ProcessRecord.SYSTEM_NANOS);
    long user = longField(table, at + ProcessRecord.CPU_NANOS) - system;
    long departedSystem = longField(table, at + ProcessRecord.DEPARTED_SYSTEM_NANOS);
    user -= longField(table, at + ProcessRecord.DEPARTED_NANOS) - departedSystem;
    boolean nice = field(table, at + ProcessRecord.NICE) > 0;
    int on = field(table, at + ProcessRecord.NODE);
    times.addBoth(on, nice ? 0 : user, nice ? user : 0, system - departedSystem);
    boolean reads = field(table, at + ProcessRecord.PID) == reader;
    processes++;
    running += reads || field(table, at + ProcessRecord.STATE) == 'R' ? 1 : 0;
    switches += longField(table, at + ProcessRecord.VOLUNTARY);
    switches += longField(table, at + ProcessRecord.INVOLUNTARY);
    switches -= longField(table, at + ProcessRecord.DEPARTED_SWITCHES);
  }

  /**
   * Whether the thread that the job is about is the one that reads: of the process that reads, one
   * that is in a call which reads.
   */
  boolean isOfReader() {
    if (reader == 0 || reader != Entry.pid(inode)) {
      return false;
    }
    return switch ((int) threadField(ThreadRecord.CALL)) {
      case READ, READV, PREAD, PREADV, PREADV2, SENDFILE, SPLICE, COPY_FILE_RANGE -> true;
      default -> about.length == 0;
    };
  }

  /** Adds bytes to the text. */
  void addText(byte[] more, int bytes) {
    int old = text.length;
    text = Arrays.copyOf(text, old + bytes);
    System.arraycopy(more, 0, text, old, bytes);
  }

  // ---- what the process's program says

  /** Notes an answer to ABOUT; its threads follow those that are known. */
  void addAbout(byte[] table, int bytes) {
    int skip = about.length == 0 ? 0 : ThreadRecord.HEAD_BYTES;
    int old = about.length;
    about = Arrays.copyOf(about, old + bytes - skip);
    System.arraycopy(table, skip, about, old, bytes - skip);
  }

  /** How many threads are known; that of a process without program is not among them. */
  int threads() {
    return about.length == 0 ? 0 : (about.length - ThreadRecord.HEAD_BYTES) / ThreadRecord.BYTES;
  }

  /** The id of a thread that is known. */
  int threadId(int index) {
    return (int) longField(about, record(index) + ThreadRecord.ID);
  }

  private static int record(int index) {
    return ThreadRecord.HEAD_BYTES + index * ThreadRecord.BYTES;
  }

  /** Where the record of the thread is that the job is about, or -1. */
  int thread() {
    int wanted = id();
    for (int i = 0; i < threads(); i++) {
      if (threadId(i) == wanted) {
        return record(i);
      }
    }
    return -1;
  }

  /** The thread that the job is about; for a whole process the first, by its process id. */
  int id() {
    int thread = Entry.thread(inode);
    return thread == 0 ? Entry.pid(inode) : thread;
  }

  /** A field of the head of what is known; 0 when nothing is. */
  long aboutField(int at) {
    return about.length == 0 ? 0 : longField(about, at);
  }

  /** A field of the thread that the job is about; 0 when nothing is known. */
  long threadField(int at) {
    int record = thread();
    return record < 0 ? 0 : longField(about, record + at);
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
    out.writeBytes(about).writeBytes(text).writeLong(snapshot);
    out.writeLong(nodesUp).writeInt(node).writeInt(reader);
    times.save(out);
    out.writeLong(file).writeInt(files.size());
    files.forEach((handle, name) -> out.writeLong(handle).writeString(name));
    out.writeLong(nextPid).writeLong(processes).writeLong(running);
    out.writeLong(switches).writeLong(lastPid);
    out.writeLong(mappedBytes).writeLong(residentBytes).writeLong(peakBytes);
    out.writeLong(dataBytes).writeLong(stackBytes).writeLong(codeBytes);
    out.writeBytes(groups).writeInt(umask).writeLong(descriptors);
    out.writeLong(terminal).writeLong(foreground);
  }

  static Job load(StateReader in) {
    long request = in.readLong();
    Call call = CALLS[in.readInt() - CALLS[0].number()];
    Job job = new Job(request, call, in.readLong(), in.readLong(), in.readLong());
    job.record = in.readBytes();
    job.descriptorFlags = in.readInt();
    job.about = in.readBytes();
    job.text = in.readBytes();
    job.snapshot = in.readLong();
    job.nodesUp = in.readLong();
    job.node = in.readInt();
    job.reader = in.readInt();
    job.times.load(in);
    job.file = in.readLong();
    for (int left = in.readCount(Long.BYTES); left > 0; left--) {
      long handle = in.readLong();
      job.files.put(handle, in.readString());
    }
    job.nextPid = in.readLong();
    job.processes = in.readLong();
    job.running = in.readLong();
    job.switches = in.readLong();
    job.lastPid = in.readLong();
    job.mappedBytes = in.readLong();
    job.residentBytes = in.readLong();
    job.peakBytes = in.readLong();
    job.dataBytes = in.readLong();
    job.stackBytes = in.readLong();
    job.codeBytes = in.readLong();
    job.groups = in.readBytes();
    job.umask = in.readInt();
    job.descriptors = in.readLong();
    job.terminal = in.readLong();
    job.foreground = in.readLong();
    return job;
  }
}
