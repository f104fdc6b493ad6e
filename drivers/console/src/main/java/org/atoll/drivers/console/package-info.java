/** The console driver: the three streams of the command, as a task. */
@NullMarked
package org.atoll.drivers.console;

import org.jspecify.annotations.NullMarked;
