package org.atoll.hypercall;

/** The attributes of a file of a {@link SharedFolder}: a row of 64-bit words. */
public final class FolderStatus {

  /** Device of the host's file system. */
  public static final int DEVICE = 0;

  /** Inode number there. */
  public static final int INODE = 1;

  /** Type and permissions. */
  public static final int MODE = 2;

  /** Number of names. */
  public static final int LINKS = 3;

  /** Owner: 0 for the user who runs the node, {@link #NOBODY} for every other. */
  public static final int UID = 4;

  /** Group: 0 for the one of the user who runs the node, {@link #NOBODY} for every other. */
  public static final int GID = 5;

  /** Device number of a device file, as riscv64 has it. */
  public static final int SPECIAL_DEVICE = 6;

  /** Bytes. */
  public static final int SIZE = 7;

  /** 512-byte blocks taken. */
  public static final int BLOCKS = 8;

  /** Time of last access, nanoseconds since the Epoch. */
  public static final int ACCESSED = 9;

  /** Time of last change of the contents. */
  public static final int MODIFIED = 10;

  /** Time of last change of anything. */
  public static final int CHANGED = 11;

  /** Time of creation, 0 where the host's file system does not keep it. */
  public static final int BORN = 12;

  /** Words of a row. */
  public static final int WORDS = 13;

  /** Who is not known in the guest. */
  public static final int NOBODY = 65_534;

  private FolderStatus() {}
}
