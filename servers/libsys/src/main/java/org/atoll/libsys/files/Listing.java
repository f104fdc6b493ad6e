package org.atoll.libsys.files;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is in a folder: names, and what they are. */
public final class Listing {

  static final int TYPE = 0xf000;
  static final int FOLDER = 0x4000;
  static final int FILE = 0x8000;
  static final int LINK = 0xa000;

  private static final int PERMISSIONS = 07777;

  /**
   * One thing in a folder.
   *
   * @param mode type and permissions, as {@code st_mode}
   * @param bytes size
   * @param target of a symbolic link
   */
  record Entry(int mode, long bytes, String target) {

    boolean isFolder() {
      return (mode & TYPE) == FOLDER;
    }

    boolean isFile() {
      return (mode & TYPE) == FILE;
    }

    boolean isLink() {
      return (mode & TYPE) == LINK;
    }
  }

  private final Map<String, Entry> entries = new TreeMap<>();

  Listing() {}

  /** A file whose size is not known before it is read: it is shown as 0, as in /proc. */
  public Listing file(String name, int permissions) {
    return file(name, permissions, 0);
  }

  /** A file of a size in bytes. */
  public Listing file(String name, int permissions, long bytes) {
    return add(name, new Entry(FILE | permissions & PERMISSIONS, bytes, ""));
  }

  /** A folder. */
  public Listing folder(String name, int permissions) {
    return add(name, new Entry(FOLDER | permissions & PERMISSIONS, 0, ""));
  }

  /** A symbolic link. */
  public Listing link(String name, String target) {
    return add(name, new Entry(LINK | 0777, target.length(), target));
  }

  private Listing add(String name, Entry entry) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("no name of a file: '" + name + "'");
    }
    entries.put(name, entry);
    return this;
  }

  @Nullable Entry get(String name) {
    return entries.get(name);
  }

  Map<String, Entry> entries() {
    return entries;
  }
}
