package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * What a file system answers: inodes by number, no paths, no permissions, no descriptors. Called by
 * VFS, by VM for pages, and by whoever fills it at boot. The root directory is {@link
 * FsProtocol#ROOT}; a server may have more trees, each with a root of its own. VFS keeps an inode
 * alive by GET and PUT; without links and holders it is gone.
 *
 * <p>An entry answer is: inode, mode, size, uid, gid, device. A symbolic link whose device is not 0
 * is a {@link MagicLink}: VFS follows it by itself.
 */
public final class FsProtocol {

  /**
   * In WRITE and TRUNCATE: the set-user-id and set-group-id bits go, as when a plain user writes.
   */
  public static final int DROP_SET_ID = 1;

  /** In WRITE: the word {@code limit} counts (RLIMIT_FSIZE). */
  public static final int LIMITED = 2;

  /** The inode of the root directory. */
  public static final long ROOT = 1;

  /** The inode of the root directory of /sys, a second tree of the server that has /proc. */
  public static final long ROOT_OF_SYSFS = 2;

  /** In LOOKUP: the directory that has, or would have, the last name is held too. */
  public static final int KEEP_DIRECTORY = 1;

  /** In LOOKUP: what the last name leads to is only looked at. */
  public static final int LOOK_ONLY = 2;

  private FsProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * Follows the names of a path from a directory on, with slashes between them; {@code .} and
     * {@code ..}, which is not the root's, stand alone. A file system follows the first name at
     * least, and goes on in directories as long as it likes and the out-buffer has room: the answer
     * is the last that it found, and {@code passed} how many directories it went through to there.
     *
     * <p>The out-buffer gets a {@link PassedDirectory} for each of these, and behind them a {@link
     * FileStatus} of what the last name leads to, where the file system knows it without STAT.
     *
     * <p>What was found is held once more; but not with {@link FsProtocol#LOOK_ONLY} when it is no
     * symbolic link and its status is there. The last directory that was passed is held too when
     * what was found is a symbolic link, and with {@link FsProtocol#KEEP_DIRECTORY}, then in spite
     * of an error. Errors: ENOENT, ENAMETOOLONG, of the name behind those that were passed;
     * ENOTDIR.
     */
    LOOKUP(0x600, "directory flags:x <path >found", "inode mode:o bytes uid gid device passed"),

    /** Holds an inode once more. Errors: ESTALE. */
    GET(0x601, "inode", "inode mode:o bytes uid gid device"),

    /** Gives back that many holds. May also be sent one-way. */
    PUT(0x602, "inode count", "result"),

    /**
     * A new file, directory, FIFO or device; held once. Errors: EEXIST, ENOTDIR, ENOSPC,
     * ENAMETOOLONG.
     */
    CREATE(0x603, "directory mode:o uid gid device <name", "inode mode:o bytes uid gid device"),

    /** A symbolic link; the in-buffer is name and then target. Not held. */
    SYMLINK(0x604, "directory uid gid nameBytes <nameAndTarget", "inode"),

    /** One more name for an inode. Errors: EEXIST, EMLINK, EPERM (a directory). */
    LINK(0x605, "directory inode <name", "result"),

    /**
     * Removes a name; flags AT_REMOVEDIR: an empty directory. Errors: ENOENT, ENOTEMPTY, EISDIR,
     * ENOTDIR.
     */
    UNLINK(0x606, "directory flags:x <name", "inode"),

    /** As renameat2 between two directories; the in-buffer is the old name and then the new one. */
    RENAME(0x607, "from to flags:x fromBytes <names", "result"),

    /** The target. Errors: EINVAL. */
    READLINK(0x608, "inode bytes >target", "bytes"),

    /**
     * Reads; short only at the end of the file. Reader is the process that wants to know, 0 when it
     * is none: to itself, it shows as one that runs.
     */
    READ(0x609, "inode offset bytes reader >data", "bytes size"),

    /**
     * Writes; offset -1 appends, and the answer's size is then where it ended. Flags: {@link
     * FsProtocol#DROP_SET_ID}; {@link FsProtocol#LIMITED}: nothing is written from byte {@code
     * limit} on. Errors: ENOSPC; EFBIG, and {@code size} is 1 when it is for the limit.
     */
    WRITE(0x60a, "inode offset bytes flags:x limit <data", "bytes size"),

    /** A {@link FileStatus}. */
    STAT(0x60b, "inode >status", "result"),

    /** Mask: 1 mode, 2 uid, 4 gid. */
    SETATTR(0x60c, "inode mask:x mode:o uid gid", "result"),

    /** Sets times; {@link FileStatus#TIME_NOW} and {@link FileStatus#TIME_OMIT}. */
    UTIMES(0x60d, "inode access:ns modified:ns", "result"),

    /**
     * Sets the size; a file does not grow beyond {@code limit}. Flags: {@link
     * FsProtocol#DROP_SET_ID}. Errors: EISDIR, EINVAL; EFBIG, and {@code limited} is 1 when it is
     * for the limit.
     */
    TRUNCATE(0x60e, "inode bytes flags:x limit", "result limited"),

    /**
     * As fallocate(2): 0, KEEP_SIZE 1, PUNCH_HOLE 2; a file does not grow beyond {@code limit}.
     * Errors: EOPNOTSUPP, ENOSPC; EFBIG, and {@code limited} is 1 when it is for the limit.
     */
    FALLOCATE(0x60f, "inode mode:x offset bytes limit", "result limited"),

    /** SEEK_DATA (3) and SEEK_HOLE (4). Errors: ENXIO. */
    SEEK(0x610, "inode offset whence", "offset"),

    /**
     * Entries in the format of getdents64, from a position (0 first) on; positions stay valid while
     * other entries come and go.
     */
    READDIR(0x611, "inode position bytes >entries", "bytes position"),

    /** The directory above, for getcwd. Errors: ENOTDIR. */
    PARENT(0x612, "directory", "inode"),

    /** The name of an inode in a directory. Errors: ENOENT. */
    NAME_OF(0x613, "directory inode >name", "bytes"),

    /** The riscv64 struct statfs, 120 bytes, of the volume that an inode is in. */
    STATFS(0x614, "inode >status", "result"),

    /**
     * Page {@code page} (4 KiB) of a file, for VM of {@code node}: on the file system's own node
     * {@code shared} is 1 and the frame the file's own (or a copy, where VERSION says so), with one
     * reference for VM; on another it is 0, there is no frame, and the bytes are in the out-buffer.
     * Errors: ENXIO (beyond the end), ENOMEM, ESTALE.
     */
    PAGE(0x615, "inode page node >data", "shared frame bytes version"),

    /**
     * The number that changes with every change of the contents; {@code copies} is 1 when what is
     * written to the pages of the file does not reach it.
     */
    VERSION(0x616, "inode", "version bytes copies"),

    /**
     * The path from the root of this file system, by the name that an inode was last reached by;
     * {@code gone} is 1 when that name is no more. The root's is empty. Errors: ENAMETOOLONG.
     */
    PATH(0x617, "inode >path", "bytes gone"),

    /**
     * Makes a volume, a tree with a root of its own, by the options of mount(2), which a comma
     * separates; its root is held once, and the volume goes when nothing in it is held any more.
     * The out-buffer gets the options as {@code /proc/mounts} shows them, and a NUL where there is
     * room. Errors: ENODEV (no such thing here), EINVAL (an option that is none), ENOSPC.
     */
    VOLUME(0x618, "<options >shown", "inode mode:o bytes uid gid device"),

    /**
     * Other options for the volume that an inode is in; those that are not named stay. Errors:
     * ENODEV, EINVAL (also a size below what is used).
     */
    REMOUNT(0x619, "inode <options >shown", "bytes");

    private static final int FIRST = 0x600;
    private static final Call[] ALL = values();

    private final int number;
    private final Signature signature;

    Call(int number, String request, String answer) {
      this.number = number;
      this.signature = Signature.of(request, answer);
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Signature signature() {
      return signature;
    }
  }

  /** What a file system does, one method a call; each answers the request once, now or later. */
  public interface Service {
    /** {@link Call#LOOKUP}. */
    void lookup(Turn turn, long request, long directory, long flags);

    /** {@link Call#GET}. */
    void get(Turn turn, long request, long inode);

    /** {@link Call#PUT}. */
    void put(Turn turn, long request, long inode, long count);

    /** {@link Call#CREATE}. */
    void create(
        Turn turn, long request, long directory, long mode, long uid, long gid, long device);

    /** {@link Call#SYMLINK}. */
    void symlink(Turn turn, long request, long directory, long uid, long gid, long nameBytes);

    /** {@link Call#LINK}. */
    void link(Turn turn, long request, long directory, long inode);

    /** {@link Call#UNLINK}. */
    void unlink(Turn turn, long request, long directory, long flags);

    /** {@link Call#RENAME}. */
    void rename(Turn turn, long request, long from, long to, long flags, long fromBytes);

    /** {@link Call#READLINK}. */
    void readlink(Turn turn, long request, long inode, long bytes);

    /** {@link Call#READ}. */
    void read(Turn turn, long request, long inode, long offset, long bytes, long reader);

    /** {@link Call#WRITE}. */
    void write(
        Turn turn, long request, long inode, long offset, long bytes, long flags, long limit);

    /** {@link Call#STAT}. */
    void stat(Turn turn, long request, long inode);

    /** {@link Call#SETATTR}. */
    void setattr(Turn turn, long request, long inode, long mask, long mode, long uid, long gid);

    /** {@link Call#UTIMES}. */
    void utimes(Turn turn, long request, long inode, long access, long modified);

    /** {@link Call#TRUNCATE}. */
    void truncate(Turn turn, long request, long inode, long bytes, long flags, long limit);

    /** {@link Call#FALLOCATE}. */
    void fallocate(
        Turn turn, long request, long inode, long mode, long offset, long bytes, long limit);

    /** {@link Call#SEEK}. */
    void seek(Turn turn, long request, long inode, long offset, long whence);

    /** {@link Call#READDIR}. */
    void readdir(Turn turn, long request, long inode, long position, long bytes);

    /** {@link Call#PARENT}. */
    void parent(Turn turn, long request, long directory);

    /** {@link Call#NAME_OF}. */
    void nameOf(Turn turn, long request, long directory, long inode);

    /** {@link Call#STATFS}. */
    void statfs(Turn turn, long request, long inode);

    /** {@link Call#PAGE}. */
    void page(Turn turn, long request, long inode, long page, long node);

    /** {@link Call#VERSION}. */
    void version(Turn turn, long request, long inode);

    /** {@link Call#PATH}. */
    void path(Turn turn, long request, long inode);

    /** {@link Call#VOLUME}. */
    void volume(Turn turn, long request);

    /** {@link Call#REMOUNT}. */
    void remount(Turn turn, long request, long inode);
  }

  /** Hands a request to the method of its call; a number that is none of them answers ENOSYS. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    int index = m.type - Call.FIRST;
    if (index < 0 || index >= Call.ALL.length) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (Call.ALL[index]) {
      case null ->
          throw new AssertionError("with this case, a call without a method does not compile");
      case LOOKUP -> service.lookup(turn, request, m.w0, m.w1);
      case GET -> service.get(turn, request, m.w0);
      case PUT -> service.put(turn, request, m.w0, m.w1);
      case CREATE -> service.create(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case SYMLINK -> service.symlink(turn, request, m.w0, m.w1, m.w2, m.w3);
      case LINK -> service.link(turn, request, m.w0, m.w1);
      case UNLINK -> service.unlink(turn, request, m.w0, m.w1);
      case RENAME -> service.rename(turn, request, m.w0, m.w1, m.w2, m.w3);
      case READLINK -> service.readlink(turn, request, m.w0, m.w1);
      case READ -> service.read(turn, request, m.w0, m.w1, m.w2, m.w3);
      case WRITE -> service.write(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case STAT -> service.stat(turn, request, m.w0);
      case SETATTR -> service.setattr(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case UTIMES -> service.utimes(turn, request, m.w0, m.w1, m.w2);
      case TRUNCATE -> service.truncate(turn, request, m.w0, m.w1, m.w2, m.w3);
      case FALLOCATE -> service.fallocate(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case SEEK -> service.seek(turn, request, m.w0, m.w1, m.w2);
      case READDIR -> service.readdir(turn, request, m.w0, m.w1, m.w2);
      case PARENT -> service.parent(turn, request, m.w0);
      case NAME_OF -> service.nameOf(turn, request, m.w0, m.w1);
      case STATFS -> service.statfs(turn, request, m.w0);
      case PAGE -> service.page(turn, request, m.w0, m.w1, m.w2);
      case VERSION -> service.version(turn, request, m.w0);
      case PATH -> service.path(turn, request, m.w0);
      case VOLUME -> service.volume(turn, request);
      case REMOUNT -> service.remount(turn, request, m.w0);
    }
  }
}
