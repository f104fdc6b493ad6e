/**
 * What a guest may ask of its host: numbered hypercalls, event channels, the wait of an idle CPU,
 * the transport between nodes.
 */
@NullMarked
package org.atoll.hypercall;

import org.jspecify.annotations.NullMarked;
