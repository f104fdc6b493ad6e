package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libposix.layout.LittleEndian;

/** What descriptors are: close, duplicates, fcntl, locks, ioctl, pipes. */
final class Descriptors {

  private static final int O_CLOEXEC = 02000000;

  private static final int F_DUPFD = 0;
  private static final int F_SETFD = 2;
  private static final int F_GETLK = 5;
  private static final int F_SETLK = 6;
  private static final int F_SETLKW = 7;
  private static final int F_GETOWN = 9;
  private static final int F_SETOWN_EX = 15;
  private static final int F_GETOWN_EX = 16;
  private static final int F_OFD_GETLK = 36;
  private static final int F_OFD_SETLK = 37;
  private static final int F_OFD_SETLKW = 38;
  private static final int F_DUPFD_CLOEXEC = 1030;

  private static final int FLOCK_BYTES = 32;

  private static final int SIOCGIFCONF = 0x8912;
  private static final int INTERFACES_BYTES_MAX = 4_096;
  private static final int FIONCLEX = 0x5450;
  private static final int FIOCLEX = 0x5451;

  private Descriptors() {}

  static void rows(Table t) {
    Interruption restarts = Interruption.RESTARTS;
    t.full(57, "close", "fd:fd", Descriptors::close);
    t.full(436, "close_range", "first:u last:u flags:close-range-flags", Descriptors::closeRange);
    t.full(23, "dup", "fd:fd", c -> duplicate(c, 0, 0));
    t.full(24, "dup3", "fd:fd target:fd flags:open-rest", Descriptors::dup3);
    t.full(59, "pipe2", "fds:>pair flags:open-rest", Descriptors::pipe2);
    t.partial(
        25,
        "fcntl",
        "fd:fd command:fcntl argument:>fcntl-argument =fcntl-result",
        "leases, notifications, seals",
        restarts,
        DescriptorFirst.open(Descriptors::fcntl));
    t.full(32, "flock", "fd:fd operation:flock", restarts, Descriptors::flock);
    t.partial(
        29,
        "ioctl",
        "fd:fd request:ioctl argument:>ioctl-argument",
        "terminals, pipes, sockets, network interfaces and sizes of input only",
        restarts,
        new DescriptorFirst(
            Descriptors::ioctl,
            c -> VfsProtocol.Call.IOCTL.encode(c.message(), c.intArg(0), request(c), c.arg(2))));
  }

  private static long close(Call c) {
    return c.pass(Role.VFS, VfsProtocol.Call.CLOSE.encode(c.message(), c.intArg(0)));
  }

  private static long closeRange(Call c) {
    long first = c.arg(0) & 0xffff_ffffL;
    long last = c.arg(1) & 0xffff_ffffL;
    return first > last
        ? -Errno.EINVAL
        : c.pass(
            Role.VFS, VfsProtocol.Call.CLOSE_RANGE.encode(c.message(), first, last, c.intArg(2)));
  }

  private static long duplicate(Call c, int least, int flags) {
    return c.pass(Role.VFS, VfsProtocol.Call.DUP.encode(c.message(), c.intArg(0), least, flags));
  }

  private static long dup3(Call c) {
    if (c.intArg(0) == c.intArg(1) || (c.intArg(2) & ~O_CLOEXEC) != 0) {
      return -Errno.EINVAL;
    }
    return c.pass(
        Role.VFS,
        VfsProtocol.Call.DUP_TO.encode(c.message(), c.intArg(0), c.intArg(1), c.intArg(2)));
  }

  private static long pipe2(Call c) {
    if (c.step() == 0) {
      c.guest().writable(c.arg(0), 8);
      return c.ask(Role.VFS, VfsProtocol.Call.PIPE.encode(c.message(), c.intArg(1)));
    }
    byte[] both = new byte[8];
    LittleEndian.putInt(both, 0, (int) c.answer(0));
    LittleEndian.putInt(both, 4, (int) c.answer(1));
    c.guest().write(c.arg(0), both);
    return 0;
  }

  private static long fcntl(Call c) {
    int command = c.intArg(1);
    return switch (command) {
      case F_DUPFD -> duplicate(c, c.intArg(2), 0);
      case F_DUPFD_CLOEXEC -> duplicate(c, c.intArg(2), O_CLOEXEC);
      case F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW -> lock(c, command);
      case F_GETOWN, F_GETOWN_EX -> owner(c, command);
      case F_SETOWN_EX -> {
        long owner = c.step() == 0 ? LittleEndian.getLong(c.guest().read(c.arg(2), 8), 0) : 0;
        yield c.pass(
            Role.VFS, VfsProtocol.Call.FCNTL.encode(c.message(), c.intArg(0), command, owner));
      }
      default ->
          c.pass(
              Role.VFS, VfsProtocol.Call.FCNTL.encode(c.message(), c.intArg(0), command, c.arg(2)));
    };
  }

  /** Who is told by signals; of a group, F_GETOWN answers the number negated. */
  private static long owner(Call c, int command) {
    if (c.step() == 0) {
      c.guest().writable(c.arg(2), command == F_GETOWN_EX ? 8 : 0);
      return c.ask(Role.VFS, VfsProtocol.Call.FCNTL.encode(c.message(), c.intArg(0), command));
    }
    int who = (int) c.answer(1);
    int kind = (int) c.answer(2);
    if (command == F_GETOWN) {
      return kind == PmProtocol.OWNER_GROUP ? -who : who;
    }
    byte[] owner = new byte[8];
    LittleEndian.putInt(owner, 0, kind);
    LittleEndian.putInt(owner, 4, who);
    c.guest().write(c.arg(2), owner);
    return 0;
  }

  private static long lock(Call c, int command) {
    if (c.step() == 0) {
      byte[] lock = c.guest().read(c.arg(2), FLOCK_BYTES);
      Message m =
          VfsProtocol.Call.LOCK.encode(
              c.message(),
              c.intArg(0),
              command,
              LittleEndian.getShort(lock, 0),
              (short) LittleEndian.getShort(lock, 2),
              LittleEndian.getLong(lock, 8),
              LittleEndian.getLong(lock, 16));
      return c.ask(Role.VFS, m);
    }
    if (command == F_GETLK || command == F_OFD_GETLK) {
      byte[] lock = c.guest().read(c.arg(2), FLOCK_BYTES);
      LittleEndian.putShort(lock, 0, (int) c.answer(1));
      int unlocked = 2;
      if (c.answer(1) != unlocked) {
        LittleEndian.putShort(lock, 2, (int) c.answer(2));
        LittleEndian.putLong(lock, 8, c.answer(3));
        LittleEndian.putLong(lock, 16, c.answer(4));
        LittleEndian.putInt(lock, 24, (int) c.answer(5));
      }
      c.guest().write(c.arg(2), lock);
    }
    return 0;
  }

  private static long flock(Call c) {
    return c.pass(Role.VFS, VfsProtocol.Call.FLOCK.encode(c.message(), c.intArg(0), c.intArg(1)));
  }

  private static long request(Call c) {
    return c.arg(1) & 0xffff_ffffL;
  }

  /**
   * SIOCGIFCONF: a length, and a pointer to where the structures go; to no place, only a length.
   */
  private static long interfaces(Call c) {
    byte[] asked = c.guest().read(c.arg(2), 16);
    long into = LittleEndian.getLong(asked, 8);
    if (c.step() == 0) {
      int length = into == 0 ? INTERFACES_BYTES_MAX : LittleEndian.getInt(asked, 0);
      int room = Math.clamp(length, 0, INTERFACES_BYTES_MAX);
      c.guest().writable(into, into == 0 ? 0 : room);
      Message m =
          VfsProtocol.Call.IOCTL.encode(
              c.message(), c.intArg(0), request(c), c.arg(2), c.jobControl());
      return c.ask(Role.VFS, m, new byte[0], room);
    }
    if (into != 0) {
      c.guest().write(into, c.staged(), 0, c.stagedBytes());
    }
    c.guest().putInt(c.arg(2), c.stagedBytes());
    return c.answer(0);
  }

  private static long ioctl(Call c) {
    int request = c.intArg(1);
    if (request == FIOCLEX || request == FIONCLEX) {
      int closeOnExec = request == FIOCLEX ? 1 : 0;
      return c.pass(
          Role.VFS, VfsProtocol.Call.FCNTL.encode(c.message(), c.intArg(0), F_SETFD, closeOnExec));
    }
    if (request == SIOCGIFCONF) {
      return interfaces(c);
    }
    IoctlShape shape = IoctlShape.of(request);
    if (c.step() == 0) {
      byte[] in = shape.in() ? c.guest().read(c.arg(2), shape.bytes()) : new byte[0];
      if (shape.out()) {
        c.guest().writable(c.arg(2), shape.bytes());
      }
      Message m =
          VfsProtocol.Call.IOCTL.encode(
              c.message(), c.intArg(0), request(c), c.arg(2), c.jobControl());
      return c.ask(Role.VFS, m, in, shape.out() ? shape.bytes() : 0);
    }
    c.guest().write(c.arg(2), c.staged(), 0, c.stagedBytes());
    return c.answer(0);
  }
}
