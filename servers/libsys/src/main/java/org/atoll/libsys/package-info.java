/**
 * What every server stands on: the loop from events to a protocol's methods, the rows in which a
 * server remembers what it waits for, and collections with primitive keys and a fixed order.
 */
@NullMarked
package org.atoll.libsys;

import org.jspecify.annotations.NullMarked;
