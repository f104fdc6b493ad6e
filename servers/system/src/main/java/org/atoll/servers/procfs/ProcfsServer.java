package org.atoll.servers.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.FsProtocol.Call;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;
import org.atoll.libsys.files.FirstName;
import org.atoll.libsys.files.GivenTexts;

/**
 * The file system of processes, and that of processors and nodes. It keeps no files: what a request
 * is about is asked of PM, VM and VFS, and the request answered when they have answered.
 */
public final class ProcfsServer implements Server, GivenTexts {

  private final State state = new State();
  private final Questions questions = new Questions(state);
  private final Reads reads = new Reads(state, questions);
  private final Lists lists = new Lists(state, questions);
  private final Answers answers;
  private final byte[] buffer = new byte[FirstName.BUFFER_BYTES];

  /**
   * A file system of processes.
   *
   * @param device the device number that stat(2) shows
   * @param sysfsDevice that of the tree of /sys
   */
  public ProcfsServer(long device, long sysfsDevice) {
    this.answers = new Answers(state, device, sysfsDevice);
  }

  @Override
  public Rows calls() {
    return state.calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    FsProtocol.dispatch(this, turn, request, m);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    // Nobody that procfs asks waits for a process: every request is answered soon.
  }

  @Override
  public void message(Turn turn, Message m) {
    if (m.type == Call.PUT.number()) {
      state.put(m.w0, m.w1);
    }
  }

  @Override
  public void save(StateWriter out) {
    state.save(out);
  }

  @Override
  public void load(StateReader in) {
    state.load(in);
  }

  // ---- requests that are about an inode

  /** Begins a request: what belongs to a process first needs to know that it is there. */
  private void begin(Turn turn, long request, Call call, long inode, long offset, long bytes) {
    begin(turn, new Job(request, call, inode, offset, bytes));
  }

  private void begin(Turn turn, Job job) {
    Entry entry = Entry.of(job.inode);
    if (entry == null) {
      turn.reply(job.request, -Errno.ESTALE);
      return;
    }
    state.jobs.put(job.request, job);
    if (entry.isOfProcess()) {
      questions.process(turn, job);
    } else if (entry.isOfNode()) {
      questions.nodes(turn, job, Step.NODE_KNOWN);
    } else {
      proceed(turn, job, entry);
    }
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    Job job = state.jobs.get(row.w0);
    if (job == null) {
      throw new IllegalStateException("an answer without a job");
    }
    Step step = Step.of(row.step);
    if (answer.w0 < 0 && !step.mayFail()) {
      gone(turn, job, answer.w0);
      return;
    }
    switch (step) {
      case PROCESS_KNOWN -> processKnown(turn, job, answer);
      case DESCRIPTOR_KNOWN -> descriptorKnown(turn, job, answer);
      case PROCESSES_LISTED -> lists.processesListed(turn, job, (int) answer.w0);
      case DESCRIPTORS_LISTED -> lists.descriptorsListed(turn, job, (int) answer.w0);
      case PROCESSES_COUNTED -> reads.counted(turn, job, answer);
      case LOAD_KNOWN -> reads.loadKnown(turn, job, answer);
      case NODES_KNOWN -> reads.nodesKnown(turn, job, answer);
      case ABOUT_KNOWN -> aboutKnown(turn, job, answer);
      case SOCKETS_KNOWN -> reads.socketsKnown(turn, job, answer);
      case TABLE_KNOWN -> reads.tableKnown(turn, job, answer);
      case REGIONS_KNOWN, PATH_KNOWN, FILE_KNOWN -> reads.mappingsKnown(turn, job, step, answer);
      case SIZES_KNOWN -> reads.sizesKnown(turn, job, answer);
      case TERMINAL_KNOWN -> reads.terminalKnown(turn, job, answer);
      case MEMORY_KNOWN -> reads.memoryKnown(turn, job, answer);
      case NODE_KNOWN -> nodeKnown(turn, job, answer);
      case NODES_LISTED -> lists.nodesListed(turn, job, answer.w1);
      case DEPARTED_KNOWN -> reads.departedKnown(turn, job, answer);
      case MAKER_KNOWN -> reads.makerKnown(turn, job, answer);
      case DESCRIPTOR_SHOWN -> reads.descriptorShown(turn, job, answer);
      case CONTENTS_KNOWN -> reads.contentsKnown(turn, job, answer);
    }
  }

  /** Whether the node that the job is about is up. */
  private void nodeKnown(Turn turn, Job job, Message answer) {
    Entry entry = Entry.of(job.inode);
    int node = Entry.node(job.inode);
    if (entry == null || node >= Long.SIZE || (answer.w1 & 1L << node) == 0) {
      gone(turn, job, -Errno.ENOENT);
    } else {
      proceed(turn, job, entry);
    }
  }

  private void processKnown(Turn turn, Job job, Message answer) {
    turn.answerBytes(0, job.record, 0, job.record.length);
    boolean found = answer.w0 > 0;
    Entry entry = Entry.of(job.inode);
    if (entry == null || !found || job.field(ProcessRecord.PID) != Entry.pid(job.inode)) {
      gone(turn, job, -Errno.ESRCH);
    } else if (entry.isDescriptor()) {
      questions.descriptor(turn, job);
    } else if (needsAbout(job, entry) && job.field(ProcessRecord.VM) != Endpoint.NONE) {
      questions.about(turn, job);
    } else {
      knownOfThread(turn, job, entry);
    }
  }

  /** Whether the process's program has to be asked. */
  private static boolean needsAbout(Job job, Entry entry) {
    return switch (entry) {
      case PROCESS_TASK -> job.call == Call.READDIR;
      case PROCESS_LIMITS, PROCESS_PERSONALITY, PROCESS_STAT, PROCESS_STATUS ->
          job.call == Call.READ;
      default -> entry.isOfThread();
    };
  }

  /** Without an answer the process has just ended, or is on its way to another node. */
  private void aboutKnown(Turn turn, Job job, Message answer) {
    Entry entry = Entry.of(job.inode);
    if (answer.w0 > 0) {
      job.addAbout(buffer(turn, (int) answer.w0), (int) answer.w0);
    }
    if (answer.w0 > 0 && job.threads() < answer.w1) {
      questions.about(turn, job);
    } else if (entry != null) {
      knownOfThread(turn, job, entry);
    }
  }

  private static byte[] buffer(Turn turn, int bytes) {
    byte[] buffer = new byte[bytes];
    turn.answerBytes(0, buffer, 0, bytes);
    return buffer;
  }

  /** Of a process without program, its first thread is there. */
  private void knownOfThread(Turn turn, Job job, Entry entry) {
    boolean first = job.about.length == 0 && job.id() == Entry.pid(job.inode);
    if (entry.isOfThread() && job.thread() < 0 && !first) {
      gone(turn, job, -Errno.ESRCH);
    } else {
      proceed(turn, job, entry);
    }
  }

  private void descriptorKnown(Turn turn, Job job, Message answer) {
    byte[] pair = new byte[Questions.DESCRIPTOR_BYTES];
    turn.answerBytes(0, pair, 0, pair.length);
    if (answer.w0 == 0 || Job.field(pair, 0) != Entry.descriptor(job.inode)) {
      gone(turn, job, -Errno.ENOENT);
      return;
    }
    job.descriptorFlags = Job.field(pair, Integer.BYTES);
    Entry entry = Entry.of(job.inode);
    if (entry != null) {
      proceed(turn, job, entry);
    }
  }

  /** There is no such process or descriptor any more, or whoever knows has failed. */
  private void gone(Turn turn, Job job, long error) {
    state.jobs.remove(job.request);
    boolean missing = error == -Errno.ESRCH || error == -Errno.ENOENT;
    long result =
        switch (job.call) {
          case LOOKUP, STAT, READDIR -> -Errno.ENOENT;
          case READ -> -Errno.ESRCH;
          default -> -Errno.ESTALE;
        };
    turn.reply(job.request, missing ? result : error);
  }

  private void proceed(Turn turn, Job job, Entry entry) {
    switch (job.call) {
      case READ -> {
        if (entry.isOfProcess()) {
          reads.beginOfProcess(turn, job, entry);
        } else {
          reads.begin(turn, job, entry);
        }
      }
      case READDIR -> lists.list(turn, job, entry);
      case STAT -> answers.stat(turn, job, entry);
      case PARENT -> answers.result(turn, job, entry.inodeAbove(job.inode));
      case NAME_OF -> answers.text(turn, job, entry.name(job.inode));
      case PATH -> answers.text(turn, job, Entry.path(job.inode));
      default -> answers.entry(turn, job, entry);
    }
  }

  @Override
  public void lookup(Turn turn, long request, long inode, long flags) {
    Entry directory = Entry.of(inode);
    int bytes = FirstName.copy(turn, request, buffer);
    if (directory == null || bytes < 0) {
      turn.reply(request, directory == null ? -Errno.ESTALE : bytes);
    } else if (!directory.isDirectory()) {
      turn.reply(request, -Errno.ENOTDIR);
    } else {
      long found = find(directory, inode, new String(buffer, 0, bytes, ISO_8859_1));
      if (found == 0) {
        turn.reply(request, -Errno.ENOENT);
      } else {
        begin(turn, request, Call.LOOKUP, found, 0, 0);
      }
    }
  }

  /** The inode that a name has if it is there; 0 for a name that nothing ever has. */
  private static long find(Entry directory, long inode, String name) {
    int pid = Entry.pid(inode);
    if (name.equals(".")) {
      return inode;
    }
    if (name.equals("..")) {
      return directory.inodeAbove(inode);
    }
    Entry entry = Entry.in(directory, name);
    if (entry != null) {
      return entry.inodeIn(inode);
    }
    return switch (directory) {
      case ROOT -> number(name) > 0 ? Entry.PROCESS.inode(number(name)) : 0;
      case PROCESS_TASK -> number(name) > 0 ? Entry.inodeOfThread(pid, number(name)) : 0;
      case PROCESS_FD -> descriptor(Entry.DESCRIPTOR, pid, number(name));
      case PROCESS_FDINFO -> descriptor(Entry.DESCRIPTOR_INFO, pid, number(name));
      case CPUS -> node(Entry.CPU, "cpu", name);
      case NODES -> node(Entry.NODE, "node", name);
      default -> 0;
    };
  }

  private static long descriptor(Entry kind, int pid, int number) {
    return number >= 0 && number < Limits.DESCRIPTORS_MAX ? kind.inodeOfDescriptor(pid, number) : 0;
  }

  private static long node(Entry kind, String prefix, String name) {
    int number = name.startsWith(prefix) ? number(name.substring(prefix.length())) : -1;
    return number >= 0 && number < Limits.NODES_MAX ? kind.inodeOfNode(number) : 0;
  }

  /** A number as it is printed, or -1. */
  private static int number(String name) {
    boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean plain = digits && name.length() <= 7 && (name.charAt(0) != '0' || name.length() == 1);
    return plain ? Integer.parseInt(name) : -1;
  }

  @Override
  public void get(Turn turn, long request, long inode) {
    begin(turn, request, Call.GET, inode, 0, 0);
  }

  @Override
  public void put(Turn turn, long request, long inode, long count) {
    turn.reply(request, state.put(inode, count) ? 0 : -Errno.EINVAL);
  }

  @Override
  public void read(Turn turn, long request, long inode, long offset, long bytes, long reader) {
    Entry entry = Entry.of(inode);
    boolean regular = entry != null && (entry.mode & Entry.TYPE) == Entry.REGULAR;
    if (!regular) {
      turn.reply(request, entry != null && entry.isDirectory() ? -Errno.EISDIR : -Errno.EINVAL);
    } else if (!reads.readOn(turn, request, inode, offset, bytes)) {
      Job job = new Job(request, Call.READ, inode, offset, bytes);
      job.reader = (int) reader;
      begin(turn, job);
    }
  }

  @Override
  public void stat(Turn turn, long request, long inode) {
    begin(turn, request, Call.STAT, inode, 0, 0);
  }

  @Override
  public void readdir(Turn turn, long request, long inode, long position, long bytes) {
    Entry entry = Entry.of(inode);
    if (entry != null && !entry.isDirectory()) {
      turn.reply(request, -Errno.ENOTDIR);
    } else {
      begin(turn, request, Call.READDIR, inode, position, bytes);
    }
  }

  @Override
  public void parent(Turn turn, long request, long inode) {
    begin(turn, request, Call.PARENT, inode, 0, 0);
  }

  @Override
  public void nameOf(Turn turn, long request, long directory, long inode) {
    begin(turn, request, Call.NAME_OF, inode, 0, 0);
  }

  @Override
  public void path(Turn turn, long request, long inode) {
    begin(turn, request, Call.PATH, inode, 0, 0);
  }

  @Override
  public void readlink(Turn turn, long request, long inode, long bytes) {
    Entry entry = Entry.of(inode);
    if (entry == Entry.MOUNTS || entry == Entry.NET) {
      Job job = new Job(request, Call.READLINK, inode, 0, bytes);
      answers.text(turn, job, "self/" + entry.label);
    } else {
      turn.reply(request, -Errno.EINVAL);
    }
  }

  @Override
  public void statfs(Turn turn, long request, long inode) {
    Entry entry = Entry.of(inode);
    answers.statfs(turn, request, entry != null && entry.isOfSysfs());
  }
}
