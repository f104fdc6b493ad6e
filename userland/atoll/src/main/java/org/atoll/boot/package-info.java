/**
 * Puts a VOS together out of its parts: once for Linux and once for the simulation, with the same
 * kernel, servers, libposix and drivers' fronts.
 */
@NullMarked
package org.atoll.boot;

import org.jspecify.annotations.NullMarked;
