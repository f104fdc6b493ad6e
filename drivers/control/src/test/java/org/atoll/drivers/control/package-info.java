/** Tests of control. */
@NullMarked
package org.atoll.drivers.control;

import org.jspecify.annotations.NullMarked;
