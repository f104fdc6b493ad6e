package org.atoll.bench.ipc;

import java.util.ArrayList;
import java.util.List;

/** The rows of a VOS of several nodes, each a process of its own. */
final class NodeRows {

  static final String PROCESS = "process";

  private static final String TCP = "peer.tcp.c";
  private static final String UNIX = "peer.unix.c";

  private final Choice choice;
  private final Place place;
  private final List<Row> rows = new ArrayList<>();

  private NodeRows(Choice choice, Place place) {
    this.choice = choice;
    this.place = place;
  }

  static List<Row> all(Choice choice, Place place) {
    NodeRows made = new NodeRows(choice, place);
    if (choice.nodes() > 1) {
      made.calls();
      made.messages();
      made.copies();
    }
    return List.copyOf(made.rows);
  }

  private void calls() {
    add("shm", "sendrec.vm.shm", TCP, UNIX, "peer.aeron.ipc");
    add("unix", "sendrec.node.unix", TCP, UNIX);
    add(
        "tcp",
        "sendrec.node.tcp",
        TCP,
        "peer.netty",
        "peer.grpc",
        "peer.aeron.udp",
        "peer.erlang.node");
    add("tls", "sendrec.node.tls", TCP);
    add("tcp", "sendrec.node.tcp.busy", "sendrec.node.tcp");
    add("tcp", "pipelined.node.tcp", "peer.tcp.c.pipelined");
  }

  private void messages() {
    add("shm", "notify.node.shm", TCP, UNIX);
    add("unix", "notify.node.unix", TCP, UNIX);
    add("tcp", "notify.node.tcp", TCP);
    add("tcp", "oneway.node.tcp", "peer.tcp.c.oneway");
  }

  private void copies() {
    for (Size size : choice.sizes()) {
      String tcp = "peer.copy.tcp.c." + size;
      String unix = "peer.copy.unix.c." + size;
      add("shm", "copy.node.shm." + size, tcp, unix);
      add("unix", "copy.node.unix." + size, tcp, unix);
      add("tcp", "copy.node.tcp." + size, tcp);
    }
  }

  private void add(String transport, String name, String... peers) {
    if (!choice.transports().contains(transport)) {
      return;
    }
    // Guests that spin have a core for each node: on one, the host would share it out in its
    // slices.
    Pinning pinning = name.endsWith(Subjects.BUSY) ? Pinning.HOST : choice.pinning();
    Trial trial = place.nodes(name, pinning);
    int batch = Subjects.operation(name).batch();
    String placement = place.placement(pinning);
    rows.add(new Row(name, place.isolation(), placement, batch, trial, List.of(peers)));
  }
}
