/** The engine of processes whose program the host holds. */
@NullMarked
package org.atoll.vcpu.hosted;

import org.jspecify.annotations.NullMarked;
