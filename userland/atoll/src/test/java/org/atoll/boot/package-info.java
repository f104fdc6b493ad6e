/** The boot's parts, and VOSes whose servers fail. */
@NullMarked
package org.atoll.boot;

import org.jspecify.annotations.NullMarked;
