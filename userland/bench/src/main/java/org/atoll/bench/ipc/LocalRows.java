package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.atoll.hypercall.coroutine.Continuations;
import org.atoll.hypercall.coroutine.VirtualThreads;

/** The rows of one node. */
final class LocalRows {

  static final String LANGUAGE = "language";

  /** Two threads or processes with a core each. */
  static final String CROSS_CORE = "cross core";

  static final String ONE_CORE =
      "this process may use one core (taskset, cpuset): the two want a core each";

  private final Choice choice;
  private final int cores = Cores.allowed().size();
  private final List<Row> rows = new ArrayList<>();

  private LocalRows(Choice choice) throws IOException {
    this.choice = choice;
  }

  static List<Row> all(Choice choice) throws IOException {
    LocalRows made = new LocalRows(choice);
    made.calls();
    made.messages();
    made.callers();
    made.copies();
    made.add("hypercall.null", Subjects.BATCH, "peer.call");
    made.add("hypercall.null.refused", Subjects.BATCH, "peer.call");
    return List.copyOf(made.rows);
  }

  private void calls() {
    call("sendrec.local.direct", "peer.call", "peer.disruptor", "peer.pipe", "peer.futex");
    call("sendrec.local.queued", "peer.pipe", "peer.futex");
    stackful("sendrec.local.stackful", List.of(Continuations.FLAG));
    stackful("sendrec.local.stackful.virtual", List.of(VirtualThreads.FLAG));
    stackful("sendrec.local.stackful.thread", List.of());
    cross("sendrec.local.xcpu", "peer.disruptor", "sendrec.local.queued");
    cross("sendrec.local.xcpu.idle", "peer.futex.cross");
    call("sendrec.local.busy", "peer.pipe");
    call("sendrec.local.traced", "sendrec.local.direct");
  }

  private void messages() {
    call("notify.local", "peer.pipe");
    call("oneway.local");
    call("oneway.local.batch");
  }

  private void callers() {
    for (int callers : choice.callers()) {
      call("callers." + callers + ".cpus.1");
    }
    for (int callers : choice.callers()) {
      cross("callers." + callers + Subjects.CPUS_2);
    }
  }

  private void copies() {
    for (Size size : choice.sizes()) {
      call("copy.local." + size, "peer.memcpy." + size);
    }
  }

  private void call(String name, String... peers) {
    add(name, Subjects.operation(name).batch(), peers);
  }

  private void add(String name, int batch, String... peers) {
    add(name, batch, List.of(), List.of(peers));
  }

  /** Of a JVM that is started with what carries the stack. */
  private void stackful(String name, List<String> flags) {
    int batch = Subjects.operation(name).batch();
    add(name, batch, flags, List.of("peer.pipe", "peer.erlang.local"));
  }

  private void add(String name, int batch, List<String> flags, List<String> peers) {
    Pinning pinning = Pinning.SAME_CORE;
    Trial trial = new ForkedTrial(name, pinning, 1, choice.effort(), flags);
    rows.add(new Row(name, LANGUAGE, pinning.words(), batch, trial, peers));
  }

  /** On two CPUs, each with a core of its own, which it may not leave to the compilers. */
  private void cross(String name, String... peers) {
    Trial trial =
        cores == 1
            ? new Skipped(ONE_CORE)
            : new ForkedTrial(name, Pinning.HOST, 1, choice.effort().warmer(), List.of());
    int batch = Subjects.operation(name).batch();
    rows.add(new Row(name, LANGUAGE, CROSS_CORE, batch, trial, List.of(peers)));
  }
}
