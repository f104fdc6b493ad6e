/** The terminal server: line discipline, sessions' terminals, pseudo-terminals, the console's. */
@NullMarked
package org.atoll.servers.tty;

import org.jspecify.annotations.NullMarked;
