/**
 * POSIX for Java programs that run as processes of the VOS: one class for each C header, with its
 * names. See {@code docs/reference/java-programs.md}.
 */
@NullMarked
package org.atoll.posix;

import org.jspecify.annotations.NullMarked;
