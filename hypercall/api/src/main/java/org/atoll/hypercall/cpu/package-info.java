/**
 * The virtual CPU as the kernel sees it: a hart's state, the engine that runs it, and its traps.
 */
@NullMarked
package org.atoll.hypercall.cpu;

import org.jspecify.annotations.NullMarked;
