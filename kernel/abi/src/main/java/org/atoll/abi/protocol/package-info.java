/**
 * The system's own protocols, one file each: the calls with their numbers and words, the service
 * interface, the dispatch.
 *
 * <p>Traces, {@code docs/reference/ipc.md} and the C header derive from these files.
 */
@NullMarked
package org.atoll.abi.protocol;

import org.jspecify.annotations.NullMarked;
