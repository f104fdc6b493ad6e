/** Tests the stress tests: whether they notice a kernel that is broken on purpose. */
@NullMarked
package org.atoll.stress;

import org.jspecify.annotations.NullMarked;
