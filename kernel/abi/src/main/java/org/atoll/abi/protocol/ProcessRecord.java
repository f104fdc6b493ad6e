package org.atoll.abi.protocol;

/** One process as PM lists it: little-endian fields at fixed offsets. */
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

  /** Offset: effective group, 32 bits. */
  public static final int GID = 64;

  /** Offset: real user, 32 bits. */
  public static final int REAL_UID = 68;

  /** Offset: real group, 32 bits. */
  public static final int REAL_GID = 72;

  /** Offset: saved user, 32 bits. */
  public static final int SAVED_UID = 76;

  /** Offset: saved group, 32 bits. */
  public static final int SAVED_GID = 80;

  /** Offset: nice value, -20 to 19, 32 bits. */
  public static final int NICE = 84;

  /** Offset: the server that has its memory; NONE when it has none any more, 32 bits. */
  public static final int VM = 88;

  /** Offset: the signal that its end sends to the parent, 32 bits. */
  public static final int EXIT_SIGNAL = 92;

  /** Offset: CPU time of children that it waited for, nanoseconds, 64 bits. */
  public static final int CHILDREN_CPU_NANOS = 96;

  /** Offset: threads, 32 bits. */
  public static final int THREADS = 104;

  /** Offset: scheduling policy (SCHED_), 32 bits. */
  public static final int POLICY = 108;

  /** Offset: system time, what of {@link #CPU_NANOS} was not the program's own, 64 bits. */
  public static final int SYSTEM_NANOS = 112;

  /** Offset: the same of {@link #CHILDREN_CPU_NANOS}, 64 bits. */
  public static final int CHILDREN_SYSTEM_NANOS = 120;

  /** Offset: how often it had nothing more to do, 64 bits. */
  public static final int VOLUNTARY = 128;

  /** Offset: how often another had its turn although it had more to do, 64 bits. */
  public static final int INVOLUNTARY = 136;

  /** Offset: real-time priority, 0 to 99, 32 bits. */
  public static final int PRIORITY = 144;

  /** Offset: what of {@link #CPU_NANOS} was on other nodes, or is over, 64 bits. */
  public static final int DEPARTED_NANOS = 152;

  /** Offset: the same of {@link #SYSTEM_NANOS}, 64 bits. */
  public static final int DEPARTED_SYSTEM_NANOS = 160;

  /** Offset: the same of {@link #VOLUNTARY} and {@link #INVOLUNTARY}, 64 bits. */
  public static final int DEPARTED_SWITCHES = 168;

  /** Size of a record. */
  public static final int BYTES = 176;

  private ProcessRecord() {}
}
