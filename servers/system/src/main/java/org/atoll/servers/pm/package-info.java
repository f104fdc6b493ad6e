/** The process manager: processes, groups, sessions, credentials, wait. See README.md. */
@NullMarked
package org.atoll.servers.pm;

import org.jspecify.annotations.NullMarked;
