package org.atoll.abi.protocol;

import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;

/**
 * What a file system answers: inodes by number, no paths, no permissions, no descriptors. Called by
 * VFS, by VM for pages, and by whoever fills it at boot. The root directory is inode 1. VFS keeps an
 * inode alive by GET and PUT; without links and holders it is gone.
 *
 * An entry answer is: inode, mode, size, uid, gid, device, version.
 */
public final class FsProtocol {

  private FsProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * One path component, not {@code .} or {@code ..} of the root; holds the inode once more. Errors: ENOENT,
     * ENOTDIR, ENAMETOOLONG.
     */
    LOOKUP(0x600, "directory <name", "inode mode:o bytes uid gid device version"),

    /**
     * Holds an inode once more. Errors: ESTALE.
     */
    GET(0x601, "inode", "inode mode:o bytes uid gid device version"),

    /**
     * Gives back that many holds.
     */
    PUT(0x602, "inode count", "result"),

    /**
     * A new file, directory, FIFO or device; held once. Errors: EEXIST, ENOTDIR, ENOSPC, ENAMETOOLONG.
     */
    CREATE(0x603, "directory mode:o uid gid device <name", "inode mode:o bytes uid gid device version"),

    /**
     * A symbolic link; the in-buffer is name and then target. Not held.
     */
    SYMLINK(0x604, "directory uid gid nameBytes <nameAndTarget", "inode"),

    /**
     * One more name for an inode. Errors: EEXIST, EMLINK, EPERM (a directory).
     */
    LINK(0x605, "directory inode <name", "result"),

    /**
     * Removes a name; flags AT_REMOVEDIR: an empty directory. Errors: ENOENT, ENOTEMPTY, EISDIR, ENOTDIR.
     */
    UNLINK(0x606, "directory flags:x <name", "inode"),

    /**
     * As renameat2 between two directories; the in-buffer is the old name and then the new one.
     */
    RENAME(0x607, "from to flags:x fromBytes <names", "result"),

    /**
     * The target. Errors: EINVAL.
     */
    READLINK(0x608, "inode bytes >target", "bytes"),

    /**
     * Reads; short only at the end of the file.
     */
    READ(0x609, "inode offset bytes >data", "bytes size"),

    /**
     * Writes; offset -1 appends, and the answer's size is then where it ended. Errors: ENOSPC, EFBIG.
     */
    WRITE(0x60a, "inode offset bytes <data", "bytes size"),

    /**
     * A {@link FileStatus}.
     */
    STAT(0x60b, "inode >status", "result"),

    /**
     * Mask: 1 mode, 2 uid, 4 gid.
     */
    SETATTR(0x60c, "inode mask:x mode:o uid gid", "result"),

    /**
     * Sets times; {@link FileStatus#TIME_NOW} and {@link FileStatus#TIME_OMIT}.
     */
    UTIMES(0x60d, "inode access:ns modified:ns", "result"),

    /**
     * Sets the size. Errors: EFBIG, EISDIR.
     */
    TRUNCATE(0x60e, "inode bytes", "result"),

    /**
     * As fallocate(2): 0, KEEP_SIZE 1, PUNCH_HOLE 2. Errors: EOPNOTSUPP, ENOSPC.
     */
    FALLOCATE(0x60f, "inode mode:x offset bytes", "result"),

    /**
     * SEEK_DATA (3) and SEEK_HOLE (4). Errors: ENXIO.
     */
    SEEK(0x610, "inode offset whence", "offset"),

    /**
     * Entries in the format of getdents64, from a position (0 first) on; positions stay valid while other
     * entries come and go.
     */
    READDIR(0x611, "inode position bytes >entries", "bytes position"),

    /**
     * The directory above, for getcwd. Errors: ENOTDIR.
     */
    PARENT(0x612, "directory", "inode"),

    /**
     * The name of an inode in a directory. Errors: ENOENT.
     */
    NAME_OF(0x613, "directory inode >name", "bytes"),

    /**
     * The riscv64 struct statfs, 120 bytes.
     */
    STATFS(0x614, ">status", "result"),

    /**
     * Page {@code page} (4 KiB) of a file, for VM of {@code node}: on the file system's own node the frame itself,
     * with one reference more; on another, frame -1 and its bytes in the out-buffer. Errors: ENXIO (beyond
     * the end), ENOMEM, ESTALE.
     */
    PAGE(0x615, "inode page node >data", "frame bytes version"),

    /**
     * The number that changes with every change of the contents.
     */
    VERSION(0x616, "inode", "version bytes");

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
}
