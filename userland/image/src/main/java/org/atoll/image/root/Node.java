package org.atoll.image.root;

/**
 * One file of a root. A hard link is the same node under another path.
 *
 * @param target where a symlink points, otherwise empty
 * @param offset where the contents start in the spool; only for files
 * @param sizeBytes length of the contents; 0 unless it is a file
 */
record Node(EntryType type, Attributes attributes, String target, long offset, long sizeBytes) {
  static Node of(EntryType type, Attributes attributes) {
    return new Node(type, attributes, "", 0, 0);
  }

  boolean isDirectory() {
    return type == EntryType.DIRECTORY;
  }

  boolean isSymlink() {
    return type == EntryType.SYMLINK;
  }

  /** Whether this is a directory that exists only because something is in it. */
  boolean isImplied() {
    return isDirectory() && attributes.origin().isEmpty();
  }
}
