/** The host folders of a VOS: a file system whose files are the host's. */
@NullMarked
package org.atoll.drivers.hostfs;

import org.jspecify.annotations.NullMarked;
