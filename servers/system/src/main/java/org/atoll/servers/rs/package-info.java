/** The reincarnation server: what has to be there before the command starts, and how a VOS ends. */
@NullMarked
package org.atoll.servers.rs;

import org.jspecify.annotations.NullMarked;
