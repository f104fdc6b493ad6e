package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.PassedDirectory;

/**
 * The answer to a LOOKUP: the directories that it went through, the status of what it found, and
 * what of all that the file system now holds once more. Valid in the turn of the answer.
 */
final class LookupAnswer {

  private final byte[] bytes = new byte[PassedDirectory.ANSWER_BYTES_MAX];
  private long found;
  private int passed;
  private boolean hasStatus;
  private boolean holdsDirectory;
  private boolean holdsFound;

  /**
   * Takes it out of the turn.
   *
   * @param keepsDirectory whether KEEP_DIRECTORY was asked for
   * @param looksOnly whether LOOK_ONLY was
   * @return 0, or EIO, negated, when the answer makes no sense
   */
  int read(Turn turn, Message answer, boolean keepsDirectory, boolean looksOnly) {
    boolean sound = answer.w6 >= 0 && answer.w6 <= PassedDirectory.MOST;
    boolean isFound = answer.w0 >= 0;
    boolean link = isFound && ((int) answer.w1 & FileMode.TYPE) == FileMode.SYMLINK;
    found = answer.w0;
    passed = sound ? (int) answer.w6 : 0;
    int carried = isFound || passed > 0 ? turn.answerBytes(0, bytes, 0, bytes.length) : 0;
    hasStatus = isFound && carried >= statusAt() + FileStatus.BYTES;
    holdsDirectory = passed > 0 && (keepsDirectory || link);
    holdsFound = isFound && (!looksOnly || !hasStatus || link);
    return sound && carried >= statusAt() ? 0 : -Errno.EIO;
  }

  private int statusAt() {
    return passed * PassedDirectory.BYTES;
  }

  /** How many directories it went through. */
  int passed() {
    return passed;
  }

  /** The inode of one of them. */
  long inode(int number) {
    return PassedDirectory.inode(bytes, number);
  }

  /** Whether a process may go through one of them. */
  boolean maySearch(Process process, int number) {
    int mode = PassedDirectory.mode(bytes, number);
    int uid = PassedDirectory.uid(bytes, number);
    return Permission.maySearch(process, mode, uid, PassedDirectory.gid(bytes, number));
  }

  /** Whether the last of them is held once more. */
  boolean holdsDirectory() {
    return holdsDirectory;
  }

  /** The vnode of the last of them, with that hold; referenced for the caller. */
  Vnode directory(VfsState state, Mount mount) {
    int last = passed - 1;
    int mode = PassedDirectory.mode(bytes, last);
    int uid = PassedDirectory.uid(bytes, last);
    int gid = PassedDirectory.gid(bytes, last);
    Vnode vnode = state.look(mount, inode(last), mode, uid, gid, 0);
    vnode.holds++;
    return vnode;
  }

  /** Whether what was found is held once more. */
  boolean holdsFound() {
    return holdsFound;
  }

  /** Gives back all that is held: the walk goes another way than the file system. */
  void giveBack(Puts puts, Mount mount) {
    if (holdsDirectory) {
      puts.add(mount.fs, inode(passed - 1), 1);
    }
    if (holdsFound) {
      puts.add(mount.fs, found, 1);
    }
  }

  /** Whether it has the status of what was found. */
  boolean hasStatus() {
    return hasStatus;
  }

  /** Answers a request that wants that status: 0, or a negated errno. */
  int copyStatus(Turn turn, long request) {
    if (turn.kernel().outBytes(request) < FileStatus.BYTES) {
      return -Errno.EINVAL;
    }
    return Math.min(0, turn.kernel().copyOut(request, 0, bytes, statusAt(), FileStatus.BYTES));
  }
}
