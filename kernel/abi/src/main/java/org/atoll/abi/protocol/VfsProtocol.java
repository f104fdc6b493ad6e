package org.atoll.abi.protocol;

import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;

/**
 * The virtual file system: descriptors, path walk, permissions, mounts, pipes, poll, locks.
 *
 * A process calls for itself, except where the call names one. {@code dirfd} is a descriptor or
 * AT_FDCWD (-100). Paths are in the in-buffer without a terminating NUL. Flags, modes and structures
 * are Linux's for riscv64 where they have a Linux name. Every call that can wait is answered EINTR
 * (or with its progress) when cancelled.
 */
public final class VfsProtocol {

  private VfsProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * As openat(2).
     */
    OPEN(0x500, "dirfd flags:o mode:o <path", "fd"),

    /**
     * Opens a regular file that the caller may execute, for exec: the descriptor is outside the
     * process's numbers and limits and goes away with EXEC or CLOSE. Errors: EACCES (also not a regular
     * file or no execute bit), ENOENT, ELOOP, ETXTBSY.
     */
    OPEN_EXEC(0x501, "dirfd flags:x <path", "fd mode:o uid gid size"),

    /**
     * As close(2).
     */
    CLOSE(0x502, "fd", "result"),

    /**
     * As close_range(2).
     */
    CLOSE_RANGE(0x503, "first last flags:x", "result"),

    /**
     * As read(2) or, with an offset &gt;= 0, pread(2). At most 64 KiB a call; {@code more} is 1 when the
     * file is regular and the next piece may be asked for at once.
     */
    READ(0x504, "fd bytes offset >data", "bytes more"),

    /**
     * As write(2) or, with an offset &gt;= 0, pwrite(2). The caller raises SIGPIPE on EPIPE, SIGXFSZ on
     * EFBIG. {@code more} as in READ.
     */
    WRITE(0x505, "fd bytes offset <data", "bytes more"),

    /**
     * As lseek(2), with SEEK_DATA and SEEK_HOLE.
     */
    SEEK(0x506, "fd offset whence", "offset"),

    /**
     * As fstatat(2), with AT_EMPTY_PATH and AT_SYMLINK_NOFOLLOW; answers a {@link FileStatus}.
     */
    STAT(0x507, "dirfd flags:x <path >status", "result"),

    /**
     * As getdents64(2), in its format.
     */
    GETDENTS(0x508, "fd bytes >entries", "bytes"),

    /**
     * As pipe2(2).
     */
    PIPE(0x509, "flags:o", "fd0 fd1"),

    /**
     * The lowest free descriptor from {@code least} on; flags O_CLOEXEC.
     */
    DUP(0x50a, "fd least flags:o", "fd"),

    /**
     * As dup3(2), but equal numbers are allowed and change nothing.
     */
    DUP_TO(0x50b, "fd target flags:o", "fd"),

    /**
     * As fcntl(2) without locks and duplicates: F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETPIPE_SZ,
     * F_SETPIPE_SZ, F_GETOWN.
     */
    FCNTL(0x50c, "fd command argument", "result"),

    /**
     * As fcntl F_GETLK (5), F_SETLK (6), F_SETLKW (7); OFD commands 36 to 38.
     */
    LOCK(0x50d, "fd command type whence start bytes", "result type whence start bytes pid"),

    /**
     * As flock(2).
     */
    FLOCK(0x50e, "fd operation", "result"),

    /**
     * As ioctl(2): the caller knows the direction and size of the request's structure and passes it as
     * buffers. Errors: ENOTTY.
     */
    IOCTL(0x50f, "fd request:x argument <in >out", "result"),

    /**
     * As mkdirat(2).
     */
    MKDIR(0x510, "dirfd mode:o <path", "result"),

    /**
     * As mknodat(2).
     */
    MKNOD(0x511, "dirfd mode:o device <path", "result"),

    /**
     * As unlinkat(2), with AT_REMOVEDIR.
     */
    UNLINK(0x512, "dirfd flags:x <path", "result"),

    /**
     * As renameat2(2); the in-buffer is the old path ({@code fromBytes}) and then the new one.
     */
    RENAME(0x513, "fromfd tofd flags:x fromBytes <paths", "result"),

    /**
     * As linkat(2); buffer as in RENAME.
     */
    LINK(0x514, "fromfd tofd flags:x fromBytes <paths", "result"),

    /**
     * As symlinkat(2); the in-buffer is the target and then the path.
     */
    SYMLINK(0x515, "dirfd targetBytes <paths", "result"),

    /**
     * As readlinkat(2).
     */
    READLINK(0x516, "dirfd bytes <path >target", "bytes"),

    /**
     * As chdir(2).
     */
    CHDIR(0x517, "<path", "result"),

    /**
     * As fchdir(2).
     */
    FCHDIR(0x518, "fd", "result"),

    /**
     * As chroot(2).
     */
    CHROOT(0x519, "<path", "result"),

    /**
     * The current directory's path with its NUL. Errors: ENOENT, ERANGE.
     */
    GETCWD(0x51a, ">path", "bytes"),

    /**
     * As umask(2).
     */
    UMASK(0x51b, "mask:o", "mask:o"),

    /**
     * As faccessat2(2).
     */
    ACCESS(0x51c, "dirfd mode:o flags:x <path", "result"),

    /**
     * As fchmodat2(2), with AT_EMPTY_PATH for fchmod.
     */
    CHMOD(0x51d, "dirfd mode:o flags:x <path", "result"),

    /**
     * As fchownat(2).
     */
    CHOWN(0x51e, "dirfd uid gid flags:x <path", "result"),

    /**
     * As utimensat(2); times in nanoseconds since the Epoch; {@link FileStatus#TIME_NOW} and
     * {@link FileStatus#TIME_OMIT}.
     */
    UTIMES(0x51f, "dirfd access:ns modified:ns flags:x <path", "result"),

    /**
     * As truncate(2).
     */
    TRUNCATE(0x520, "bytes <path", "result"),

    /**
     * As ftruncate(2).
     */
    FTRUNCATE(0x521, "fd bytes", "result"),

    /**
     * As fallocate(2).
     */
    FALLOCATE(0x522, "fd mode:x offset bytes", "result"),

    /**
     * As fsync, fdatasync (kind 1), syncfs (kind 2); fd -1: sync.
     */
    SYNC(0x523, "fd kind", "result"),

    /**
     * As statfs(2) (fd -1) or fstatfs: the riscv64 structure, 120 bytes.
     */
    STATFS(0x524, "fd <path >status", "result"),

    /**
     * As ppoll(2): struct pollfd in and out; a timeout &lt; 0 waits for ever; the signal mask is the
     * caller's affair.
     */
    POLL(0x525, "count timeout:ns <fds >fds", "ready"),

    /**
     * As mount(2); the in-buffer is source, target and type. Errors: ENODEV for an unknown type.
     */
    MOUNT(0x526, "flags:x sourceBytes targetBytes typeBytes <strings", "result"),

    /**
     * As umount2(2).
     */
    UMOUNT(0x527, "flags:x <path", "result"),

    /**
     * RLIMIT_NOFILE (7) and RLIMIT_FSIZE (1) of the caller; -1: unlimited.
     */
    LIMIT(0x528, "resource value", "result"),

    /**
     * From VM: the file behind a descriptor, for a mapping, checked for the rights that mmap(2) asks. The
     * handle keeps the inode until UNMAP. Errors: EBADF, EACCES, ENODEV.
     */
    MAP(0x529, "process:ep fd protection:x flags:x", "handle fs:ep inode version bytes"),

    /**
     * From VM: the mapping is gone.
     */
    UNMAP(0x52a, "handle", "result"),

    /**
     * From PM: the child shares the parent's open files.
     */
    FORK(0x52b, "parent:ep child:ep", "result"),

    /**
     * From PM: closes what is close-on-exec; new effective ids when not -1.
     */
    EXEC(0x52c, "process:ep uid gid", "result"),

    /**
     * From PM: closes everything. Answered when it is.
     */
    EXIT(0x52d, "process:ep", "result"),

    /**
     * From PM: the ids that file permissions go by, and supplementary groups.
     */
    CREDENTIALS(0x52e, "process:ep uid gid count <groups", "result"),

    /**
     * From PM: a fresh process: root, umask 022, directory /, descriptors 0, 1 and 2 on the console.
     */
    INIT_PROCESS(0x52f, "process:ep", "result");

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
