/**
 * Connections between processes of two machines: the certificates that they show each other, and
 * how they prove that they know one key.
 */
@NullMarked
package org.atoll.drivers.link.tls;

import org.jspecify.annotations.NullMarked;
