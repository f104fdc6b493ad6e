/** Tests of the network driver. */
@NullMarked
package org.atoll.drivers.net;

import org.jspecify.annotations.NullMarked;
