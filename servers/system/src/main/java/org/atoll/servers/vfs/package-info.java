/**
 * The virtual file system: descriptors, path walk, permissions, mounts, pipes, poll, locks.
 * Messages and state are in the package's README.
 */
@NullMarked
package org.atoll.servers.vfs;

import org.jspecify.annotations.NullMarked;
