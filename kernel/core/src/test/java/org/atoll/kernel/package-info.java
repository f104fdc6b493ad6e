/** Tests of the microkernel: tiny handlers on a node with a clock that stands still. */
@NullMarked
package org.atoll.kernel;

import org.jspecify.annotations.NullMarked;
