/** Tests of certificates. */
@NullMarked
package org.atoll.drivers.link.tls;

import org.jspecify.annotations.NullMarked;
