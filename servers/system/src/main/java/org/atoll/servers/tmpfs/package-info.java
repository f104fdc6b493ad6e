/**
 * The file system in memory: inodes by number, contents in frames of its node. Messages and state
 * are in the package's README.
 */
@NullMarked
package org.atoll.servers.tmpfs;

import org.jspecify.annotations.NullMarked;
