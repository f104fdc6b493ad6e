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

  private static final String C_ALONE = "between machines the C programs alone are measured";

  private static final int SAMPLES = 5_000;

  /** As the programs print them. */
  private static final int PIPELINED_BATCH = 1_000;

  private static final int PIPELINED = 2_000;
  private static final int ONE_WAY_BATCH = 65_536;
  private static final int ONE_WAY = 100;

  /** Of copies, in all samples of a round. */
  private static final int COPIED_BYTES = 1 << 30;

  private final Choice choice;
  private final Place place;
  private final List<Row> rows = new ArrayList<>();

  private PeerRows(Choice choice, Place place) {
    this.choice = choice;
    this.place = place;
  }

  static List<Row> all(Choice choice) throws IOException {
    PeerRows made = new PeerRows(choice, new OneMachine(choice));
    made.local();
    made.sockets("peer.unix.c", "unix_echo", 1, SAMPLES);
    made.remote();
    for (Size size : choice.sizes()) {
      made.memories(size);
      made.copies("peer.copy.tcp.c.", "tcp_echo", size);
      made.copies("peer.copy.unix.c.", "unix_echo", size);
    }
    made.libraries();
    made.erlang("peer.erlang.local", LocalRows.LANGUAGE, "local");
    made.erlang("peer.erlang.node", NodeRows.PROCESS, "node");
    return List.copyOf(made.rows);
  }

  /** Those of rows between machines: the C programs; the others are there to say so. */
  static List<Row> between(Choice choice, Place place) {
    PeerRows made = new PeerRows(choice, place);
    made.remote();
    for (Size size : choice.sizes()) {
      made.copies("peer.copy.tcp.c.", "tcp_echo", size);
    }
    for (String other : List.of("netty", "grpc", "aeron.udp", "erlang.node")) {
      String name = "peer." + other;
      String placement = place.placement(choice.pinning());
      made.rows.add(
          new Row(name, place.isolation(), placement, 1, new Skipped(C_ALONE), List.of()));
    }
    return List.copyOf(made.rows);
  }

  private void local() throws IOException {
    rows.add(calls());
    // Two threads that spin have a core each: on one they would measure the scheduler.
    rows.add(disruptor());
    program("peer.pipe", "pipe_echo", SAMPLES, Pinning.SAME_CORE);
    program("peer.futex", "futex_echo", SAMPLES, Pinning.SAME_CORE);
    rows.add(futexes());
  }

  private Row calls() {
    String name = "peer.call";
    Pinning pinning = Pinning.SAME_CORE;
    Trial trial = new ForkedTrial(name, pinning, 1, choice.effort(), List.of());
    return new Row(name, LocalRows.LANGUAGE, pinning.words(), Subjects.BATCH, trial, List.of());
  }

  private Row disruptor() throws IOException {
    String name = "peer.disruptor";
    Trial trial =
        Cores.allowed().size() == 1
            ? new Skipped(LocalRows.ONE_CORE)
            : new ForkedTrial(name, Pinning.HOST, 1, choice.effort(), List.of());
    String placement = LocalRows.CROSS_CORE;
    return new Row(name, LocalRows.LANGUAGE, placement, Subjects.FEW, trial, List.of());
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
    sockets("peer.tcp.c", "tcp_echo", 1, SAMPLES);
    sockets("peer.tcp.c.pipelined", "tcp_pipelined", PIPELINED_BATCH, PIPELINED);
    sockets("peer.tcp.c.oneway", "tcp_oneway", ONE_WAY_BATCH, ONE_WAY);
  }

  private void memories(Size size) {
    String bytes = Integer.toString(size.bytes());
    Trial trial = new PeerTrial("memcpy", copies(size), Pinning.SAME_CORE, bytes);
    String placement = Pinning.SAME_CORE.words();
    rows.add(new Row("peer.memcpy." + size, "none", placement, 1, trial, List.of()));
  }

  private void copies(String kind, String program, Size size) {
    sockets(kind + size, program, 1, copies(size), Integer.toString(size.bytes()));
  }

  private static int copies(Size size) {
    return Math.clamp(COPIED_BYTES / size.bytes(), 100, 1_000);
  }

  /** A program whose two ends have sockets. */
  private void sockets(String name, String program, int batch, int samples, String... arguments) {
    Trial trial = place.program(program, samples, choice.pinning(), arguments);
    String placement = place.placement(choice.pinning());
    rows.add(new Row(name, place.isolation(), placement, batch, trial, List.of()));
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
    Trial trial = new ForkedTrial(name, pinning, 2, choice.effort().warmer(), UNSAFE).slowly();
    rows.add(new Row(name, NodeRows.PROCESS, pinning.words(), batch, trial, List.of()));
  }

  private void erlang(String name, String isolation, String what) {
    Trial trial = new ErlangTrial(what, SAMPLES, choice.pinning());
    rows.add(new Row(name, isolation, choice.pinning().words(), 1, trial, List.of()));
  }

  private void program(
      String name, String program, int samples, Pinning pinning, String... arguments) {
    Trial trial = new PeerTrial(program, samples, pinning, arguments);
    rows.add(new Row(name, NodeRows.PROCESS, pinning.words(), 1, trial, List.of()));
  }
}
