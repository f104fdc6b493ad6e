/** {@code atoll bench ipc}: what local and remote IPC cost, each row beside its peers. */
@NullMarked
package org.atoll.bench.ipc;

import org.jspecify.annotations.NullMarked;
