package org.atoll.servers.procfs;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ProcessRecord;

/**
 * READDIR. Positions: 0 and 1 are {@code .} and {@code ..}; then the entries with names of their
 * own by ordinal; from {@link #NUMBERS} on, what has a number: processes, threads, descriptors,
 * nodes.
 */
final class Lists {

  private static final int NAMES = 2;
  private static final long NUMBERS = 0x100;

  private final State state;
  private final Questions questions;
  private final Entries entries = new Entries();
  private final byte[] buffer = new byte[Questions.PROCESSES_MAX * ProcessRecord.BYTES];

  Lists(State state, Questions questions) {
    this.state = state;
    this.questions = questions;
  }

  void list(Turn turn, Job job, Entry directory) {
    boolean numbered = directory.isNumbered();
    if (job.offset < 0) {
      finish(turn, job, -Errno.EINVAL, 0);
    } else if (numbered && job.offset >= NUMBERS) {
      numbers(turn, job, directory, job.offset - NUMBERS);
    } else {
      entries.begin(Math.min(job.bytes, turn.kernel().outBytes(job.request)));
      long next = names(job, directory);
      if (numbered && next == NUMBERS && entries.used() == 0) {
        numbers(turn, job, directory, 0);
      } else {
        answer(turn, job, next, next < NUMBERS);
      }
    }
  }

  private void numbers(Turn turn, Job job, Entry directory, long first) {
    if (directory == Entry.ROOT) {
      questions.processes(turn, job, Step.PROCESSES_LISTED, first);
    } else if (directory == Entry.PROCESS_TASK) {
      threads(turn, job, first);
    } else if (directory == Entry.CPUS || directory == Entry.NODES) {
      job.nextPid = first;
      questions.nodes(turn, job, Step.NODES_LISTED);
    } else {
      questions.descriptorsFrom(turn, job, first);
    }
  }

  /** Adds what has a name; the position of what found no room, or {@link #NUMBERS}. */
  @SuppressWarnings("EnumOrdinal") // a position in a directory
  private long names(Job job, Entry directory) {
    long at = job.offset;
    if (at == 0) {
      if (!entries.add(".", job.inode, directory, at)) {
        return at;
      }
      at++;
    }
    if (at == 1) {
      if (!entries.add("..", directory.inodeAbove(job.inode), directory, at)) {
        return at;
      }
      at++;
    }
    Entry entry = Entry.from(directory, at - NAMES);
    while (entry != null) {
      long inode = entry.inodeIn(job.inode);
      if (!entries.add(entry.label, inode, entry, entry.ordinal() + NAMES)) {
        return (long) entry.ordinal() + NAMES;
      }
      entry = Entry.from(directory, entry.ordinal() + 1);
    }
    return NUMBERS;
  }

  void processesListed(Turn turn, Job job, int count) {
    turn.answerBytes(0, buffer, 0, count * ProcessRecord.BYTES);
    entries.begin(Math.min(job.bytes, turn.kernel().outBytes(job.request)));
    long next = job.offset;
    for (int i = 0; i < count; i++) {
      int pid = Job.field(buffer, i * ProcessRecord.BYTES + ProcessRecord.PID);
      next = NUMBERS + pid;
      if (!entries.add(String.valueOf(pid), Entry.PROCESS.inode(pid), Entry.PROCESS, next)) {
        answer(turn, job, next, true);
        return;
      }
      next++;
    }
    answer(turn, job, next, false);
  }

  /** Threads by id; a process without program has its first. */
  private void threads(Turn turn, Job job, long first) {
    int pid = Entry.pid(job.inode);
    int[] ids = new int[Math.max(1, job.threads())];
    ids[0] = pid;
    for (int i = 0; i < job.threads(); i++) {
      ids[i] = job.threadId(i);
    }
    Arrays.sort(ids);
    entries.begin(Math.min(job.bytes, turn.kernel().outBytes(job.request)));
    for (int id : ids) {
      String name = String.valueOf(id);
      long inode = Entry.inodeOfThread(pid, id);
      if (id >= first && !entries.add(name, inode, Entry.THREAD, NUMBERS + id)) {
        answer(turn, job, NUMBERS + id, true);
        return;
      }
    }
    answer(turn, job, NUMBERS + ids[ids.length - 1] + 1, false);
  }

  /** Nodes, or their processors. */
  void nodesListed(Turn turn, Job job, long nodesUp) {
    Entry entry = Entry.of(job.inode) == Entry.CPUS ? Entry.CPU : Entry.NODE;
    entries.begin(Math.min(job.bytes, turn.kernel().outBytes(job.request)));
    long next = NUMBERS + job.nextPid;
    for (int node = (int) job.nextPid; node < Long.SIZE; node++) {
      long inode = entry.inodeOfNode(node);
      next = NUMBERS + node;
      boolean up = (nodesUp & 1L << node) != 0;
      if (up && !entries.add(entry.name(inode), inode, entry, next)) {
        answer(turn, job, next, true);
        return;
      }
      next++;
    }
    answer(turn, job, next, false);
  }

  void descriptorsListed(Turn turn, Job job, int count) {
    boolean links = Entry.of(job.inode) == Entry.PROCESS_FD;
    Entry entry = links ? Entry.DESCRIPTOR : Entry.DESCRIPTOR_INFO;
    turn.answerBytes(0, buffer, 0, count * Questions.DESCRIPTOR_BYTES);
    entries.begin(Math.min(job.bytes, turn.kernel().outBytes(job.request)));
    long next = job.offset;
    for (int i = 0; i < count; i++) {
      int fd = Job.field(buffer, i * Questions.DESCRIPTOR_BYTES);
      long inode = entry.inodeOfDescriptor(Entry.pid(job.inode), fd);
      next = NUMBERS + fd;
      if (!entries.add(String.valueOf(fd), inode, entry, next)) {
        answer(turn, job, next, true);
        return;
      }
      next++;
    }
    answer(turn, job, next, false);
  }

  private void answer(Turn turn, Job job, long next, boolean cut) {
    int used = entries.used();
    if (used == 0 && cut) {
      finish(turn, job, -Errno.EINVAL, 0);
      return;
    }
    int copied = turn.kernel().copyOut(job.request, 0, entries.buffer, 0, used);
    finish(turn, job, copied < 0 ? copied : used, next);
  }

  private void finish(Turn turn, Job job, long result, long next) {
    state.jobs.remove(job.request);
    turn.reply(job.request, result, next);
  }
}
