/**
 * How a system call prints, as strace prints it: arguments by declared kind, results, signals.
 * Pure: what it looks at comes through {@link org.atoll.posix.strace.Look}.
 */
@NullMarked
package org.atoll.posix.strace;

import org.jspecify.annotations.NullMarked;
