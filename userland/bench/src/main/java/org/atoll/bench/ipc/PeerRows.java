package org.atoll.bench.ipc;

import java.util.ArrayList;
import java.util.List;

/** What the rows are compared with. */
final class PeerRows {

  private static final String NOT_WRITTEN = "this peer is not written yet";
  private static final int RING_BATCH = 20;
  private static final int SAMPLES = 5_000;

  /** Of copies, in all samples of a round. */
  private static final int COPIED_BYTES = 1 << 30;

  private final Choice choice;
  private final List<Row> rows = new ArrayList<>();

  private PeerRows(Choice choice) {
    this.choice = choice;
  }

  static List<Row> all(Choice choice) {
    PeerRows made = new PeerRows(choice);
    made.local();
    made.remote();
    for (Size size : choice.sizes()) {
      made.copies(size);
    }
    made.missing();
    return List.copyOf(made.rows);
  }

  private void local() {
    forked("peer.call", LocalRows.LANGUAGE, Subjects.BATCH, Pinning.SAME_CORE);
    // Two threads that spin have a core each: on one they would measure the scheduler.
    forked("peer.disruptor", LocalRows.LANGUAGE, RING_BATCH, Pinning.HOST);
    program("peer.pipe", "pipe_echo", SAMPLES, Pinning.SAME_CORE);
  }

  private void remote() {
    program("peer.unix.c", "unix_echo", SAMPLES, choice.pinning());
    program("peer.tcp.c", "tcp_echo", SAMPLES, choice.pinning());
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

  private void missing() {
    for (String name :
        List.of(
            "futex",
            "tcp.c.pipelined",
            "tcp.c.oneway",
            "aeron.ipc",
            "aeron.udp",
            "netty",
            "grpc",
            "erlang.local",
            "erlang.node")) {
      Trial trial = new Skipped(NOT_WRITTEN);
      String placement = choice.pinning().words();
      rows.add(new Row("peer." + name, NodeRows.PROCESS, placement, 1, trial, List.of()));
    }
  }

  private void forked(String name, String isolation, int batch, Pinning pinning) {
    Trial trial = new ForkedTrial(name, pinning, 1, choice.effort(), List.of());
    String placement = pinning == Pinning.HOST ? "cross core" : pinning.words();
    rows.add(new Row(name, isolation, placement, batch, trial, List.of()));
  }

  private void program(
      String name, String program, int samples, Pinning pinning, String... arguments) {
    Trial trial = new PeerTrial(program, samples, pinning, arguments);
    rows.add(new Row(name, NodeRows.PROCESS, pinning.words(), 1, trial, List.of()));
  }
}
