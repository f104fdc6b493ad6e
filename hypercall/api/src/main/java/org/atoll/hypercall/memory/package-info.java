/**
 * Guest memory: a node's frames, and the page tables that give them to address spaces.
 *
 * <p>VM owns the tables and speaks of frames; engines read them through a translation buffer of
 * their own; the kernel copies in and out without ever faulting.
 */
@NullMarked
package org.atoll.hypercall.memory;

import org.jspecify.annotations.NullMarked;
