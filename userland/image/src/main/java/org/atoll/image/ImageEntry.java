package org.atoll.image;

import org.atoll.image.root.EntryType;

/**
 * One file of an image.
 *
 * @param path relative to the root, without a slash at its start or end
 * @param mode the permission bits, 07777 at most
 * @param mtimeSeconds seconds since 1970-01-01T00:00:00Z
 * @param sizeBytes length of a file's contents; 0 for all other types
 * @param linkTarget where a symlink points, or the path of the entry that a hard link is one more
 *     name of (it comes earlier); otherwise empty
 * @param contentOffset where a tar has the contents; for {@link Image} alone
 */
public record ImageEntry(
    String path,
    EntryType type,
    int mode,
    int uid,
    int gid,
    long mtimeSeconds,
    long sizeBytes,
    String linkTarget,
    long contentOffset) {}
