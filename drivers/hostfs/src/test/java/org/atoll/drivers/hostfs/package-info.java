/** Tests of the host folders, on a folder of this machine. */
@NullMarked
package org.atoll.drivers.hostfs;

import org.jspecify.annotations.NullMarked;
