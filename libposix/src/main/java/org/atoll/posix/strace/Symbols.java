package org.atoll.posix.strace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names of numbers and of bits, out of Linux's headers for riscv64 ({@code include/uapi}).
 *
 * <p>A line is a table: its name, then constants with their values. In a table of flags, names are
 * joined by bars; in an enumeration one name stands for the whole value.
 */
final class Symbols {

  private static final String FLAGS =
      """
      open-rest O_CREAT=0x40 O_EXCL=0x80 O_NOCTTY=0x100 O_TRUNC=0x200 O_APPEND=0x400 O_NONBLOCK=0x800 O_SYNC=0x101000 O_DSYNC=0x1000 O_ASYNC=0x2000 O_DIRECT=0x4000 O_LARGEFILE=0x8000 O_TMPFILE=0x410000 O_DIRECTORY=0x10000 O_NOFOLLOW=0x20000 O_NOATIME=0x40000 O_CLOEXEC=0x80000 O_PATH=0x200000
      at-flags AT_SYMLINK_NOFOLLOW=0x100 AT_SYMLINK_FOLLOW=0x400 AT_NO_AUTOMOUNT=0x800 AT_EMPTY_PATH=0x1000
      access-flags AT_EACCESS=0x200 AT_SYMLINK_NOFOLLOW=0x100 AT_EMPTY_PATH=0x1000
      unlink-flags AT_REMOVEDIR=0x200
      access R_OK=4 W_OK=2 X_OK=1
      statx-rest AT_STATX_FORCE_SYNC=0x2000 AT_STATX_DONT_SYNC=0x4000 AT_SYMLINK_NOFOLLOW=0x100 AT_NO_AUTOMOUNT=0x800 AT_EMPTY_PATH=0x1000
      statx-mask STATX_ALL=0xfff STATX_BASIC_STATS=0x7ff STATX_TYPE=1 STATX_MODE=2 STATX_NLINK=4 STATX_UID=8 STATX_GID=0x10 STATX_ATIME=0x20 STATX_MTIME=0x40 STATX_CTIME=0x80 STATX_INO=0x100 STATX_SIZE=0x200 STATX_BLOCKS=0x400 STATX_BTIME=0x800 STATX_MNT_ID=0x1000
      close-range-flags CLOSE_RANGE_UNSHARE=2 CLOSE_RANGE_CLOEXEC=4
      flock LOCK_SH=1 LOCK_EX=2 LOCK_NB=4 LOCK_UN=8
      fallocate-flags FALLOC_FL_KEEP_SIZE=1 FALLOC_FL_PUNCH_HOLE=2 FALLOC_FL_COLLAPSE_RANGE=8 FALLOC_FL_ZERO_RANGE=0x10 FALLOC_FL_INSERT_RANGE=0x20 FALLOC_FL_UNSHARE_RANGE=0x40
      sync-range-flags SYNC_FILE_RANGE_WAIT_BEFORE=1 SYNC_FILE_RANGE_WRITE=2 SYNC_FILE_RANGE_WAIT_AFTER=4
      rename-flags RENAME_NOREPLACE=1 RENAME_EXCHANGE=2 RENAME_WHITEOUT=4
      xattr-flags XATTR_CREATE=1 XATTR_REPLACE=2
      rwf-flags RWF_HIPRI=1 RWF_DSYNC=2 RWF_SYNC=4 RWF_NOWAIT=8 RWF_APPEND=0x10
      mount-flags MS_RDONLY=1 MS_NOSUID=2 MS_NODEV=4 MS_NOEXEC=8 MS_SYNCHRONOUS=0x10 MS_REMOUNT=0x20 MS_MANDLOCK=0x40 MS_DIRSYNC=0x80 MS_NOATIME=0x400 MS_NODIRATIME=0x800 MS_BIND=0x1000 MS_MOVE=0x2000 MS_REC=0x4000 MS_SILENT=0x8000 MS_UNBINDABLE=0x20000 MS_PRIVATE=0x40000 MS_SLAVE=0x80000 MS_SHARED=0x100000 MS_RELATIME=0x200000 MS_STRICTATIME=0x1000000
      umount-flags MNT_FORCE=1 MNT_DETACH=2 MNT_EXPIRE=4 UMOUNT_NOFOLLOW=8
      protection PROT_READ=1 PROT_WRITE=2 PROT_EXEC=4 PROT_GROWSDOWN=0x1000000 PROT_GROWSUP=0x2000000
      mmap-rest MAP_FIXED=0x10 MAP_ANONYMOUS=0x20 MAP_GROWSDOWN=0x100 MAP_DENYWRITE=0x800 MAP_EXECUTABLE=0x1000 MAP_LOCKED=0x2000 MAP_NORESERVE=0x4000 MAP_POPULATE=0x8000 MAP_NONBLOCK=0x10000 MAP_STACK=0x20000 MAP_HUGETLB=0x40000 MAP_SYNC=0x80000 MAP_FIXED_NOREPLACE=0x100000
      mremap-flags MREMAP_MAYMOVE=1 MREMAP_FIXED=2 MREMAP_DONTUNMAP=4
      msync-flags MS_ASYNC=1 MS_INVALIDATE=2 MS_SYNC=4
      mlockall-flags MCL_CURRENT=1 MCL_FUTURE=2 MCL_ONFAULT=4
      clone-flags CLONE_VM=0x100 CLONE_FS=0x200 CLONE_FILES=0x400 CLONE_SIGHAND=0x800 CLONE_PIDFD=0x1000 CLONE_PTRACE=0x2000 CLONE_VFORK=0x4000 CLONE_PARENT=0x8000 CLONE_THREAD=0x10000 CLONE_NEWNS=0x20000 CLONE_SYSVSEM=0x40000 CLONE_SETTLS=0x80000 CLONE_PARENT_SETTID=0x100000 CLONE_CHILD_CLEARTID=0x200000 CLONE_DETACHED=0x400000 CLONE_UNTRACED=0x800000 CLONE_CHILD_SETTID=0x1000000 CLONE_NEWCGROUP=0x2000000 CLONE_NEWUTS=0x4000000 CLONE_NEWIPC=0x8000000 CLONE_NEWUSER=0x10000000 CLONE_NEWPID=0x20000000 CLONE_NEWNET=0x40000000 CLONE_IO=0x80000000
      wait-flags WNOHANG=1 WSTOPPED=2 WEXITED=4 WCONTINUED=8 WNOWAIT=0x1000000 __WNOTHREAD=0x20000000 __WALL=0x40000000 __WCLONE=0x80000000
      timer-flags TIMER_ABSTIME=1
      random-flags GRND_NONBLOCK=1 GRND_RANDOM=2 GRND_INSECURE=4
      action-flags SA_NOCLDSTOP=1 SA_NOCLDWAIT=2 SA_SIGINFO=4 SA_ONSTACK=0x8000000 SA_RESTART=0x10000000 SA_NODEFER=0x40000000 SA_RESETHAND=0x80000000
      stack-flags SS_ONSTACK=1 SS_DISABLE=2 SS_AUTODISARM=0x80000000
      poll-events POLLIN=1 POLLPRI=2 POLLOUT=4 POLLERR=8 POLLHUP=0x10 POLLNVAL=0x20 POLLRDNORM=0x40 POLLRDBAND=0x80 POLLWRNORM=0x100 POLLWRBAND=0x200 POLLMSG=0x400 POLLRDHUP=0x2000
      descriptor-flags FD_CLOEXEC=1
      statfs-flags ST_RDONLY=1 ST_NOSUID=2 ST_NODEV=4 ST_NOEXEC=8 ST_SYNCHRONOUS=0x10 ST_VALID=0x20 ST_NOATIME=0x400 ST_NODIRATIME=0x800 ST_RELATIME=0x1000
      """;

  private static final String ENUMERATIONS =
      """
      open-access O_RDONLY=0 O_WRONLY=1 O_RDWR=2 O_ACCMODE=3
      mmap-type MAP_FILE=0 MAP_SHARED=1 MAP_PRIVATE=2 MAP_SHARED_VALIDATE=3
      whence SEEK_SET=0 SEEK_CUR=1 SEEK_END=2 SEEK_DATA=3 SEEK_HOLE=4
      fadvise POSIX_FADV_NORMAL=0 POSIX_FADV_RANDOM=1 POSIX_FADV_SEQUENTIAL=2 POSIX_FADV_WILLNEED=3 POSIX_FADV_DONTNEED=4 POSIX_FADV_NOREUSE=5
      madvise MADV_NORMAL=0 MADV_RANDOM=1 MADV_SEQUENTIAL=2 MADV_WILLNEED=3 MADV_DONTNEED=4 MADV_FREE=8 MADV_REMOVE=9 MADV_DONTFORK=10 MADV_DOFORK=11 MADV_MERGEABLE=12 MADV_UNMERGEABLE=13 MADV_HUGEPAGE=14 MADV_NOHUGEPAGE=15 MADV_DONTDUMP=16 MADV_DODUMP=17 MADV_WIPEONFORK=18 MADV_KEEPONFORK=19 MADV_COLD=20 MADV_PAGEOUT=21 MADV_POPULATE_READ=22 MADV_POPULATE_WRITE=23
      fcntl F_DUPFD=0 F_GETFD=1 F_SETFD=2 F_GETFL=3 F_SETFL=4 F_GETLK=5 F_SETLK=6 F_SETLKW=7 F_SETOWN=8 F_GETOWN=9 F_SETSIG=10 F_GETSIG=11 F_SETOWN_EX=15 F_GETOWN_EX=16 F_OFD_GETLK=36 F_OFD_SETLK=37 F_OFD_SETLKW=38 F_SETLEASE=1024 F_GETLEASE=1025 F_NOTIFY=1026 F_DUPFD_CLOEXEC=1030 F_SETPIPE_SZ=1031 F_GETPIPE_SZ=1032 F_ADD_SEALS=1033 F_GET_SEALS=1034
      lock-type F_RDLCK=0 F_WRLCK=1 F_UNLCK=2
      ioctl TCGETS=0x5401 TCSETS=0x5402 TCSETSW=0x5403 TCSETSF=0x5404 TCSBRK=0x5409 TCXONC=0x540a TCFLSH=0x540b TIOCEXCL=0x540c TIOCNXCL=0x540d TIOCSCTTY=0x540e TIOCGPGRP=0x540f TIOCSPGRP=0x5410 TIOCOUTQ=0x5411 TIOCSTI=0x5412 TIOCGWINSZ=0x5413 TIOCSWINSZ=0x5414 FIONREAD=0x541b TIOCNOTTY=0x5422 FIONBIO=0x5421 TIOCGSID=0x5429 TIOCGPTN=0x80045430 TIOCSPTLCK=0x40045431 TIOCGPTPEER=0x5441 FIONCLEX=0x5450 FIOCLEX=0x5451 FIOASYNC=0x5452 FICLONE=0x40049409 BLKGETSIZE64=0x80081272 RTC_RD_TIME=0x80247009
      clock CLOCK_REALTIME=0 CLOCK_MONOTONIC=1 CLOCK_PROCESS_CPUTIME_ID=2 CLOCK_THREAD_CPUTIME_ID=3 CLOCK_MONOTONIC_RAW=4 CLOCK_REALTIME_COARSE=5 CLOCK_MONOTONIC_COARSE=6 CLOCK_BOOTTIME=7 CLOCK_REALTIME_ALARM=8 CLOCK_BOOTTIME_ALARM=9 CLOCK_TAI=11
      how SIG_BLOCK=0 SIG_UNBLOCK=1 SIG_SETMASK=2
      resource RLIMIT_CPU=0 RLIMIT_FSIZE=1 RLIMIT_DATA=2 RLIMIT_STACK=3 RLIMIT_CORE=4 RLIMIT_RSS=5 RLIMIT_NPROC=6 RLIMIT_NOFILE=7 RLIMIT_MEMLOCK=8 RLIMIT_AS=9 RLIMIT_LOCKS=10 RLIMIT_SIGPENDING=11 RLIMIT_MSGQUEUE=12 RLIMIT_NICE=13 RLIMIT_RTPRIO=14 RLIMIT_RTTIME=15
      policy SCHED_OTHER=0 SCHED_FIFO=1 SCHED_RR=2 SCHED_BATCH=3 SCHED_IDLE=5 SCHED_DEADLINE=6
      priority-which PRIO_PROCESS=0 PRIO_PGRP=1 PRIO_USER=2
      ioprio-which IOPRIO_WHO_PROCESS=1 IOPRIO_WHO_PGRP=2 IOPRIO_WHO_USER=3
      itimer ITIMER_REAL=0 ITIMER_VIRTUAL=1 ITIMER_PROF=2
      rusage-who RUSAGE_SELF=0 RUSAGE_CHILDREN=-1 RUSAGE_THREAD=1
      wait-kind P_ALL=0 P_PID=1 P_PGID=2 P_PIDFD=3
      membarrier MEMBARRIER_CMD_QUERY=0 MEMBARRIER_CMD_GLOBAL=1 MEMBARRIER_CMD_GLOBAL_EXPEDITED=2 MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED=4 MEMBARRIER_CMD_PRIVATE_EXPEDITED=8 MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED=16
      prctl PR_SET_PDEATHSIG=1 PR_GET_PDEATHSIG=2 PR_GET_DUMPABLE=3 PR_SET_DUMPABLE=4 PR_GET_KEEPCAPS=7 PR_SET_KEEPCAPS=8 PR_GET_TIMING=13 PR_SET_TIMING=14 PR_SET_NAME=15 PR_GET_NAME=16 PR_GET_SECCOMP=21 PR_SET_SECCOMP=22 PR_CAPBSET_READ=23 PR_CAPBSET_DROP=24 PR_GET_SECUREBITS=27 PR_SET_SECUREBITS=28 PR_SET_TIMERSLACK=29 PR_GET_TIMERSLACK=30 PR_SET_MM=35 PR_SET_CHILD_SUBREAPER=36 PR_GET_CHILD_SUBREAPER=37 PR_SET_NO_NEW_PRIVS=38 PR_GET_NO_NEW_PRIVS=39 PR_GET_TID_ADDRESS=40 PR_SET_THP_DISABLE=41 PR_GET_THP_DISABLE=42 PR_CAP_AMBIENT=47 PR_SET_VMA=0x53564d41
      futex-op FUTEX_WAIT=0 FUTEX_WAKE=1 FUTEX_FD=2 FUTEX_REQUEUE=3 FUTEX_CMP_REQUEUE=4 FUTEX_WAKE_OP=5 FUTEX_LOCK_PI=6 FUTEX_UNLOCK_PI=7 FUTEX_TRYLOCK_PI=8 FUTEX_WAIT_BITSET=9 FUTEX_WAKE_BITSET=10 FUTEX_WAIT_REQUEUE_PI=11 FUTEX_CMP_REQUEUE_PI=12 FUTEX_LOCK_PI2=13
      magic TMPFS_MAGIC=0x1021994 PROC_SUPER_MAGIC=0x9fa0 DEVPTS_SUPER_MAGIC=0x1cd1 EXT4_SUPER_MAGIC=0xef53 SYSFS_MAGIC=0x62656572 PIPEFS_MAGIC=0x50495045
      file-type S_IFIFO=0010000 S_IFCHR=0020000 S_IFDIR=0040000 S_IFBLK=0060000 S_IFREG=0100000 S_IFLNK=0120000 S_IFSOCK=0140000
      """;

  /** A name and the bits or the value that it stands for. */
  private record Symbol(String name, long value) {}

  private static final Map<String, List<Symbol>> TABLES = tables();

  private Symbols() {}

  private static Map<String, List<Symbol>> tables() {
    Map<String, List<Symbol>> all = new HashMap<>();
    (FLAGS + ENUMERATIONS)
        .lines()
        .forEach(line -> {
          String[] tokens = line.split(" ");
          List<Symbol> symbols = new ArrayList<>();
          for (int i = 1; i < tokens.length; i++) {
            String[] pair = tokens[i].split("=");
            symbols.add(new Symbol(pair[0], Long.decode(pair[1])));
          }
          all.put(tokens[0], List.copyOf(symbols));
        });
    return Map.copyOf(all);
  }

  /** Every table is a kind of its own. */
  static void kinds(Map<String, Kind> all) {
    FLAGS
        .lines()
        .map(line -> line.split(" ")[0])
        .forEach(table ->
            all.put(table, (out, value, size, look) -> flags(out, table, value & 0xffff_ffffL)));
    ENUMERATIONS
        .lines()
        .map(line -> line.split(" ")[0])
        .forEach(table ->
            all.put(table, (out, value, size, look) -> name(out, table, value << 32 >> 32)));
  }

  /** The name of a value, or the value. */
  static void name(StringBuilder out, String table, long value) {
    String name = find(table, value);
    if (name == null) {
      Numbers.hex(out, value);
    } else {
      out.append(name);
    }
  }

  /** The name of the low 32 bits of a value, or null. */
  static @Nullable String find(String table, long value) {
    for (Symbol symbol : symbols(table)) {
      if ((int) symbol.value == (int) value) {
        return symbol.name;
      }
    }
    return null;
  }

  private static List<Symbol> symbols(String table) {
    return TABLES.getOrDefault(table, List.of());
  }

  /** The names of the bits of a value; what has no name as a number; 0 for none. */
  static void flags(StringBuilder out, String table, long value) {
    int start = out.length();
    long left = more(out, table, value, "");
    if (left != 0) {
      out.append(out.length() == start ? "" : "|");
      Numbers.hex(out, left);
    } else if (out.length() == start) {
      out.append('0');
    }
  }

  /** Adds the names of bits to what is there; the bits that have none. */
  static long more(StringBuilder out, String table, long value, String before) {
    long left = value;
    String bar = before;
    for (Symbol symbol : symbols(table)) {
      if ((left & symbol.value) == symbol.value) {
        out.append(bar).append(symbol.name);
        left &= ~symbol.value;
        bar = "|";
      }
    }
    return left;
  }

  /** A value whose low bits are one of an enumeration and whose other bits are flags. */
  static void mixed(StringBuilder out, String low, long mask, String rest, long value) {
    name(out, low, value & mask);
    long left = more(out, rest, value & ~mask, "|");
    if (left != 0) {
      Numbers.hex(out.append('|'), left);
    }
  }
}
