/** The certificates that processes of two machines show each other, and what they make of them. */
@NullMarked
package org.atoll.drivers.link.tls;

import org.jspecify.annotations.NullMarked;
