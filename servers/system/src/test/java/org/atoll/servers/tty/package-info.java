/** Tests of the terminal server. */
@NullMarked
package org.atoll.servers.tty;

import org.jspecify.annotations.NullMarked;
