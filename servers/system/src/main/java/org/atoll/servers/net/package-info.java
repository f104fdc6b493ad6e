/** The network server: sockets between the processes of a VOS, whichever node they are on. */
@NullMarked
package org.atoll.servers.net;

import org.jspecify.annotations.NullMarked;
