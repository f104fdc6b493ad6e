/** Tests of what carries stacks. */
@NullMarked
package org.atoll.hypercall.coroutine;

import org.jspecify.annotations.NullMarked;
