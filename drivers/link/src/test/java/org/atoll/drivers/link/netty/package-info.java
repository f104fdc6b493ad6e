/** Tests of the node link over real connections, threads and processes. */
@NullMarked
package org.atoll.drivers.link.netty;

import org.jspecify.annotations.NullMarked;
