package org.atoll.servers.tmpfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * One file of any type. Lives as long as it has a name or a holder.
 *
 * <p>Invariant: exactly one of {@link #directory}, {@link #pages} and {@link #target} is there for
 * a directory, a regular file and a symbolic link; none for the others.
 */
final class Inode {

  /** What an entry adds to the size of a directory, as in Linux's tmpfs. */
  private static final long DIRECTORY_ENTRY_BYTES = 20;

  static final int TYPE = 0xf000;
  static final int FIFO = 0x1000;
  static final int CHARACTER = 0x2000;
  static final int DIRECTORY = 0x4000;
  static final int BLOCK = 0x6000;
  static final int REGULAR = 0x8000;
  static final int SYMLINK = 0xa000;
  static final int SOCKET = 0xc000;

  final long number;
  int mode;
  int uid;
  int gid;
  int links;

  /** Holds given out by LOOKUP, GET and CREATE and not yet PUT. */
  long holds;

  /** Device number of a device file. */
  long device;

  /** Bytes of a regular file. */
  long size;

  long accessedNanos;
  long modifiedNanos;
  long changedNanos;
  long bornNanos;

  /** Drawn from the volume's counter at every change of the contents: unique in the volume. */
  long version;

  /** The name that it was last reached by: its directory, null for the root. */
  private @Nullable Inode above;

  /** While the volume is loaded: number of {@link #above}, 0 for none. */
  private long aboveNumber;

  private String name = "";

  /** The path of that name, once the name is no more. */
  private @Nullable String formerPath;

  final @Nullable Directory directory;
  final @Nullable PageTree pages;
  final @Nullable String target;

  /** An empty file; a symbolic link has a target. */
  Inode(long number, int mode, @Nullable Inode parent, @Nullable String target) {
    this.number = number;
    this.mode = mode;
    int type = mode & TYPE;
    this.directory = type == DIRECTORY ? directoryUnder(parent) : null;
    this.pages = type == REGULAR ? new PageTree() : null;
    this.target = target;
  }

  private Directory directoryUnder(@Nullable Inode parent) {
    return new Directory(parent == null ? this : parent);
  }

  boolean isSymbolicLink() {
    return target != null;
  }

  boolean isDirectory() {
    return directory != null;
  }

  /** 512-byte blocks, as stat(2) counts. */
  long blocks() {
    return pages == null ? 0 : 8L * pages.count();
  }

  /**
   * As stat(2) answers; a directory's is 20 for each entry, {@code .} and {@code ..} too (Linux).
   */
  long statSize() {
    if (directory != null) {
      return DIRECTORY_ENTRY_BYTES * (2L + directory.size());
    }
    return target == null ? size : target.length();
  }

  // ---- the name that it was last reached by

  /** It was reached by this name. */
  void reachedBy(Inode parent, String as) {
    above = parent;
    name = as;
    formerPath = null;
  }

  /** A name is no more: if it is the one that this was reached by, its path is kept as a text. */
  void lost(Inode parent, String as) {
    if (above == parent && name.equals(as)) {
      formerPath = path();
      above = null;
    }
  }

  /** Whether the name that it was last reached by is no more. */
  boolean isNameGone() {
    return formerPath != null;
  }

  /** The path of that name, from the root of the volume. */
  String path() {
    StringBuilder path = new StringBuilder();
    Inode at = this;
    while (at.above != null) {
      path.insert(0, at.name).insert(0, '/');
      at = at.above;
    }
    return at.formerPath == null ? path.toString() : at.formerPath + path;
  }

  private void savePlace(StateWriter out) {
    out.writeLong(above == null ? 0 : above.number).writeString(name);
    out.writeBoolean(formerPath != null);
    if (formerPath != null) {
      out.writeString(formerPath);
    }
  }

  /**
   * Reads the name; answers the number of its directory, 0 for none, to be given to {@link #under}.
   */
  private long loadPlace(StateReader in) {
    long number = in.readLong();
    name = in.readString();
    formerPath = in.readBoolean() ? in.readString() : null;
    return number;
  }

  /** Completes a loaded inode. */
  void under(Volume volume) {
    above = aboveNumber == 0 ? null : volume.loaded(aboveNumber);
  }

  void save(StateWriter out) {
    out.writeLong(number).writeInt(mode).writeBoolean(target != null);
    if (target != null) {
      out.writeString(target);
    }
    out.writeInt(uid).writeInt(gid).writeInt(links).writeLong(holds).writeLong(device);
    out.writeLong(size).writeLong(accessedNanos).writeLong(modifiedNanos);
    out.writeLong(changedNanos).writeLong(bornNanos).writeLong(version);
    savePlace(out);
    if (pages != null) {
      pages.save(out);
    }
  }

  static Inode load(StateReader in) {
    long number = in.readLong();
    int mode = in.readInt();
    Inode inode = new Inode(number, mode, null, in.readBoolean() ? in.readString() : null);
    inode.uid = in.readInt();
    inode.gid = in.readInt();
    inode.links = in.readInt();
    inode.holds = in.readLong();
    inode.device = in.readLong();
    inode.size = in.readLong();
    inode.accessedNanos = in.readLong();
    inode.modifiedNanos = in.readLong();
    inode.changedNanos = in.readLong();
    inode.bornNanos = in.readLong();
    inode.version = in.readLong();
    inode.aboveNumber = inode.loadPlace(in);
    if (inode.pages != null) {
      inode.pages.load(in);
    }
    return inode;
  }
}
