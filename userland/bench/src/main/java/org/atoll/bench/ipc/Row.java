package org.atoll.bench.ipc;

import java.util.List;

/**
 * A line of the table: what is measured, and beside whom.
 *
 * @param name as in the JSON, never renamed
 * @param isolation what stands between the two: language, process or host
 * @param placement where they run
 * @param batch operations that a sample is the mean of; 1: each is timed
 * @param peers names of the rows that it is compared with
 */
record Row(
    String name, String isolation, String placement, int batch, Trial trial, List<String> peers) {

  /** How samples are taken, as in the JSON. */
  String sample() {
    return batch == 1 ? "op" : "batch:" + batch;
  }

  boolean isPeer() {
    return name.startsWith("peer.");
  }
}
