package org.atoll.servers.vm;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** A file that is mapped: VFS's handle, which keeps the inode, and who has its pages. */
final class MappedFile {

  final int id;
  final long handle;
  final int fs;
  final long inode;

  /** Version of the contents that pages are looked up under. */
  long version;

  /** Bytes of the file when it was mapped: as far as it is worth reading ahead. */
  final long bytes;

  /** Address spaces with a region of it; 1 more while a request is about to make one. */
  int users;

  MappedFile(int id, long handle, int fs, long inode, long version, long bytes) {
    this.id = id;
    this.handle = handle;
    this.fs = fs;
    this.inode = inode;
    this.version = version;
    this.bytes = bytes;
  }

  void save(StateWriter out) {
    out.writeInt(id).writeLong(handle).writeInt(fs).writeLong(inode);
    out.writeLong(version).writeLong(bytes).writeInt(users);
  }

  static MappedFile load(StateReader in) {
    MappedFile file =
        new MappedFile(
            in.readInt(), in.readLong(), in.readInt(), in.readLong(), in.readLong(), in.readLong());
    file.users = in.readInt();
    return file;
  }
}
