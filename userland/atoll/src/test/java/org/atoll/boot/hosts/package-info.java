/** Tests of what machines say to each other. */
@NullMarked
package org.atoll.boot.hosts;

import org.jspecify.annotations.NullMarked;
