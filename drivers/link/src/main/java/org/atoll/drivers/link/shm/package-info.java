/**
 * Bytes from one process to another through memory that both see. No network, no wait, no thread:
 * who waits, and how it is woken, is the affair of others.
 */
@NullMarked
package org.atoll.drivers.link.shm;

import org.jspecify.annotations.NullMarked;
