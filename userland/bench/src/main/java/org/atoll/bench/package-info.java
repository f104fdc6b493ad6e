/** Benchmarks, each beside its peer in the same run. */
@NullMarked
package org.atoll.bench;

import org.jspecify.annotations.NullMarked;
