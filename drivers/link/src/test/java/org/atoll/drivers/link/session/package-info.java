/** Tests of sessions, without a network. */
@NullMarked
package org.atoll.drivers.link.session;

import org.jspecify.annotations.NullMarked;
