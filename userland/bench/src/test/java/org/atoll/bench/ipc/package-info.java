/** What the figures are made of. */
@NullMarked
package org.atoll.bench.ipc;

import org.jspecify.annotations.NullMarked;
