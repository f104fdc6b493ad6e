package org.atoll.image.root;

/**
 * Mode, owner and time of a file in a root, and the package that brought it.
 *
 * @param mode the permission bits, 07777 at most
 * @param mtimeSeconds seconds since 1970-01-01T00:00:00Z
 * @param origin name of the package; empty for a directory that nobody declared yet
 */
public record Attributes(int mode, int uid, int gid, long mtimeSeconds, String origin) {
  private static final int MODE_BITS = 07777;

  public Attributes {
    mode &= MODE_BITS;
  }

  /** Attributes of something that belongs to root. */
  public static Attributes ofRoot(int mode, long mtimeSeconds, String origin) {
    return new Attributes(mode, 0, 0, mtimeSeconds, origin);
  }
}
