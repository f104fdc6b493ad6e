package org.atoll.bench.ipc;

import org.jspecify.annotations.Nullable;

/**
 * A row and what came of it.
 *
 * @param skipped why there are no figures; null when there are
 */
record Result(Row row, Figures figures, @Nullable String skipped) {}
