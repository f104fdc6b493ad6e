/** Tests of the library for file systems of one's own. */
@NullMarked
package org.atoll.libsys.files;

import org.jspecify.annotations.NullMarked;
