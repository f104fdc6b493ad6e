/** Tests of the scheduler. */
@NullMarked
package org.atoll.servers.sched;

import org.jspecify.annotations.NullMarked;
