/** The back of the node link: TCP by Netty, in the event loop that the CPU's own thread drives. */
@NullMarked
package org.atoll.drivers.link.netty;

import org.jspecify.annotations.NullMarked;
