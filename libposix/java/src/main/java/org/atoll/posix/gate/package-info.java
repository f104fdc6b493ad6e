/**
 * What is under the classes of {@code org.atoll.posix}: the way into the process. Java programs do
 * not see it.
 */
@NullMarked
package org.atoll.posix.gate;

import org.jspecify.annotations.NullMarked;
