package org.atoll.drivers.hostfs;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that VFS holds, or a directory on the way to one.
 *
 * <p>Its place is the name that it was last reached by. A handle that was closed is opened by that
 * again, so an inode whose name is gone keeps its handle.
 */
final class Inode {

  static final int TYPE = 0xf000;
  static final int DIRECTORY = 0x4000;
  static final int REGULAR = 0x8000;
  static final int SYMLINK = 0xa000;

  final long number;
  final Identity identity;
  long holds;

  /** At the host; 0: closed. */
  long handle;

  /** The directory of its name; null for the root, and when the name is gone. */
  @Nullable Inode above;

  String name = "";

  /** The path that it had when its name went; null while it has one. */
  @Nullable String formerPath;

  /** The inodes whose place is here, by name. */
  final Map<String, Inode> below = new TreeMap<>();

  Inode(long number, Identity identity) {
    this.number = number;
    this.identity = identity;
  }

  boolean isDirectory() {
    return identity.type() == DIRECTORY;
  }

  boolean isRegular() {
    return identity.type() == REGULAR;
  }

  /** Takes a place that nobody has. */
  void enter(Inode directory, String component) {
    above = directory;
    name = component;
    formerPath = null;
    directory.below.put(component, this);
  }

  /** The name is gone. */
  void lost() {
    formerPath = path();
    leave();
  }

  /** Forgets the place. */
  void leave() {
    if (above != null) {
      above.below.remove(name);
      above = null;
    }
  }

  /** The path from the root of the share. */
  String path() {
    StringBuilder path = new StringBuilder();
    Inode at = this;
    while (at.above != null) {
      path.insert(0, at.name).insert(0, '/');
      at = at.above;
    }
    return at.formerPath == null ? path.toString() : at.formerPath + path;
  }

  /** On the way up from here, the inode right below another one; null when that is not above. */
  @Nullable Inode childOf(Inode ancestor) {
    Inode at = this;
    while (at != null && at.above != ancestor) {
      at = at.above;
    }
    return at;
  }

  /** Whether it, or a directory above, has lost its name. */
  boolean isNameGone() {
    Inode at = this;
    while (at.above != null) {
      at = at.above;
    }
    return at.formerPath != null;
  }
}
