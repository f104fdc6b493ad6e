/** Tests of libposix: single calls against servers that answer what the test says. */
@NullMarked
package org.atoll.libposix;

import org.jspecify.annotations.NullMarked;
