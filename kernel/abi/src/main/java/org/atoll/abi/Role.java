package org.atoll.abi;

/**
 * What a server is to the others. No server endpoint is a constant: a task asks its kernel which
 * endpoint serves a role ({@link Turn#role}).
 */
public enum Role {
  /** Processes, groups, sessions, wait. */
  PM,
  /** Address spaces of the asking node. */
  VM,
  /** Descriptors, path walk, mounts. */
  VFS,
  /** The file system mounted on {@code /}. */
  ROOT_FS,
  /** The console driver. */
  CONSOLE,
  /** Starts and watches servers. */
  RS,
  /** The file system mounted on {@code /proc}. */
  PROC_FS,
  /** Terminals: a driver of character devices, and the file system mounted on /dev/pts. */
  TTY,
  /** The data store: names, published values, checkpoints. */
  DS,
  /** Policy: how urgent a process is, and what part of the time it has. */
  SCHED,
  /** The information server: what the system looks like. */
  IS,
  /** The network server: sockets. */
  NET,
  /** The front of the network driver: what is outside of the VOS. */
  NET_DRIVER
}
