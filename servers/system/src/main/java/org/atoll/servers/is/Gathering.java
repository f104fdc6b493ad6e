package org.atoll.servers.is;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ProcessRecord;

/**
 * What a table is made of, asked for one after the other: for the tables of tasks first the nodes,
 * then the tasks of each, the processes that they are, and at last what is special to the table. A
 * node that dies meanwhile is left out.
 */
final class Gathering {

  /** Where a table goes that is complete, or what became of it. */
  interface Outcome {

    /** All is known. */
    void complete(Turn turn, Job job);

    /** Whoever knows has failed: a negated errno. */
    void failed(Turn turn, Job job, long error);
  }

  private final Questions questions;
  private final Outcome outcome;
  private final byte[] buffer = new byte[Limits.BUFFER_BYTES_MAX];

  Gathering(Questions questions, Outcome outcome) {
    this.questions = questions;
    this.outcome = outcome;
  }

  void begin(Turn turn, Job job) {
    go(
        turn,
        job,
        switch (job.table) {
          case TASKS, CALLS, NODES -> questions.nodes(turn, job);
          case SERVICES -> questions.services(turn, job);
          case DS -> questions.published(turn, job, "");
        });
  }

  private void go(Turn turn, Job job, boolean asked) {
    if (!asked) {
      outcome.failed(turn, job, -Errno.EAGAIN);
    }
  }

  /** An answer came. */
  void answered(Turn turn, Job job, Step step, Message m) {
    boolean ofNode =
        switch (step) {
          case TASKS_KNOWN, CALLS_KNOWN, VM_KNOWN, MEMORY_KNOWN -> true;
          default -> false;
        };
    if (m.w0 < 0 && !ofNode) {
      outcome.failed(turn, job, m.w0);
      return;
    }
    switch (step) {
      case NODES_KNOWN -> {
        job.nodesUp = m.w1;
        askTasks(turn, job);
      }
      case TASKS_KNOWN -> tasks(turn, job, m);
      case PROCESSES_KNOWN -> processes(turn, job, (int) m.w0);
      case CALLS_KNOWN -> calls(turn, job, m);
      case VM_KNOWN -> vm(turn, job, m);
      case MEMORY_KNOWN -> memory(turn, job, m);
      case ROWS_KNOWN -> rows(turn, job, m);
      default -> throw new IllegalStateException("not of a table: " + step);
    }
  }

  private String text(Turn turn, long bytes) {
    int count = (int) Math.max(0, bytes);
    turn.answerBytes(0, buffer, 0, count);
    return new String(buffer, 0, count, UTF_8);
  }

  private void askTasks(Turn turn, Job job) {
    if (job.findNode()) {
      go(turn, job, questions.tasks(turn, job));
    } else {
      job.from = 0;
      go(turn, job, questions.processes(turn, job));
    }
  }

  private void tasks(Turn turn, Job job, Message m) {
    long next = m.w1;
    text(turn, m.w0)
        .lines()
        .filter(row -> !row.startsWith("ENDPOINT "))
        .forEach(row -> {
          job.rows.add(job.node + " " + row);
          String[] words = row.split(" ");
          job.names.put(words[0], words[1]);
        });
    nextPiece(job, m.w0 < 0 ? 0 : next);
    askTasks(turn, job);
  }

  /** The same node from another position on, or the next node. */
  private static void nextPiece(Job job, long next) {
    job.from = next;
    job.node += next == 0 ? 1 : 0;
  }

  private void processes(Turn turn, Job job, int count) {
    turn.answerBytes(0, buffer, 0, count * ProcessRecord.BYTES);
    for (int at = 0; at < count * ProcessRecord.BYTES; at += ProcessRecord.BYTES) {
      int pid = field(at + ProcessRecord.PID);
      int task = field(at + ProcessRecord.ENDPOINT);
      job.from = pid + 1L;
      String endpoint = Endpoint.toString(task);
      if (job.names.containsKey(endpoint) && pid > 1) {
        job.names.put(endpoint, name(at));
        job.pids.put(endpoint, String.valueOf(pid));
      }
    }
    if (count == Questions.PROCESSES_MAX) {
      go(turn, job, questions.processes(turn, job));
      return;
    }
    job.node = 0;
    job.from = 0;
    switch (job.table) {
      case CALLS -> {
        job.rows.clear();
        askCalls(turn, job);
      }
      case NODES -> askMemory(turn, job);
      default -> outcome.complete(turn, job);
    }
  }

  /** A command's name as one word. */
  private String name(int at) {
    int end = at + ProcessRecord.NAME;
    while (end < at + ProcessRecord.GID && buffer[end] != 0) {
      end++;
    }
    int start = at + ProcessRecord.NAME;
    String name = new String(buffer, start, end - start, UTF_8);
    return name.isEmpty() ? "?" : name.replaceAll("[\\s\\p{Cntrl}]", "_");
  }

  private int field(int at) {
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value |= (buffer[at + i] & 0xff) << 8 * i;
    }
    return value;
  }

  private void askCalls(Turn turn, Job job) {
    if (job.findNode()) {
      go(turn, job, questions.calls(turn, job));
    } else {
      outcome.complete(turn, job);
    }
  }

  private void calls(Turn turn, Job job, Message m) {
    long next = m.w1;
    text(turn, m.w0).lines().forEach(row -> job.rows.add(job.node + " " + row));
    nextPiece(job, m.w0 < 0 ? 0 : next);
    askCalls(turn, job);
  }

  private void askMemory(Turn turn, Job job) {
    if (job.findNode()) {
      go(turn, job, questions.vm(turn, job));
    } else {
      outcome.complete(turn, job);
    }
  }

  private void vm(Turn turn, Job job, Message m) {
    if (m.w0 < 0 || !questions.memory(turn, job, (int) m.w1)) {
      job.nodesUp &= ~(1L << job.node);
      askMemory(turn, job);
    }
  }

  private void memory(Turn turn, Job job, Message m) {
    if (m.w0 < 0) {
      job.nodesUp &= ~(1L << job.node);
    } else {
      job.names.put(Tables.memoryOf(job.node), m.w0 + " " + m.w1 + " " + m.w2);
    }
    job.node++;
    askMemory(turn, job);
  }

  private void rows(Turn turn, Job job, Message m) {
    boolean more = job.table == Table.DS && m.w1 != 0;
    text(turn, m.w0).lines().forEach(job.rows::add);
    if (more) {
      String last = job.rows.getLast();
      go(turn, job, questions.published(turn, job, last.substring(0, last.indexOf(' '))));
    } else {
      outcome.complete(turn, job);
    }
  }
}
