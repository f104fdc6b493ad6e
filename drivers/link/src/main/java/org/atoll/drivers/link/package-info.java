/**
 * The node link: who the other node is, and how a stream of bytes is cut into frames. Nothing here
 * knows the network; {@code org.atoll.drivers.link.netty} is the back that does.
 */
@NullMarked
package org.atoll.drivers.link;

import org.jspecify.annotations.NullMarked;
