package org.atoll.bench.ipc;

import org.jspecify.annotations.Nullable;

/**
 * A row and what came of it.
 *
 * @param skipped why there are no figures; null when there are
 * @param failed whether that is so because a round failed
 */
record Result(Row row, Figures figures, @Nullable String skipped, boolean failed) {

  /** A row without figures yet, which may be one that has none. */
  static Result of(Row row) {
    return new Result(row, new Figures(row.batch()), row.trial().missing(), false);
  }

  /** The same, after a round that failed. */
  Result failed(String reason) {
    return new Result(row, figures, "failed: " + reason, true);
  }
}
