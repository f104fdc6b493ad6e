/** The Linux host: memory, clocks, chance, waits and the command's streams, by native calls. */
@NullMarked
package org.atoll.hypercall.linux;

import org.jspecify.annotations.NullMarked;
