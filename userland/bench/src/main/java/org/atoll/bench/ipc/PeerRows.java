package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the rows are compared with. */
final class PeerRows {

  /** Aeron and gRPC reach for memory in ways that Atoll does without. */
  private static final List<String> UNSAFE =
      List.of(
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

  private static final int SAMPLES = 5_000;

  /** As the programs print them. */
  private static final int PIPELINED_BATCH = 1_000;

  private static final int PIPELINED = 2_000;
  private static final int ONE_WAY_BATCH = 65_536;
  private static final int ONE_WAY = 100;

  /** Of copies, in all samples of a round. */
  private static final int COPIED_BYTES = 1 << 30;

  private final Choice choice;
  private final List<Row> rows = new ArrayList<>();

  private PeerRows(Choice choice) {
    this.choice = choice;
  }

  static List<Row> all(Choice choice) throws IOException {
    PeerRows made = new PeerRows(choice);
    made.local();
    made.remote();
    for (Size size : choice.sizes()) {
      made.copies(size);
    }
    made.libraries();
    made.erlang("peer.erlang.local", LocalRows.LANGUAGE, "local");
    made.erlang("peer.erlang.node", NodeRows.PROCESS, "node");
    return List.copyOf(made.rows);
  }

  private void local() throws IOException {
    forked("peer.call", LocalRows.LANGUAGE, Subjects.BATCH, Pinning.SAME_CORE);
    // Two threads that spin have a core each: on one they would measure the scheduler.
    forked("peer.disruptor", LocalRows.LANGUAGE, Subjects.FEW, Pinning.HOST);
    program("peer.pipe", "pipe_echo", SAMPLES, Pinning.SAME_CORE);
    program("peer.futex", "futex_echo", SAMPLES, Pinning.SAME_CORE);
    rows.add(futexes());
  }

  /** Two processes on the first two cores. */
  private static Row futexes() throws IOException {
    Trial trial =
        Cores.allowed().size() == 1
            ? new Skipped(LocalRows.ONE_CORE)
            : new PeerTrial("futex_echo", SAMPLES, Pinning.HOST, "cross");
    return new Row("peer.futex.cross", NodeRows.PROCESS, LocalRows.CROSS_CORE, 1, trial, List.of());
  }

  private void remote() {
    program("peer.unix.c", "unix_echo", SAMPLES, choice.pinning());
    program("peer.tcp.c", "tcp_echo", SAMPLES, choice.pinning());
    batches("peer.tcp.c.pipelined", "tcp_pipelined", PIPELINED_BATCH, PIPELINED);
    batches("peer.tcp.c.oneway", "tcp_oneway", ONE_WAY_BATCH, ONE_WAY);
  }

  private void copies(Size size) {
    String bytes = Integer.toString(size.bytes());
    int samples = Math.clamp(COPIED_BYTES / size.bytes(), 100, 1_000);
    Trial trial = new PeerTrial("memcpy", samples, Pinning.SAME_CORE, bytes);
    String placement = Pinning.SAME_CORE.words();
    rows.add(new Row("peer.memcpy." + size, "none", placement, 1, trial, List.of()));
    program("peer.copy.tcp.c." + size, "tcp_echo", samples, choice.pinning(), bytes);
    program("peer.copy.unix.c." + size, "unix_echo", samples, choice.pinning(), bytes);
  }

  private void batches(String name, String program, int batch, int samples) {
    Trial trial = new PeerTrial(program, samples, choice.pinning());
    String placement = choice.pinning().words();
    rows.add(new Row(name, NodeRows.PROCESS, placement, batch, trial, List.of()));
  }

  /** Libraries that people would use otherwise. */
  private void libraries() {
    // Three threads that yield, and want to have cores.
    library("peer.aeron.ipc", Subjects.FEW, Pinning.HOST);
    library("peer.aeron.udp", 1, Pinning.HOST);
    library("peer.netty", 1, choice.pinning());
    library("peer.grpc", 1, choice.pinning());
  }

  private void library(String name, int batch, Pinning pinning) {
    Trial trial = new ForkedTrial(name, pinning, 2, choice.effort().warmer(), UNSAFE);
    rows.add(new Row(name, NodeRows.PROCESS, pinning.words(), batch, trial, List.of()));
  }

  private void erlang(String name, String isolation, String what) {
    Trial trial = new ErlangTrial(what, SAMPLES, choice.pinning());
    rows.add(new Row(name, isolation, choice.pinning().words(), 1, trial, List.of()));
  }

  private void forked(String name, String isolation, int batch, Pinning pinning) {
    Trial trial = new ForkedTrial(name, pinning, 1, choice.effort(), List.of());
    String placement = pinning == Pinning.HOST ? LocalRows.CROSS_CORE : pinning.words();
    rows.add(new Row(name, isolation, placement, batch, trial, List.of()));
  }

  private void program(
      String name, String program, int samples, Pinning pinning, String... arguments) {
    Trial trial = new PeerTrial(program, samples, pinning, arguments);
    rows.add(new Row(name, NodeRows.PROCESS, pinning.words(), 1, trial, List.of()));
  }
}
