/**
 * The network driver: what is outside of the VOS, as a task. The front speaks with the network
 * server; the back, in {@code netty}, with the host.
 */
@NullMarked
package org.atoll.drivers.net;

import org.jspecify.annotations.NullMarked;
