/** Tests of the network server. */
@NullMarked
package org.atoll.servers.net;

import org.jspecify.annotations.NullMarked;
