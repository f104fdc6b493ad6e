/** Tests of the tree that an image is built in. */
@NullMarked
package org.atoll.image.root;

import org.jspecify.annotations.NullMarked;
