/** Tests of the back of the network driver, on this machine's loopback. */
@NullMarked
package org.atoll.drivers.net.netty;

import org.jspecify.annotations.NullMarked;
