package org.atoll.servers.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ProcessRecord;

/**
 * READ: a text is made whole when it is read from its beginning, and read on from what was made
 * then. First comes what has to be asked for it.
 */
final class Reads {

  private final State state;
  private final Questions questions;
  private final Maps maps;
  private final byte[] buffer = new byte[Questions.PROCESSES_MAX * ProcessRecord.BYTES];

  Reads(State state, Questions questions) {
    this.state = state;
    this.questions = questions;
    this.maps = new Maps(questions);
  }

  /** Goes on reading a text that was made before; whether there is one. */
  boolean readOn(Turn turn, long request, long inode, long offset, long bytes) {
    byte[] text = offset > 0 ? state.contents.get(inode) : null;
    if (text != null) {
      answer(turn, request, text, offset, bytes);
    }
    return text != null;
  }

  /** Begins a text of the system. */
  void begin(Turn turn, Job job, Entry entry) {
    switch (entry) {
      case CPUINFO, INTERRUPTS, SOFTIRQS -> questions.nodes(turn, job, Step.NODES_KNOWN);
      case CPUS_ONLINE, CPUS_POSSIBLE, CPUS_PRESENT -> questions.nodes(turn, job, Step.NODES_KNOWN);
      case NODES_HAS_CPU, NODES_HAS_MEMORY, NODES_ONLINE, NODES_POSSIBLE ->
          questions.nodes(turn, job, Step.NODES_KNOWN);
      case MEMINFO, VMSTAT -> questions.memory(turn, job, ProcessorTimes.ALL);
      case NODE_MEMINFO -> questions.memory(turn, job, Entry.node(job.inode));
      case ATOLL_CALLS, ATOLL_DS, ATOLL_NODES, ATOLL_SERVICES, ATOLL_TASKS ->
          questions.table(turn, job, entry);
      case UPTIME, STAT, LOADAVG -> questions.processes(turn, job, Step.PROCESSES_COUNTED, 0);
      case RANDOM_UUID -> complete(turn, job, uuid(turn) + "\n");
      case RANDOM_BOOT_ID -> complete(turn, job, bootId(turn) + "\n");
      default -> {
        boolean ofNode = entry.isOfNode();
        complete(turn, job, ofNode ? ProcessorTexts.of(job, entry) : Texts.fixed(entry));
      }
    }
  }

  /** The same as long as the VOS runs. */
  private String bootId(Turn turn) {
    if (state.bootId.isEmpty()) {
      state.bootId = uuid(turn);
    }
    return state.bootId;
  }

  /** A random UUID (RFC 9562, version 4). */
  private static String uuid(Turn turn) {
    byte[] random = new byte[16];
    turn.kernel().random(random, 0, random.length);
    random[6] = (byte) (random[6] & 0x0f | 0x40);
    random[8] = (byte) (random[8] & 0x3f | 0x80);
    StringBuilder text = new StringBuilder(HexFormat.of().formatHex(random));
    for (int dash = 20; dash >= 8; dash -= 4) {
      text.insert(dash, '-');
    }
    return text.toString();
  }

  /** Begins a text of a process, whose record is known. */
  void beginOfProcess(Turn turn, Job job, Entry entry) {
    switch (entry) {
      case PROCESS_CMDLINE, THREAD_CMDLINE -> questions.commandLine(turn, job);
      case PROCESS_ENVIRON -> questions.environment(turn, job);
      case PROCESS_MOUNTS, PROCESS_MOUNTINFO -> questions.mounts(turn, job, entry);
      case DESCRIPTOR_INFO -> questions.descriptorShown(turn, job);
      case PROCESS_STATUS, THREAD_STATUS -> questions.maker(turn, job);
      case PROCESS_MAPS, PROCESS_SMAPS -> {
        if (job.field(ProcessRecord.VM) == Endpoint.NONE) {
          completeMaps(turn, job);
        } else {
          questions.regions(turn, job, 0);
        }
      }
      case NET_SOCKSTAT,
          NET_SOCKSTAT6,
          NET_TCP,
          NET_TCP6,
          NET_UDP,
          NET_UDP6,
          NET_RAW,
          NET_RAW6,
          NET_ICMP,
          NET_UNIX ->
          questions.sockets(turn, job, NetTexts.table(entry));
      case NET_ARP, NET_DEV, NET_IF_INET6, NET_IPV6_ROUTE, NET_NETLINK, NET_PACKET, NET_ROUTE ->
          complete(turn, job, NetTexts.fixed(entry));
      case THREAD_CHILDREN -> questions.processes(turn, job, Step.PROCESSES_COUNTED, 0);
      case PROCESS_CGROUP,
          PROCESS_COMM,
          PROCESS_LIMITS,
          PROCESS_LOGINUID,
          PROCESS_OOM_SCORE,
          PROCESS_OOM_SCORE_ADJ,
          PROCESS_PERSONALITY,
          PROCESS_SESSIONID,
          PROCESS_WCHAN,
          THREAD_COMM,
          THREAD_WCHAN ->
          complete(turn, job, ProcessTexts.known(job, entry));
      default -> askSizes(turn, job);
    }
  }

  private void askSizes(Turn turn, Job job) {
    if (job.field(ProcessRecord.VM) == Endpoint.NONE) {
      completeOfProcess(turn, job);
    } else {
      questions.sizes(turn, job);
    }
  }

  /** VFS answered; a process that just ended makes no files any more. */
  void makerKnown(Turn turn, Job job, Message answer) {
    if (answer.w0 >= 0) {
      job.groups = new byte[(int) answer.w0 * Integer.BYTES];
      turn.answerBytes(0, job.groups, 0, job.groups.length);
      job.umask = (int) answer.w1;
      job.descriptors = answer.w2;
    }
    askSizes(turn, job);
  }

  /** VFS answered about a descriptor. */
  void descriptorShown(Turn turn, Job job, Message answer) {
    complete(turn, job, ProcessTexts.descriptor(answer));
  }

  /** VM answered; of a process that just ended or moves there is nothing to tell. */
  void sizesKnown(Turn turn, Job job, Message answer) {
    if (answer.w0 >= 0) {
      job.mappedBytes = answer.w1;
      job.residentBytes = answer.w2;
      job.peakBytes = answer.w3;
      job.dataBytes = answer.w4;
      job.stackBytes = answer.w5;
      job.codeBytes = answer.w6;
    }
    completeOfProcess(turn, job);
  }

  private void completeOfProcess(Turn turn, Job job) {
    Entry entry = Entry.of(job.inode);
    boolean stat = entry == Entry.PROCESS_STAT || entry == Entry.THREAD_STAT;
    if (!stat || !questions.terminal(turn, job)) {
      completeText(turn, job);
    }
  }

  /** The terminal server answered; without an answer there is no terminal. */
  void terminalKnown(Turn turn, Job job, Message answer) {
    if (answer.w0 > 0) {
      job.terminal = answer.w0;
      job.foreground = answer.w1;
    }
    completeText(turn, job);
  }

  private void completeText(Turn turn, Job job) {
    Entry entry = Entry.of(job.inode);
    String text =
        switch (entry) {
          case PROCESS_STATM, THREAD_STATM -> ProcessTexts.sizes(job);
          case PROCESS_STAT, THREAD_STAT -> ProcessTexts.stat(job);
          case null, default -> StatusText.of(job);
        };
    complete(turn, job, text);
  }

  /** VM, VFS or a file system answered about mappings; whether the text is complete. */
  void mappingsKnown(Turn turn, Job job, Step step, Message answer) {
    if (maps.known(turn, job, step, answer)) {
      completeMaps(turn, job);
    }
  }

  private void completeMaps(Turn turn, Job job) {
    boolean sizes = Entry.of(job.inode) == Entry.PROCESS_SMAPS;
    complete(turn, job, Maps.text(job, sizes));
  }

  /** The information server added up memory. */
  void memoryKnown(Turn turn, Job job, Message answer) {
    Entry entry = Entry.of(job.inode);
    if (entry == Entry.VMSTAT) {
      complete(turn, job, Texts.memoryStatistics(answer.w0, answer.w1, answer.w2));
    } else if (entry == Entry.NODE_MEMINFO) {
      complete(turn, job, ProcessorTexts.memory(Entry.node(job.inode), answer.w0, answer.w1));
    } else {
      complete(turn, job, Texts.memory(answer.w0, answer.w1, answer.w2));
    }
  }

  /** Lines about some sockets: all of them are read, so that what is read on is the same text. */
  void socketsKnown(Turn turn, Job job, Message answer) {
    byte[] lines = new byte[(int) answer.w0];
    turn.answerBytes(0, lines, 0, lines.length);
    job.addText(lines, lines.length);
    Entry entry = Entry.of(job.inode);
    job.snapshot = answer.w1;
    if (entry != null && lines.length > 0 && answer.w1 != 0) {
      questions.sockets(turn, job, NetTexts.table(entry));
    } else {
      complete(turn, job, job.text);
    }
  }

  /** A piece of a table: all of it is read, so that what is read on is the same table. */
  void tableKnown(Turn turn, Job job, Message answer) {
    Entry entry = Entry.of(job.inode);
    byte[] piece = new byte[(int) answer.w0];
    turn.answerBytes(0, piece, 0, piece.length);
    job.addText(piece, piece.length);
    job.snapshot = answer.w2;
    if (entry != null && piece.length > 0 && job.text.length < answer.w1) {
      questions.table(turn, job, entry);
    } else {
      complete(turn, job, job.text);
    }
  }

  /** Some of all processes: adds them up, until PM has no more. */
  void counted(Turn turn, Job job, Message answer) {
    int count = (int) answer.w0;
    job.lastPid = answer.w1;
    turn.answerBytes(0, buffer, 0, count * ProcessRecord.BYTES);
    for (int at = 0; at < count * ProcessRecord.BYTES; at += ProcessRecord.BYTES) {
      job.nextPid = Job.field(buffer, at + ProcessRecord.PID) + 1L;
      job.count(buffer, at);
      noteChild(job, at);
    }
    if (count == Questions.PROCESSES_MAX) {
      questions.processes(turn, job, Step.PROCESSES_COUNTED, job.nextPid);
    } else if (Entry.of(job.inode) == Entry.THREAD_CHILDREN) {
      complete(turn, job, job.text);
    } else if (Entry.of(job.inode) == Entry.LOADAVG) {
      questions.load(turn, job);
    } else {
      questions.nodes(turn, job, Step.NODES_KNOWN);
    }
  }

  /** PM answered how many want a processor. */
  void loadKnown(Turn turn, Job job, Message answer) {
    complete(turn, job, Texts.load(job, answer.w1, answer.w2, answer.w3));
  }

  /** All children are those of the first thread. */
  private void noteChild(Job job, int at) {
    int pid = Entry.pid(job.inode);
    boolean child = Job.field(buffer, at + ProcessRecord.PARENT) == pid;
    if (Entry.of(job.inode) == Entry.THREAD_CHILDREN && child && job.id() == pid) {
      byte[] text = (Job.field(buffer, at + ProcessRecord.PID) + " ").getBytes(ISO_8859_1);
      job.addText(text, text.length);
    }
  }

  /** PM answered which nodes are up. */
  void nodesKnown(Turn turn, Job job, Message answer) {
    job.nodesUp = answer.w1;
    switch (Entry.of(job.inode)) {
      case CPUINFO -> complete(turn, job, ProcessorTexts.information(job.nodesUp));
      case INTERRUPTS, SOFTIRQS -> complete(turn, job, ProcessorTexts.titles(job.nodesUp));
      case UPTIME, STAT -> {
        job.node = ProcessorTimes.ALL;
        questions.departed(turn, job);
      }
      case null, default -> complete(turn, job, ProcessorTexts.list(job.nodesUp) + "\n");
    }
  }

  /** PM answered what all nodes, and then each of them, did for processes that have left it. */
  void departedKnown(Turn turn, Job job, Message answer) {
    job.times.add(job.node, answer.w0, answer.w1, answer.w2);
    job.switches += job.node == ProcessorTimes.ALL ? answer.w3 : 0;
    long left = job.nodesUp & -1L << job.node + 1;
    if (left != 0 && job.node + 1 < Long.SIZE) {
      job.node = Long.numberOfTrailingZeros(left);
      questions.departed(turn, job);
    } else if (Entry.of(job.inode) == Entry.UPTIME) {
      complete(turn, job, ProcessorTexts.uptime(turn.kernel().nowNanos(), job));
    } else {
      complete(turn, job, ProcessorTexts.statistics(turn.kernel(), job));
    }
  }

  /** Another server has the text. */
  void contentsKnown(Turn turn, Job job, Message answer) {
    byte[] text = new byte[(int) answer.w0];
    turn.answerBytes(0, text, 0, text.length);
    complete(turn, job, text);
  }

  private void complete(Turn turn, Job job, String text) {
    complete(turn, job, text.getBytes(ISO_8859_1));
  }

  private void complete(Turn turn, Job job, byte[] text) {
    state.jobs.remove(job.request);
    if (state.isHeld(job.inode)) {
      state.contents.put(job.inode, text);
    }
    answer(turn, job.request, text, job.offset, job.bytes);
  }

  private static void answer(Turn turn, long request, byte[] text, long offset, long bytes) {
    if (offset < 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    int from = (int) Math.min(offset, text.length);
    long room = Math.min(bytes, turn.kernel().outBytes(request));
    int count = Math.clamp(room, 0, text.length - from);
    int copied = turn.kernel().copyOut(request, 0, text, from, count);
    turn.reply(request, copied < 0 ? copied : count, text.length);
  }
}
