/**
 * The microkernel: tasks, turns, IPC, scheduling, grants, privileges, alarms, endpoint locations,
 * trap entry. Nothing of POSIX.
 *
 * <p>{@link org.atoll.kernel.Node} is one kernel, {@link org.atoll.kernel.Cpu} one loop of it; the
 * rest is theirs.
 */
@NullMarked
package org.atoll.kernel;

import org.jspecify.annotations.NullMarked;
