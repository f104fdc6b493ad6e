/** Tests of images, from a small archive of their own to the file that is opened at start. */
@NullMarked
package org.atoll.image;

import org.jspecify.annotations.NullMarked;
