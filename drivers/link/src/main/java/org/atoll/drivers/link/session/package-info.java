/**
 * What makes a link out of whatever carries bytes: numbered frames, acknowledgements, what is sent
 * again, and when the other node is dead. No network, no clock, no threads.
 */
@NullMarked
package org.atoll.drivers.link.session;

import org.jspecify.annotations.NullMarked;
