/**
 * The root of an image while it is built: a file tree in memory, its contents in a spool file, and
 * the tar that it is written to.
 */
@NullMarked
package org.atoll.image.root;

import org.jspecify.annotations.NullMarked;
