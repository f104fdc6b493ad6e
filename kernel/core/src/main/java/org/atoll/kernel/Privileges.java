package org.atoll.kernel;

import java.util.Set;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.Protocols;
import org.atoll.hypercall.Hypercall;

/**
 * What a task may do: whom it may send to, which kernel calls, which hypercalls.
 *
 * @param sends whom it may send, call and notify; answers and their notifications need no right
 * @param roles the roles that it may send to when {@code sends} is ROLES or PROGRAMS, bit {@code 1
 *     << ordinal}
 * @param calls groups of kernel calls, the constants of this class
 * @param hypercalls rights at the host's gate, see {@link Hypercall#right}
 */
public record Privileges(Sends sends, int roles, int calls, long hypercalls) {

  /** Whom a task may send to. */
  public enum Sends {
    /** The tasks that serve the roles in its privileges. */
    ROLES,
    /**
     * As ROLES; with a number of its own ({@link Protocols#FIRST_OWN} and on) and by notify every
     * task but the kernels.
     */
    PROGRAMS,
    /** Every task but the kernels. */
    TASKS,
    /** Every task, and the kernels of all nodes. */
    ALL
  }

  /** Clocks, alarms, CPU times. */
  public static final int TIME = 1;

  /** Random bytes. */
  public static final int RANDOM = 2;

  /** Explicit grants and safecopy. */
  public static final int GRANTS = 4;

  /** Frames. */
  public static final int FRAMES = 8;

  /** Address spaces. */
  public static final int SPACES = 16;

  private static final long GUEST_HYPERCALLS =
      Hypercall.NULL.right()
          | Hypercall.CLOCK_MONOTONIC.right()
          | Hypercall.CLOCK_WALL.right()
          | Hypercall.RANDOM.right();

  /** Everything that a system server may: PM, VM, VFS, RS, file systems. */
  public static final Privileges SERVER =
      new Privileges(Sends.ALL, 0, TIME | RANDOM | GRANTS | FRAMES | SPACES, GUEST_HYPERCALLS);

  private static final long STREAM_HYPERCALLS =
      Hypercall.STREAM_STATUS.right()
          | Hypercall.STREAM_READ.right()
          | Hypercall.STREAM_WRITE.right()
          | Hypercall.STREAM_WATCH.right()
          | Hypercall.STREAM_CANCEL.right()
          | Hypercall.TERMINAL_MODE.right();

  /** A driver: the host's streams, frames and grants, no address spaces, no kernels. */
  public static final Privileges DRIVER =
      new Privileges(
          Sends.TASKS, 0, TIME | RANDOM | GRANTS | FRAMES, GUEST_HYPERCALLS | STREAM_HYPERCALLS);

  private static final long FOLDER_READING =
      Hypercall.FOLDER_ROOT.right()
          | Hypercall.FOLDER_LOOKUP.right()
          | Hypercall.FOLDER_CLOSE.right()
          | Hypercall.FOLDER_STATUS.right()
          | Hypercall.FOLDER_LIST.right()
          | Hypercall.FOLDER_READLINK.right()
          | Hypercall.FOLDER_READ.right()
          | Hypercall.FOLDER_SEEK.right()
          | Hypercall.FOLDER_SPACE.right();

  private static final long FOLDER_CHANGING =
      Hypercall.FOLDER_WRITE.right()
          | Hypercall.FOLDER_TRUNCATE.right()
          | Hypercall.FOLDER_ALLOCATE.right()
          | Hypercall.FOLDER_MODE.right()
          | Hypercall.FOLDER_TIMES.right()
          | Hypercall.FOLDER_CREATE.right()
          | Hypercall.FOLDER_SYMLINK.right()
          | Hypercall.FOLDER_LINK.right()
          | Hypercall.FOLDER_UNLINK.right()
          | Hypercall.FOLDER_RENAME.right();

  /** The driver of a shared folder that is only read: frames, and nobody to send to. */
  public static final Privileges FOLDER_READER =
      new Privileges(Sends.ROLES, 0, FRAMES, FOLDER_READING);

  /** The driver of a shared folder. */
  public static final Privileges FOLDER =
      new Privileges(Sends.ROLES, 0, FRAMES, FOLDER_READING | FOLDER_CHANGING);

  private static final long NETWORK_HYPERCALLS =
      Hypercall.NET_BEGIN.right()
          | Hypercall.NET_PUBLISHED.right()
          | Hypercall.NET_CONNECT.right()
          | Hypercall.NET_DATAGRAMS.right()
          | Hypercall.NET_ACCEPT.right()
          | Hypercall.NET_STATUS.right()
          | Hypercall.NET_READ.right()
          | Hypercall.NET_WRITE.right()
          | Hypercall.NET_RECEIVE.right()
          | Hypercall.NET_SEND.right()
          | Hypercall.NET_SHUTDOWN.right()
          | Hypercall.NET_CLOSE.right()
          | Hypercall.NET_READY.right();

  /** The network driver: the host's network, grants, and the network server to send to. */
  public static final Privileges NETWORK =
      new Privileges(Sends.ROLES, mask(Set.of(Role.NET)), GRANTS, NETWORK_HYPERCALLS);

  /** A process: the roles of POSIX, protocols of programs' own, time and chance. */
  public static final Privileges PROCESS =
      new Privileges(
          Sends.PROGRAMS,
          mask(Set.of(Role.PM, Role.VM, Role.VFS, Role.RS, Role.DS, Role.IS)),
          TIME | RANDOM | GRANTS,
          GUEST_HYPERCALLS);

  /** The bits of roles. */
  @SuppressWarnings("EnumOrdinal") // the ordinal is the role's number in messages
  public static int mask(Set<Role> roles) {
    int mask = 0;
    for (Role role : roles) {
      mask |= 1 << role.ordinal();
    }
    return mask;
  }
}
