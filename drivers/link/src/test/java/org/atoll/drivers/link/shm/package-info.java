/** Tests of the rings between processes, within one process. */
@NullMarked
package org.atoll.drivers.link.shm;

import org.jspecify.annotations.NullMarked;
