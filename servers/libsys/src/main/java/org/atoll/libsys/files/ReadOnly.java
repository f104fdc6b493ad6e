package org.atoll.libsys.files;

import org.atoll.abi.protocol.FsProtocol;

/** Which calls a file system refuses (EROFS) in which nothing changes. */
public final class ReadOnly {

  private ReadOnly() {}

  /** Whether a message is a call that changes files. */
  public static boolean refuses(int type) {
    int index = type - FsProtocol.Call.LOOKUP.number();
    FsProtocol.Call[] all = FsProtocol.Call.values();
    if (index < 0 || index >= all.length) {
      return false;
    }
    return switch (all[index]) {
      case CREATE, SYMLINK, LINK, UNLINK, RENAME, WRITE -> true;
      case SETATTR, UTIMES, TRUNCATE, FALLOCATE -> true;
      case LOOKUP, GET, PUT, READLINK, READ, STAT, SEEK, READDIR, PARENT -> false;
      case NAME_OF, STATFS, PAGE, VERSION, PATH, VOLUME, REMOUNT -> false;
    };
  }
}
