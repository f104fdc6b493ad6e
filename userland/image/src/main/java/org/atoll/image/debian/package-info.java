/**
 * A Debian archive as seen by one who only reads it: where it is, whom to trust, which packages it
 * has, which of them a set of names needs, and what is in them.
 */
@NullMarked
package org.atoll.image.debian;

import org.jspecify.annotations.NullMarked;
