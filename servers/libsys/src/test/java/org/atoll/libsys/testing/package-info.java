/**
 * A recorder that drives a server without a kernel: for tests of one server's rules. Whole-system
 * tests run on the real kernel instead.
 */
@NullMarked
package org.atoll.libsys.testing;

import org.jspecify.annotations.NullMarked;
