package org.atoll.abi.protocol;

/**
 * A symbolic link that VFS follows without reading it, as in proc(5): to what a process has open or
 * runs, whatever its name is now. A file system answers it as a symbolic link (S_IFLNK) whose
 * device word says what it leads to; an ordinary symbolic link has device 0.
 */
public final class MagicLink {

  /** What a magic link leads to. */
  public enum Kind {
    /** The directory of the process that follows it, by its process id. */
    SELF,
    /** The program that a process runs. */
    EXE,
    /** The current directory of a process. */
    CWD,
    /** The root directory of a process. */
    ROOT,
    /** What is open under a descriptor of a process. */
    FD
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int PID_BITS = 24;
  private static final int FD_BITS = 24;

  private MagicLink() {}

  /** The device word of a link; pid and descriptor are 0 where the kind has none. */
  @SuppressWarnings("EnumOrdinal") // the ordinal is the kind's number in messages
  public static long encode(Kind kind, int pid, int descriptor) {
    return (kind.ordinal() + 1L) << PID_BITS + FD_BITS | (long) pid << FD_BITS | descriptor;
  }

  /** What the link leads to. Fails on a word that {@link #encode} did not make. */
  public static Kind kind(long device) {
    return KINDS[(int) (device >>> PID_BITS + FD_BITS) - 1];
  }

  /** Whether a device word is one of a magic link. */
  public static boolean isMagic(long device) {
    long number = device >>> PID_BITS + FD_BITS;
    return number >= 1 && number <= KINDS.length;
  }

  /** The process id. */
  public static int pid(long device) {
    return (int) (device >>> FD_BITS) & (1 << PID_BITS) - 1;
  }

  /** The descriptor. */
  public static int descriptor(long device) {
    return (int) device & (1 << FD_BITS) - 1;
  }
}
