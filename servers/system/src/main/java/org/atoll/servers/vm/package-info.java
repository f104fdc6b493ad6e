/** The memory server of a node: address spaces, faults, the page cache. See README.md. */
@NullMarked
package org.atoll.servers.vm;

import org.jspecify.annotations.NullMarked;
