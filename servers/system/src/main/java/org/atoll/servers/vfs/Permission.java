package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.protocol.FsProtocol;

/** Who may do what to a file: the rules of POSIX, with root's exceptions as Linux has them. */
final class Permission {

  static final int READ = 4;
  static final int WRITE = 2;
  static final int EXECUTE = 1;

  private Permission() {}

  /** Whether a process may, going by its effective ids. */
  static boolean may(Process process, Vnode vnode, int rights) {
    return may(process, process.uid, process.gid, vnode, rights);
  }

  /** Whether it may, going by its real ids: access(2). */
  static boolean mayReal(Process process, Vnode vnode, int rights) {
    return may(process, process.realUid, process.realGid, vnode, rights);
  }

  private static boolean may(Process process, int uid, int gid, Vnode vnode, int rights) {
    boolean runs = (rights & EXECUTE) != 0 && vnode.isRegular();
    if (runs && vnode.mount.is(Mount.NO_EXECUTION)) {
      return false;
    }
    if (uid == 0) {
      boolean executable = vnode.isDirectory() || (vnode.mode & FileMode.ANY_EXECUTE) != 0;
      return (rights & EXECUTE) == 0 || executable;
    }
    int granted = granted(process, uid, gid, vnode.mode, vnode.uid, vnode.gid);
    return (granted & rights) == rights;
  }

  /** Whether a process may go through a directory that has these attributes. */
  static boolean maySearch(Process process, int mode, int owner, int group) {
    int granted = granted(process, process.uid, process.gid, mode, owner, group);
    return process.uid == 0 || (granted & EXECUTE) != 0;
  }

  /** What a mode grants, in the lowest three bits. */
  private static int granted(Process process, int uid, int gid, int mode, int owner, int group) {
    if (uid == owner) {
      return mode >>> 6;
    }
    return gid == group || process.hasSupplementary(group) ? mode >>> 3 : mode;
  }

  static boolean owns(Process process, Vnode vnode) {
    return process.uid == 0 || process.uid == vnode.uid;
  }

  /** What a process adds to a change of contents: DROP_SET_ID, or nothing for root. */
  static long dropSetId(Process process) {
    return process.uid == 0 ? 0 : FsProtocol.DROP_SET_ID;
  }

  /** 0, or the negated errno that forbids names to come or go in a directory. */
  static int changeNames(Process process, Vnode directory) {
    if (directory.mount.is(Mount.READ_ONLY)) {
      return -Errno.EROFS;
    }
    return may(process, directory, WRITE | EXECUTE) ? 0 : -Errno.EACCES;
  }

  /** 0, or EROFS, negated: nothing about this file may change. */
  static int change(Vnode vnode) {
    return vnode.mount.is(Mount.READ_ONLY) ? -Errno.EROFS : 0;
  }

  /** 0, or the negated errno that forbids to take a name away: also the sticky bit's rule. */
  static int remove(Process process, Vnode directory, Vnode victim) {
    int error = changeNames(process, directory);
    boolean sticky = (directory.mode & FileMode.STICKY) != 0;
    if (error == 0 && sticky && !owns(process, victim) && !owns(process, directory)) {
      return -Errno.EPERM;
    }
    return error;
  }

  /**
   * 0, or the negated errno that forbids another name for a file: who does not own it must be able
   * to read and write it, and it must give nobody its rights (Linux's protected_hardlinks).
   */
  static int link(Process process, Vnode file) {
    if (owns(process, file)) {
      return 0;
    }
    int asGroup = FileMode.SET_GROUP_ID | FileMode.GROUP_EXECUTE;
    boolean givesRights =
        (file.mode & FileMode.SET_USER_ID) != 0 || (file.mode & asGroup) == asGroup;
    boolean safe = file.isRegular() && !givesRights && may(process, file, READ | WRITE);
    return safe ? 0 : -Errno.EPERM;
  }

  /** Group of a new file: the directory's when that has the set-group-id bit. */
  static int newGroup(Process process, Vnode directory) {
    return (directory.mode & FileMode.SET_GROUP_ID) != 0 ? directory.gid : process.gid;
  }

  /** Mode of a new file of a type: umask applied, set-group-id passed on or dropped. */
  static int newMode(Process process, Vnode directory, int type, int mode) {
    int made = type | mode & FileMode.PERMISSIONS & ~process.umask;
    boolean inherits = (directory.mode & FileMode.SET_GROUP_ID) != 0;
    if (type == FileMode.DIRECTORY) {
      return inherits ? made | FileMode.SET_GROUP_ID : made;
    }
    boolean runsAsGroup = (made & FileMode.GROUP_EXECUTE) != 0;
    boolean member = process.uid == 0 || process.inGroup(newGroup(process, directory));
    return inherits && runsAsGroup && !member ? made & ~FileMode.SET_GROUP_ID : made;
  }
}
