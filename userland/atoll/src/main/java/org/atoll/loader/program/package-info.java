/**
 * The {@code java} command of the guest: compiles a source or takes class files, refuses what a
 * guest program must not use, puts the process in the place of the host, and runs it.
 */
@NullMarked
package org.atoll.loader.program;

import org.jspecify.annotations.NullMarked;
