/** The information server: what the system looks like. */
@NullMarked
package org.atoll.servers.is;

import org.jspecify.annotations.NullMarked;
