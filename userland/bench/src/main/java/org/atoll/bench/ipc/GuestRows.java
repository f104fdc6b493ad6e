package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.atoll.bench.AtollCommand;

/** The rows that a C program measures, in a VOS and under qemu-riscv64. */
final class GuestRows {

  /** As in the program: a guest's clock is a system call, too. */
  private static final int BATCH = 10;

  private static final int BATCH_OF_NULL = 100;
  private static final int SAMPLES = 500;
  private static final String TRANSPORT = "sendrec.vm.shm";

  private final String placement;
  private final GuestSystem vos;
  private final GuestSystem linux;
  private final List<Row> rows = new ArrayList<>();

  private GuestRows(Choice choice) throws IOException {
    placement = choice.pinning().words();
    GuestProgram program = new GuestProgram();
    vos = new GuestSystem(program, pinned(choice, AtollCommand.atoll(words(choice))));
    linux = new GuestSystem(program, pinned(choice, AtollCommand.oracle("sh")));
  }

  static List<Row> all(Choice choice) throws IOException {
    GuestRows made = new GuestRows(choice);
    made.guest("guest.null", "null", 0, BATCH_OF_NULL, "peer.qemu.null");
    made.guest("guest.read1.local", "read1", 0, BATCH, "peer.qemu.read1");
    made.guest("guest.stat.local", "stat", 0, BATCH, "peer.qemu.stat");
    made.guest("guest.sendrec.local", GuestTrial.SENDREC, 0, BATCH, "sendrec.local.direct");
    if (choice.nodes() > 1) {
      made.guest("guest.read1.node", "read1", 1, BATCH, TRANSPORT, "peer.qemu.read1");
      made.guest("guest.stat.node", "stat", 1, BATCH, TRANSPORT, "peer.qemu.stat");
      made.guest("guest.sendrec.node", GuestTrial.SENDREC, 1, BATCH, TRANSPORT);
    }
    made.qemu("peer.qemu.null", "null", BATCH_OF_NULL);
    made.qemu("peer.qemu.read1", "read1", BATCH);
    made.qemu("peer.qemu.stat", "stat", BATCH);
    return List.copyOf(made.rows);
  }

  private static String[] words(Choice choice) {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(List.of("--nodes", Integer.toString(choice.nodes())));
    if (choice.transports().size() == 1 && !choice.transports().contains("tls")) {
      words.addAll(List.of("--transport", choice.transports().getFirst()));
    }
    words.addAll(List.of("--", "sh"));
    return words.toArray(String[]::new);
  }

  private static List<String> pinned(Choice choice, List<String> command) throws IOException {
    List<String> all = new ArrayList<>(choice.pinning().prefix());
    all.addAll(command);
    return all;
  }

  private void guest(String name, String what, int node, int batch, String... peers) {
    Trial trial = GuestTrial.onNode(node, vos, what, SAMPLES);
    add(name, node == 0 ? LocalRows.LANGUAGE : NodeRows.PROCESS, batch, trial, peers);
  }

  private void qemu(String name, String what, int batch) {
    add(name, NodeRows.PROCESS, batch, GuestTrial.underQemu(linux, what, SAMPLES));
  }

  private void add(String name, String isolation, int batch, Trial trial, String... peers) {
    rows.add(new Row(name, isolation, placement, batch, trial, List.of(peers)));
  }
}
