/**
 * How a system call prints, as strace prints it: arguments by declared kind, results, signals.
 * Pure: what it looks at comes through {@link org.atoll.libposix.strace.Look}.
 */
@NullMarked
package org.atoll.libposix.strace;

import org.jspecify.annotations.NullMarked;
