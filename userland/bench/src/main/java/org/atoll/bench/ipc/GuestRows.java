package org.atoll.bench.ipc;

import java.util.ArrayList;
import java.util.List;

/** The rows that a C program measures, in a VOS and under qemu-riscv64. */
final class GuestRows {

  /** As in the program: a guest's clock is a system call, too. */
  private static final int BATCH = 10;

  private static final int BATCH_OF_NULL = 100;
  private static final int SAMPLES = 500;
  private static final String TRANSPORT = "sendrec.vm.shm";

  private final Choice choice;
  private final GuestVos vos;
  private final List<Row> rows = new ArrayList<>();

  private GuestRows(Choice choice) {
    this.choice = choice;
    this.vos = new GuestVos(choice);
  }

  static List<Row> all(Choice choice) {
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

  private void guest(String name, String what, int node, int batch, String... peers) {
    Trial trial = GuestTrial.onNode(node, vos, what, SAMPLES);
    String isolation = node == 0 ? LocalRows.LANGUAGE : NodeRows.PROCESS;
    add(name, isolation, batch, trial, peers);
  }

  private void qemu(String name, String what, int batch) {
    add(name, NodeRows.PROCESS, batch, GuestTrial.underQemu(vos, what, SAMPLES, choice.pinning()));
  }

  private void add(String name, String isolation, int batch, Trial trial, String... peers) {
    String placement = choice.pinning().words();
    rows.add(new Row(name, isolation, placement, batch, trial, List.of(peers)));
  }
}
