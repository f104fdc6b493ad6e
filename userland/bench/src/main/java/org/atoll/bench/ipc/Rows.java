package org.atoll.bench.ipc;

import java.util.List;

/** The rows of {@code atoll bench ipc}. */
final class Rows {

  private static final String LANGUAGE = "language";
  private static final String PROCESS = "process";
  private static final String CROSS_CORE = "cross core";

  private static final String COPY_UNIX = "peer.copy.unix.c.64k";

  private static final int BATCH = 1_000;
  private static final int RING_BATCH = 20;

  private Rows() {}

  /**
   * All of them.
   *
   * @param pinning of what has two processes
   * @param transports which rows of two nodes there are
   */
  static List<Row> all(Pinning pinning, List<String> transports) {
    return all(pinning).stream().filter(row -> goesBy(transports, row.name())).toList();
  }

  private static boolean goesBy(List<String> transports, String row) {
    boolean local = !row.contains(".node.") && !row.contains(".vm.");
    return local || transports.stream().anyMatch(transport -> row.contains("." + transport));
  }

  /** All of them, over all transports. */
  static List<Row> all(Pinning pinning) {
    return List.of(
        local(
            "sendrec.local.direct",
            BATCH,
            5_000,
            1_000,
            "peer.call",
            "peer.disruptor",
            "peer.pipe"),
        local("notify.local", BATCH, 5_000, 1_000, "peer.pipe"),
        local("copy.local.64k", 1, 30_000, 5_000, "peer.memcpy.64k"),
        node("sendrec.vm.shm", 150_000, 5_000, pinning, "peer.tcp.c", "peer.unix.c"),
        node("sendrec.node.unix", 150_000, 5_000, pinning, "peer.tcp.c", "peer.unix.c"),
        node("sendrec.node.tcp", 150_000, 5_000, pinning, "peer.tcp.c"),
        node("notify.node.shm", 150_000, 5_000, pinning, "peer.tcp.c", "peer.unix.c"),
        node("notify.node.unix", 150_000, 5_000, pinning, "peer.tcp.c", "peer.unix.c"),
        node("notify.node.tcp", 150_000, 5_000, pinning, "peer.tcp.c"),
        node("copy.node.shm.64k", 50_000, 3_000, pinning, "peer.copy.tcp.c.64k", COPY_UNIX),
        node("copy.node.unix.64k", 50_000, 3_000, pinning, "peer.copy.tcp.c.64k", COPY_UNIX),
        node("copy.node.tcp.64k", 50_000, 3_000, pinning, "peer.copy.tcp.c.64k"),
        local("peer.call", BATCH, 5_000, 1_000),
        rings(),
        peer("peer.pipe", "pipe_echo", 5_000, Pinning.SAME_CORE),
        memcpy(),
        peer("peer.tcp.c", "tcp_echo", 5_000, pinning),
        peer("peer.copy.tcp.c.64k", "tcp_echo", 3_000, pinning, "65536"),
        peer("peer.unix.c", "unix_echo", 5_000, pinning),
        peer(COPY_UNIX, "unix_echo", 3_000, pinning, "65536"));
  }

  private static Row local(String name, int batch, int warm, int samples, String... peers) {
    Pinning pinning = Pinning.SAME_CORE;
    Trial trial = new ForkedTrial(name, warm, samples, pinning);
    return new Row(name, LANGUAGE, pinning.words(), batch, trial, List.of(peers));
  }

  private static Row node(String name, int warm, int samples, Pinning pinning, String... peers) {
    Trial trial = new ForkedTrial(name, warm, samples, pinning);
    return new Row(name, PROCESS, pinning.words(), 1, trial, List.of(peers));
  }

  /** Two threads that spin have a core each: on one they would measure the scheduler. */
  private static Row rings() {
    Trial trial = new ForkedTrial("peer.disruptor", 5_000, 1_000, Pinning.HOST);
    return new Row("peer.disruptor", LANGUAGE, CROSS_CORE, RING_BATCH, trial, List.of());
  }

  private static Row memcpy() {
    Trial trial = new PeerTrial("memcpy", 5_000, Pinning.SAME_CORE, "65536");
    return new Row("peer.memcpy.64k", "none", Pinning.SAME_CORE.words(), 1, trial, List.of());
  }

  private static Row peer(
      String name, String program, int samples, Pinning pinning, String... arguments) {
    Trial trial = new PeerTrial(program, samples, pinning, arguments);
    return new Row(name, PROCESS, pinning.words(), 1, trial, List.of());
  }
}
