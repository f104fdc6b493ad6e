/** Tests of the simulated host. */
@NullMarked
package org.atoll.hypercall.sim;

import org.jspecify.annotations.NullMarked;
