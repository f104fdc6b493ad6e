/** The back of the network driver: Netty on the event loop of the node's CPU. */
@NullMarked
package org.atoll.drivers.net.netty;

import org.jspecify.annotations.NullMarked;
