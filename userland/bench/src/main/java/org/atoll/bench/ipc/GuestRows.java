package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.atoll.bench.AtollCommand;
import org.atoll.bench.ipc.GuestTrial.Count;
import org.jspecify.annotations.Nullable;

/** The rows that a C program measures, in a VOS and under qemu-riscv64. */
final class GuestRows {

  /** As in the program: a guest's clock is a system call, too. */
  private static final int BATCH = 10;

  private static final int BATCH_OF_NULL = 100;
  private static final int SAMPLES = 500;

  /** PM is asked. */
  private static final Count NULLS = new Count("pm", 1, BATCH_OF_NULL);

  /** VFS is asked, and answered by the file system. */
  private static final Count READS = new Count("vfs", 2, BATCH);

  /** The same: the file system follows the path. */
  private static final Count STATS = new Count("vfs", 2, BATCH);

  /** The caller's trap, and its answer; the server may not be back from its own yet. */
  private static final Count CALLS = new Count("self", 2, BATCH);

  private final String placement;

  /** What carries the calls of the guest on the other node, if one was chosen. */
  private final @Nullable String transport;

  private final GuestSystem vos;
  private final GuestSystem linux;
  private final List<Row> rows = new ArrayList<>();

  private GuestRows(Choice choice) throws IOException {
    placement = choice.pinning().words();
    transport = transport(choice);
    GuestProgram program = new GuestProgram();
    vos = new GuestSystem(program, pinned(choice, AtollCommand.atoll(words(choice, transport))));
    linux = new GuestSystem(program, pinned(choice, AtollCommand.oracle("sh")));
  }

  static List<Row> all(Choice choice) throws IOException {
    GuestRows made = new GuestRows(choice);
    made.local();
    if (choice.nodes() > 1) {
      made.onNode1();
    }
    made.qemu("peer.qemu.null", "null", BATCH_OF_NULL);
    made.qemu("peer.qemu.read1", "read1", BATCH);
    made.qemu("peer.qemu.stat", "stat", BATCH);
    return List.copyOf(made.rows);
  }

  private void local() {
    guest("guest.null", "null", 0, NULLS, "peer.qemu.null");
    guest("guest.read1.local", "read1", 0, READS, "peer.qemu.read1");
    guest("guest.stat.local", "stat", 0, STATS, "peer.qemu.stat");
    guest("guest.sendrec.local", GuestTrial.SENDREC, 0, CALLS, "sendrec.local.direct");
  }

  private void onNode1() {
    boolean memory = transport == null || transport.equals("shm");
    String call = memory ? "sendrec.vm.shm" : "sendrec.node." + transport;
    guest("guest.read1.node", "read1", 1, READS, call, "peer.qemu.read1");
    guest("guest.stat.node", "stat", 1, STATS, call, "peer.qemu.stat");
    guest("guest.sendrec.node", GuestTrial.SENDREC, 1, CALLS, call);
  }

  private static @Nullable String transport(Choice choice) {
    boolean one = choice.transports().size() == 1 && !choice.transports().contains("tls");
    return one ? choice.transports().getFirst() : null;
  }

  private static String[] words(Choice choice, @Nullable String transport) {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(List.of("--nodes", Integer.toString(choice.nodes())));
    if (transport != null) {
      words.addAll(List.of("--transport", transport));
    }
    words.addAll(List.of("--", "sh"));
    return words.toArray(String[]::new);
  }

  private static List<String> pinned(Choice choice, List<String> command) throws IOException {
    List<String> all = new ArrayList<>(choice.pinning().prefix());
    all.addAll(command);
    return all;
  }

  private void guest(String name, String what, int node, Count count, String... peers) {
    Trial trial = GuestTrial.onNode(node, vos, what, SAMPLES).counted(count);
    add(name, node == 0 ? LocalRows.LANGUAGE : NodeRows.PROCESS, count.batch(), trial, peers);
  }

  private void qemu(String name, String what, int batch) {
    add(name, NodeRows.PROCESS, batch, GuestTrial.underQemu(linux, what, SAMPLES));
  }

  private void add(String name, String isolation, int batch, Trial trial, String... peers) {
    rows.add(new Row(name, isolation, placement, batch, trial, List.of(peers)));
  }
}
