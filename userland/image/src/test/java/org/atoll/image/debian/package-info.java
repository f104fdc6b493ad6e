/** Tests of how a Debian archive is found, checked and read. */
@NullMarked
package org.atoll.image.debian;

import org.jspecify.annotations.NullMarked;
