/** How a scheduler of one's own is written: say what each process is given. */
@NullMarked
package org.atoll.libsys.sched;

import org.jspecify.annotations.NullMarked;
