package org.atoll.servers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** A table in the making: what is known for it so far. */
final class Job {

  final long request;
  final Table table;

  /** A bit for each node that is up. */
  long nodesUp;

  /** The node that is asked now. */
  int node;

  /** Where the next piece begins. */
  long from;

  /** Rows of the table itself, or of tasks as kernels tell them, with their node before them. */
  final List<String> rows = new ArrayList<>();

  /** Tasks as they are shown, by endpoint as it is printed. */
  final Map<String, String> names = new TreeMap<>();

  /** Process ids, by endpoint as it is printed. */
  final Map<String, String> pids = new TreeMap<>();

  Job(long request, Table table) {
    this.request = request;
    this.table = table;
  }

  /** The first node that is up from {@link #node} on; false when there is none. */
  boolean findNode() {
    while (node < Long.SIZE && (nodesUp & 1L << node) == 0) {
      node++;
    }
    return node < Long.SIZE;
  }

  void save(StateWriter out) {
    out.writeLong(request).writeInt(table.number()).writeLong(nodesUp).writeInt(node);
    out.writeLong(from).writeInt(rows.size());
    rows.forEach(out::writeString);
    save(out, names);
    save(out, pids);
  }

  private static void save(StateWriter out, Map<String, String> map) {
    out.writeInt(map.size());
    map.forEach((key, value) -> out.writeString(key).writeString(value));
  }

  static Job load(StateReader in) {
    Job job = new Job(in.readLong(), Table.of(in.readInt()));
    job.nodesUp = in.readLong();
    job.node = in.readInt();
    job.from = in.readLong();
    for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
      job.rows.add(in.readString());
    }
    load(in, job.names);
    load(in, job.pids);
    return job;
  }

  private static void load(StateReader in, Map<String, String> map) {
    for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
      String key = in.readString();
      map.put(key, in.readString());
    }
  }
}
