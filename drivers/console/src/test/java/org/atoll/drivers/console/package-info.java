/** Tests of the console driver on simulated and real streams. */
@NullMarked
package org.atoll.drivers.console;

import org.jspecify.annotations.NullMarked;
