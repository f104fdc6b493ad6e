/** Guest programs that tests are made of. */
@NullMarked
package org.atoll.programs;

import org.jspecify.annotations.NullMarked;
