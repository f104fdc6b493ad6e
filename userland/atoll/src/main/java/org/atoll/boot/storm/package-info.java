/**
 * Millions of messages between the kernels of simulated nodes, and nothing else: no system, no
 * image. What may not happen to a message is looked at for each of them.
 */
@NullMarked
package org.atoll.boot.storm;

import org.jspecify.annotations.NullMarked;
