package org.atoll.abi.protocol;

/**
 * What a process's own program knows of it, as {@link ProcessProtocol.Call#ABOUT} answers: a head,
 * then a record for each thread. Little-endian fields of 64 bits at fixed offsets.
 */
public final class ThreadRecord {

  /** Offset in the head: signals pending for the process, a bit for each. */
  public static final int SHARED_PENDING = 0;

  /** Offset in the head: signals that are ignored. */
  public static final int IGNORED = 8;

  /** Offset in the head: signals that have a handler. */
  public static final int CAUGHT = 16;

  /** Offset in the head: 1 when set-id programs are refused. */
  public static final int NO_NEW_PRIVILEGES = 24;

  /** Offset in the head: as personality(2). */
  public static final int PERSONALITY = 32;

  /** Offset in the head: the soft and the hard limit of each resource of getrlimit(2). */
  public static final int LIMITS = 40;

  /** Resources that have limits. */
  public static final int LIMITS_COUNT = 16;

  /** Size of the head. */
  public static final int HEAD_BYTES = LIMITS + 16 * LIMITS_COUNT;

  /** Offset: thread id. */
  public static final int ID = 0;

  /** Offset: signals that are blocked. */
  public static final int BLOCKED = 8;

  /** Offset: signals pending for this thread. */
  public static final int PENDING = 16;

  /** Offset: a letter as in ps(1). */
  public static final int STATE = 24;

  /** Offset: the system call that it is in, or -1. */
  public static final int CALL = 32;

  /** Offset: its name, at most 15 bytes and NULs. */
  public static final int NAME = 40;

  /** Bytes of a name with its NULs. */
  public static final int NAME_BYTES = 16;

  /** Size of a thread's record. */
  public static final int BYTES = 56;

  private ThreadRecord() {}
}
