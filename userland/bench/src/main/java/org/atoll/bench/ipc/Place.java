package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.List;

/** Where rows of two nodes run, and the C programs that they are compared with. */
interface Place {

  /** What stands between the two ends, as in {@link Row}. */
  String isolation();

  /** Where they run, as in {@link Row}. */
  String placement(Pinning pinning);

  /** What measures a row of IPC between two nodes. */
  Trial nodes(String row, Pinning pinning);

  /** What measures a C program with two ends. */
  Trial program(String name, int samples, Pinning pinning, String... arguments);

  /** Measures latency against offered load, where the server is on another node. */
  List<LoadPoint> load(String transport) throws IOException, InterruptedException;
}
