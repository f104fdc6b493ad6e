/**
 * The simulated host: nodes, clock, chance, streams and the wires between nodes in one thread, from
 * one seed. Two runs with the same seed do the same in the same order.
 */
@NullMarked
package org.atoll.hypercall.sim;

import org.jspecify.annotations.NullMarked;
