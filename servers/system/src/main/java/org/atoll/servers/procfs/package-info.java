/** The file system of processes, as proc(5): what runs, and what it has. */
@NullMarked
package org.atoll.servers.procfs;

import org.jspecify.annotations.NullMarked;
