/** What the launcher does with the jars once they are built, so that a start is quick. */
@NullMarked
package org.atoll.launcher;

import org.jspecify.annotations.NullMarked;
