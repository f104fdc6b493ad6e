/** The scheduler: policy, for the kernels' mechanism. See the README. */
@NullMarked
package org.atoll.servers.sched;

import org.jspecify.annotations.NullMarked;
