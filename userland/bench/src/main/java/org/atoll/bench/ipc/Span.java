package org.atoll.bench.ipc;

import java.util.List;

/**
 * What lies between caller and server of a row of several nodes.
 *
 * @param transport what carries frames: a word of {@link org.atoll.drivers.link.Door.Kind}, or auto
 * @param nodes of the VOS; those from 2 on are there and have nothing to do
 * @param spinners guests that spin on each node
 */
record Span(String transport, int nodes, int spinners) {

  /** Without anything else on the nodes. */
  static Span of(String transport, int nodes) {
    return new Span(transport, nodes, 0);
  }

  /** With a guest that spins on each node. */
  Span busy() {
    return new Span(transport, nodes, 1);
  }

  List<String> words() {
    return List.of(transport, Integer.toString(nodes), Integer.toString(spinners));
  }

  static Span parse(List<String> words) {
    return new Span(words.get(0), Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2)));
  }
}
