package org.atoll.abi.protocol;

/**
 * One process as PM lists it: little-endian fields at fixed offsets.
 */
public final class ProcessRecord {

  /** Offset: process id, 32 bits. */
  public static final int PID = 0;

  /** Offset: parent's process id, 32 bits. */
  public static final int PARENT = 4;

  /** Offset: process group, 32 bits. */
  public static final int GROUP = 8;

  /** Offset: session, 32 bits. */
  public static final int SESSION = 12;

  /** Offset: effective user, 32 bits. */
  public static final int UID = 16;

  /** Offset: node it is on, 32 bits. */
  public static final int NODE = 20;

  /** Offset: a letter as in ps(1): R, S, T, Z, 32 bits. */
  public static final int STATE = 24;

  /** Offset: its task, 32 bits. */
  public static final int ENDPOINT = 28;

  /** Offset: CPU time, nanoseconds, 64 bits. */
  public static final int CPU_NANOS = 32;

  /** Offset: start, nanoseconds since the start of the VOS, 64 bits. */
  public static final int STARTED_NANOS = 40;

  /** Offset: command name, NUL-padded. */
  public static final int NAME = 48;

  /** Size of a record. */
  public static final int BYTES = 64;

  private ProcessRecord() {}
}
