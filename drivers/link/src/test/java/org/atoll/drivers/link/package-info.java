/** Tests of the node link without a network. */
@NullMarked
package org.atoll.drivers.link;

import org.jspecify.annotations.NullMarked;
