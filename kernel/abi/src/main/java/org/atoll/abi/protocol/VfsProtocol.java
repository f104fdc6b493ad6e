package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * The virtual file system: descriptors, path walk, permissions, mounts, pipes, poll, locks.
 *
 * <p>A process calls for itself, except where the call names one. {@code dirfd} is a descriptor or
 * AT_FDCWD (-100). Paths are in the in-buffer without a terminating NUL. Flags, modes and
 * structures are Linux's for riscv64 where they have a Linux name. Every call that can wait is
 * answered EINTR (or with its progress) when cancelled.
 */
public final class VfsProtocol {

  /** Handle in the answer to MAP: there is no file, but zeros ({@code /dev/zero}). */
  public static final long NO_FILE = 0;

  /**
   * In the job of a WRITE without bytes: no message is sent, what is asked is whether one could.
   */
  public static final int NO_MESSAGE = 0x100;

  /** What READ answers for {@code more}, when the rest is for RECEIVE of {@link SocketProtocol}. */
  public static final long OF_SOCKET = 2;

  private VfsProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /** As openat(2). */
    OPEN(0x500, "dirfd flags:o mode:o <path", "fd"),

    /**
     * Opens a regular file that the caller may execute, for exec: the descriptor is outside the
     * process's numbers and limits and goes away with EXEC or CLOSE. Errors: EACCES (also not a
     * regular file or no execute bit), ENOENT, ELOOP, ETXTBSY.
     */
    OPEN_EXEC(0x501, "dirfd flags:x <path", "fd mode:o uid gid size"),

    /** As close(2). */
    CLOSE(0x502, "fd", "result"),

    /** As close_range(2). */
    CLOSE_RANGE(0x503, "first last flags:x", "result"),

    /**
     * As read(2) or, with an offset &gt;= 0, pread(2). At most 64 KiB a call; {@code more} is 1
     * when the file is regular and the next piece may be asked for at once, and {@link #OF_SOCKET}
     * for a stream's. EMSGSIZE for all of 64 KiB: the message is for RECEIVE or SEND of {@link
     * SocketProtocol}, which know pieces. Job: what the caller does with SIGTTIN and SIGTTOU, as in
     * {@link DeviceProtocol}.
     */
    READ(0x504, "fd bytes offset job:x >data", "bytes more"),

    /**
     * As write(2) or, with an offset &gt;= 0, pwrite(2). {@code more} as in READ; it is 1 also when
     * a pipe or a command stream took the whole piece, so that a program sees short writes only
     * where Linux makes them. The caller raises SIGPIPE on EPIPE, and {@code signal} if it is not
     * 0: SIGPIPE when readers left a write half-way, SIGXFSZ when EFBIG is for its limit. With
     * EPIPE of a socket, {@code more} is 1, and {@code signal} is raised only when nothing of the
     * whole write was taken.
     */
    WRITE(0x505, "fd bytes offset job:x <data", "bytes more signal"),

    /** As lseek(2), with SEEK_DATA and SEEK_HOLE. */
    SEEK(0x506, "fd offset whence", "offset"),

    /** As fstatat(2), with AT_EMPTY_PATH and AT_SYMLINK_NOFOLLOW; answers a {@link FileStatus}. */
    STAT(0x507, "dirfd flags:x <path >status", "result"),

    /** As getdents64(2), in its format. */
    GETDENTS(0x508, "fd bytes >entries", "bytes"),

    /** As pipe2(2). */
    PIPE(0x509, "flags:o", "fd0 fd1"),

    /** The lowest free descriptor from {@code least} on; flags O_CLOEXEC. */
    DUP(0x50a, "fd least flags:o", "fd"),

    /** As dup3(2), but equal numbers are allowed and change nothing. */
    DUP_TO(0x50b, "fd target flags:o", "fd"),

    /**
     * As fcntl(2) without locks and duplicates: F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETPIPE_SZ,
     * F_SETPIPE_SZ, and the owner: F_SETOWN, F_GETOWN, F_SETSIG, F_GETSIG, F_SETOWN_EX (whose
     * argument is the kind, and above its 32 bits the number), F_GETOWN_EX.
     */
    FCNTL(0x50c, "fd command argument", "result owner kind"),

    /** As fcntl F_GETLK (5), F_SETLK (6), F_SETLKW (7); OFD commands 36 to 38. */
    LOCK(0x50d, "fd command type whence start bytes", "result type whence start bytes pid"),

    /** As flock(2). */
    FLOCK(0x50e, "fd operation", "result"),

    /**
     * As ioctl(2): the caller knows the direction and size of the operation's structure and passes
     * it as buffers. Job as in READ. Errors: ENOTTY.
     */
    IOCTL(0x50f, "fd operation:x argument job:x <in >out", "result"),

    /** As mkdirat(2). */
    MKDIR(0x510, "dirfd mode:o <path", "result"),

    /** As mknodat(2). */
    MKNOD(0x511, "dirfd mode:o device <path", "result"),

    /** As unlinkat(2), with AT_REMOVEDIR. */
    UNLINK(0x512, "dirfd flags:x <path", "result"),

    /** As renameat2(2); the in-buffer is the old path ({@code fromBytes}) and then the new one. */
    RENAME(0x513, "fromfd tofd flags:x fromBytes <paths", "result"),

    /** As linkat(2); buffer as in RENAME. */
    LINK(0x514, "fromfd tofd flags:x fromBytes <paths", "result"),

    /** As symlinkat(2); the in-buffer is the target and then the path. */
    SYMLINK(0x515, "dirfd targetBytes <paths", "result"),

    /** As readlinkat(2). */
    READLINK(0x516, "dirfd bytes <path >target", "bytes"),

    /** As chdir(2). */
    CHDIR(0x517, "<path", "result"),

    /** As fchdir(2). */
    FCHDIR(0x518, "fd", "result"),

    /** As chroot(2). */
    CHROOT(0x519, "<path", "result"),

    /** The current directory's path with its NUL. Errors: ENOENT, ERANGE. */
    GETCWD(0x51a, ">path", "bytes"),

    /** As umask(2). */
    UMASK(0x51b, "mask:o", "mask:o"),

    /** As faccessat2(2). */
    ACCESS(0x51c, "dirfd mode:o flags:x <path", "result"),

    /** As fchmodat2(2), with AT_EMPTY_PATH for fchmod. */
    CHMOD(0x51d, "dirfd mode:o flags:x <path", "result"),

    /** As fchownat(2). */
    CHOWN(0x51e, "dirfd uid gid flags:x <path", "result"),

    /**
     * As utimensat(2); times in nanoseconds since the Epoch; {@link FileStatus#TIME_NOW} and {@link
     * FileStatus#TIME_OMIT}.
     */
    UTIMES(0x51f, "dirfd access:ns modified:ns flags:x <path", "result"),

    /** As truncate(2); the caller raises {@code signal} if it is not 0 (SIGXFSZ). */
    TRUNCATE(0x520, "bytes <path", "result signal"),

    /** As ftruncate(2); the caller raises {@code signal} if it is not 0 (SIGXFSZ). */
    FTRUNCATE(0x521, "fd bytes", "result signal"),

    /** As fallocate(2); the caller raises {@code signal} if it is not 0 (SIGXFSZ). */
    FALLOCATE(0x522, "fd mode:x offset bytes", "result signal"),

    /** As fsync, fdatasync (kind 1), syncfs (kind 2); fd -1: sync. */
    SYNC(0x523, "fd kind", "result"),

    /** As statfs(2) (fd -1) or fstatfs: the riscv64 structure, 120 bytes. */
    STATFS(0x524, "fd <path >status", "result"),

    /**
     * As ppoll(2): struct pollfd in and out; a timeout &lt; 0 waits for ever; the signal mask is
     * the caller's affair. Pending: the signals that are pending for the caller, for descriptors of
     * signals.
     */
    POLL(0x525, "count timeout:ns pending:x <fds >fds", "ready"),

    /**
     * As mount(2); the in-buffer is source, target, type and the options of the file system. Type
     * {@code server}: the file system that the task with the endpoint {@code source}
     * (slot.generation) serves. Errors: ENODEV for an unknown type.
     *
     * <p>From a task of the system, which is no process, on VFS's own node: mounts the file system
     * that {@code fs} serves, from the inode {@code root} on, and makes the target, with the
     * directories above, where it is missing. The first one is the root. Errors: EBUSY, ENOTDIR (a
     * file on a directory, or the reverse), and those of making directories.
     */
    MOUNT(0x526, "flags:x sourceBytes targetBytes typeBytes fs:ep root <strings", "result"),

    /** As umount2(2). */
    UMOUNT(0x527, "flags:x <path", "result"),

    /**
     * RLIMIT_NOFILE (7) and RLIMIT_FSIZE (1); -1: unlimited. Of the caller when there is no task,
     * or from PM of another process. Errors: EINVAL, EPERM, ESRCH.
     */
    LIMIT(0x528, "resource value task:ep", "result"),

    /**
     * From VM: the file behind a descriptor, for a mapping, checked for the rights that mmap(2)
     * asks. The handle keeps the inode until UNMAP. Writable: 1 when the descriptor may write, and
     * so a shared mapping, too, now or later. A handle {@link VfsProtocol#NO_FILE} is kept by
     * nobody. Errors: EBADF, EACCES, ENODEV.
     */
    MAP(0x529, "process:ep fd protection:x flags:x", "handle fs:ep inode version bytes writable"),

    /** From VM: the mapping is gone. */
    UNMAP(0x52a, "handle", "result"),

    /** From PM: the child shares the parent's open files; pid is the child's, for F_GETLK. */
    FORK(0x52b, "parent:ep child:ep pid", "result"),

    /**
     * From PM: closes what is close-on-exec; new effective ids when not -1; program is the
     * descriptor that OPEN_EXEC answered for the program.
     */
    EXEC(0x52c, "process:ep uid gid program", "result"),

    /** From PM: closes everything. Answered when it is. */
    EXIT(0x52d, "process:ep", "result"),

    /**
     * From PM: the ids that file permissions go by. The buffer holds {@code count} supplementary
     * groups and behind them, when it is long enough, the real uid and gid, by which access(2)
     * goes; all 32 bits.
     */
    CREDENTIALS(0x52e, "process:ep uid gid count <groups", "result"),

    /**
     * From PM: a fresh process: root, umask 022, directory /, descriptors 0, 1 and 2 on the
     * console.
     */
    INIT_PROCESS(0x52f, "process:ep pid", "result"),

    /**
     * From servers: the open descriptors of a process from {@code first} on, as pairs of 32 bits:
     * number and flags as F_GETFL answers them. Answered at once. Errors: ESRCH.
     */
    DESCRIPTORS(0x530, "pid first >table", "count"),

    /**
     * From servers: what is mounted, as a process sees it: lines as in proc_pid_mounts(5), or with
     * {@code info} 1 as in proc_pid_mountinfo(5). Errors: ESRCH, ENAMETOOLONG (more than the buffer
     * has room for).
     */
    MOUNTS(0x531, "pid info >lines", "bytes"),

    /**
     * From servers: the path of a file that VM has mapped, by the handle that MAP gave, as a
     * process sees it; "(deleted)" follows one that has none any more. Errors: ESRCH, ENOENT (no
     * such handle).
     */
    MAPPED_PATH(0x532, "pid handle >path", "bytes"),

    /**
     * From servers: what files are made and permitted by: the supplementary groups of a process, 32
     * bits each, its umask, and how many descriptors its table has room for. Answered at once.
     * Errors: ESRCH.
     */
    MAKER(0x533, "pid >groups", "count umask:o descriptors"),

    /**
     * From servers: an open descriptor: its offset, the flags that it was opened with and those of
     * F_SETFL, whether exec closes it, the number of its mount, -1 when it has no place in the
     * tree, and its inode. Answered at once. Errors: ESRCH, ENOENT.
     */
    DESCRIPTOR(0x534, "pid fd", "result position flags:o closesOnExec mount inode");

    private static final int FIRST = 0x500;
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

  /**
   * What the virtual file system does, one method a call; each answers the request once, now or
   * later.
   */
  public interface Service {
    /** {@link Call#OPEN}. */
    void open(Turn turn, long request, long dirfd, long flags, long mode);

    /** {@link Call#OPEN_EXEC}. */
    void openExec(Turn turn, long request, long dirfd, long flags);

    /** {@link Call#CLOSE}. */
    void close(Turn turn, long request, long fd);

    /** {@link Call#CLOSE_RANGE}. */
    void closeRange(Turn turn, long request, long first, long last, long flags);

    /** {@link Call#READ}. */
    void read(Turn turn, long request, long fd, long bytes, long offset, long job);

    /** {@link Call#WRITE}. */
    void write(Turn turn, long request, long fd, long bytes, long offset, long job);

    /** {@link Call#SEEK}. */
    void seek(Turn turn, long request, long fd, long offset, long whence);

    /** {@link Call#STAT}. */
    void stat(Turn turn, long request, long dirfd, long flags);

    /** {@link Call#GETDENTS}. */
    void getdents(Turn turn, long request, long fd, long bytes);

    /** {@link Call#PIPE}. */
    void pipe(Turn turn, long request, long flags);

    /** {@link Call#DUP}. */
    void dup(Turn turn, long request, long fd, long least, long flags);

    /** {@link Call#DUP_TO}. */
    void dupTo(Turn turn, long request, long fd, long target, long flags);

    /** {@link Call#FCNTL}. */
    void fcntl(Turn turn, long request, long fd, long command, long argument);

    /** {@link Call#LOCK}. */
    void lock(
        Turn turn,
        long request,
        long fd,
        long command,
        long type,
        long whence,
        long start,
        long bytes);

    /** {@link Call#FLOCK}. */
    void flock(Turn turn, long request, long fd, long operation);

    /** {@link Call#IOCTL}. */
    void ioctl(Turn turn, long request, long fd, long operation, long argument, long job);

    /** {@link Call#MKDIR}. */
    void mkdir(Turn turn, long request, long dirfd, long mode);

    /** {@link Call#MKNOD}. */
    void mknod(Turn turn, long request, long dirfd, long mode, long device);

    /** {@link Call#UNLINK}. */
    void unlink(Turn turn, long request, long dirfd, long flags);

    /** {@link Call#RENAME}. */
    void rename(Turn turn, long request, long fromfd, long tofd, long flags, long fromBytes);

    /** {@link Call#LINK}. */
    void link(Turn turn, long request, long fromfd, long tofd, long flags, long fromBytes);

    /** {@link Call#SYMLINK}. */
    void symlink(Turn turn, long request, long dirfd, long targetBytes);

    /** {@link Call#READLINK}. */
    void readlink(Turn turn, long request, long dirfd, long bytes);

    /** {@link Call#CHDIR}. */
    void chdir(Turn turn, long request);

    /** {@link Call#FCHDIR}. */
    void fchdir(Turn turn, long request, long fd);

    /** {@link Call#CHROOT}. */
    void chroot(Turn turn, long request);

    /** {@link Call#GETCWD}. */
    void getcwd(Turn turn, long request);

    /** {@link Call#UMASK}. */
    void umask(Turn turn, long request, long mask);

    /** {@link Call#ACCESS}. */
    void access(Turn turn, long request, long dirfd, long mode, long flags);

    /** {@link Call#CHMOD}. */
    void chmod(Turn turn, long request, long dirfd, long mode, long flags);

    /** {@link Call#CHOWN}. */
    void chown(Turn turn, long request, long dirfd, long uid, long gid, long flags);

    /** {@link Call#UTIMES}. */
    void utimes(Turn turn, long request, long dirfd, long access, long modified, long flags);

    /** {@link Call#TRUNCATE}. */
    void truncate(Turn turn, long request, long bytes);

    /** {@link Call#FTRUNCATE}. */
    void ftruncate(Turn turn, long request, long fd, long bytes);

    /** {@link Call#FALLOCATE}. */
    void fallocate(Turn turn, long request, long fd, long mode, long offset, long bytes);

    /** {@link Call#SYNC}. */
    void sync(Turn turn, long request, long fd, long kind);

    /** {@link Call#STATFS}. */
    void statfs(Turn turn, long request, long fd);

    /** {@link Call#POLL}. */
    void poll(Turn turn, long request, long count, long timeout, long pending);

    /** {@link Call#MOUNT}. */
    void mount(
        Turn turn,
        long request,
        long flags,
        long sourceBytes,
        long targetBytes,
        long typeBytes,
        long fs,
        long root);

    /** {@link Call#UMOUNT}. */
    void umount(Turn turn, long request, long flags);

    /** {@link Call#LIMIT}. */
    void limit(Turn turn, long request, long resource, long value, long task);

    /** {@link Call#MAP}. */
    void map(Turn turn, long request, long process, long fd, long protection, long flags);

    /** {@link Call#UNMAP}. */
    void unmap(Turn turn, long request, long handle);

    /** {@link Call#FORK}. */
    void fork(Turn turn, long request, long parent, long child, long pid);

    /** {@link Call#EXEC}. */
    void exec(Turn turn, long request, long process, long uid, long gid, long program);

    /** {@link Call#EXIT}. */
    void exit(Turn turn, long request, long process);

    /** {@link Call#CREDENTIALS}. */
    void credentials(Turn turn, long request, long process, long uid, long gid, long count);

    /** {@link Call#INIT_PROCESS}. */
    void initProcess(Turn turn, long request, long process, long pid);

    /** {@link Call#DESCRIPTORS}. */
    void descriptors(Turn turn, long request, long pid, long first);

    /** {@link Call#MOUNTS}. */
    void mounts(Turn turn, long request, long pid, long info);

    /** {@link Call#MAPPED_PATH}. */
    void mappedPath(Turn turn, long request, long pid, long handle);

    /** {@link Call#MAKER}. */
    void maker(Turn turn, long request, long pid);

    /** {@link Call#DESCRIPTOR}. */
    void descriptor(Turn turn, long request, long pid, long fd);
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
      case OPEN -> service.open(turn, request, m.w0, m.w1, m.w2);
      case OPEN_EXEC -> service.openExec(turn, request, m.w0, m.w1);
      case CLOSE -> service.close(turn, request, m.w0);
      case CLOSE_RANGE -> service.closeRange(turn, request, m.w0, m.w1, m.w2);
      case READ -> service.read(turn, request, m.w0, m.w1, m.w2, m.w3);
      case WRITE -> service.write(turn, request, m.w0, m.w1, m.w2, m.w3);
      case SEEK -> service.seek(turn, request, m.w0, m.w1, m.w2);
      case STAT -> service.stat(turn, request, m.w0, m.w1);
      case GETDENTS -> service.getdents(turn, request, m.w0, m.w1);
      case PIPE -> service.pipe(turn, request, m.w0);
      case DUP -> service.dup(turn, request, m.w0, m.w1, m.w2);
      case DUP_TO -> service.dupTo(turn, request, m.w0, m.w1, m.w2);
      case FCNTL -> service.fcntl(turn, request, m.w0, m.w1, m.w2);
      case LOCK -> service.lock(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5);
      case FLOCK -> service.flock(turn, request, m.w0, m.w1);
      case IOCTL -> service.ioctl(turn, request, m.w0, m.w1, m.w2, m.w3);
      case MKDIR -> service.mkdir(turn, request, m.w0, m.w1);
      case MKNOD -> service.mknod(turn, request, m.w0, m.w1, m.w2);
      case UNLINK -> service.unlink(turn, request, m.w0, m.w1);
      case RENAME -> service.rename(turn, request, m.w0, m.w1, m.w2, m.w3);
      case LINK -> service.link(turn, request, m.w0, m.w1, m.w2, m.w3);
      case SYMLINK -> service.symlink(turn, request, m.w0, m.w1);
      case READLINK -> service.readlink(turn, request, m.w0, m.w1);
      case CHDIR -> service.chdir(turn, request);
      case FCHDIR -> service.fchdir(turn, request, m.w0);
      case CHROOT -> service.chroot(turn, request);
      case GETCWD -> service.getcwd(turn, request);
      case UMASK -> service.umask(turn, request, m.w0);
      case ACCESS -> service.access(turn, request, m.w0, m.w1, m.w2);
      case CHMOD -> service.chmod(turn, request, m.w0, m.w1, m.w2);
      case CHOWN -> service.chown(turn, request, m.w0, m.w1, m.w2, m.w3);
      case UTIMES -> service.utimes(turn, request, m.w0, m.w1, m.w2, m.w3);
      case TRUNCATE -> service.truncate(turn, request, m.w0);
      case FTRUNCATE -> service.ftruncate(turn, request, m.w0, m.w1);
      case FALLOCATE -> service.fallocate(turn, request, m.w0, m.w1, m.w2, m.w3);
      case SYNC -> service.sync(turn, request, m.w0, m.w1);
      case STATFS -> service.statfs(turn, request, m.w0);
      case POLL -> service.poll(turn, request, m.w0, m.w1, m.w2);
      case MOUNT -> service.mount(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5);
      case UMOUNT -> service.umount(turn, request, m.w0);
      case LIMIT -> service.limit(turn, request, m.w0, m.w1, m.w2);
      case MAP -> service.map(turn, request, m.w0, m.w1, m.w2, m.w3);
      case UNMAP -> service.unmap(turn, request, m.w0);
      case FORK -> service.fork(turn, request, m.w0, m.w1, m.w2);
      case EXEC -> service.exec(turn, request, m.w0, m.w1, m.w2, m.w3);
      case EXIT -> service.exit(turn, request, m.w0);
      case CREDENTIALS -> service.credentials(turn, request, m.w0, m.w1, m.w2, m.w3);
      case INIT_PROCESS -> service.initProcess(turn, request, m.w0, m.w1);
      case DESCRIPTORS -> service.descriptors(turn, request, m.w0, m.w1);
      case MOUNTS -> service.mounts(turn, request, m.w0, m.w1);
      case MAPPED_PATH -> service.mappedPath(turn, request, m.w0, m.w1);
      case MAKER -> service.maker(turn, request, m.w0);
      case DESCRIPTOR -> service.descriptor(turn, request, m.w0, m.w1);
    }
  }
}
