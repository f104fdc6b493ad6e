/**
 * Root images: built out of Debian packages without root and without other programs, kept in the
 * user's cache, and opened at every start.
 */
@NullMarked
package org.atoll.image;

import org.jspecify.annotations.NullMarked;
