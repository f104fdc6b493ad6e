package org.atoll.hypercall;

/**
 * The numbered hypercalls. A task's rights are a set of these, bit {@code 1 << number()}; one that
 * is not in the set answers {@code -EPERM} and is counted as refused.
 */
public enum Hypercall {
  /** Nothing: the cost of the gate itself. */
  NULL(0, ""),
  /** The monotonic clock. */
  CLOCK_MONOTONIC(1, ""),
  /** The clock of the wall. */
  CLOCK_WALL(2, ""),
  /** Random bytes. */
  RANDOM(3, "bytes"),
  /** Memory for frames. */
  MEMORY_RESERVE(4, "bytes"),
  /** What a stream of the command is, and whether it is ready. */
  STREAM_STATUS(5, "stream"),
  /** Takes input of a stream that is there. */
  STREAM_READ(6, "stream"),
  /** Hands output to a stream. */
  STREAM_WRITE(7, "stream"),
  /** Asks to be told when a stream is ready. */
  STREAM_WATCH(8, "stream"),
  /** Takes back a watch of a stream. */
  STREAM_CANCEL(9, "stream"),
  /** Makes the terminal of the command raw, or what it was. */
  TERMINAL_MODE(10, "raw"),
  /** Opens the root of a shared folder; whatever was open of it is closed. */
  FOLDER_ROOT(32, ""),
  /** Opens what a name in a directory stands for. */
  FOLDER_LOOKUP(33, "directory"),
  /** Closes a handle. */
  FOLDER_CLOSE(34, "handle"),
  /** The attributes of a file. */
  FOLDER_STATUS(35, "handle"),
  /** Entries of a directory. */
  FOLDER_LIST(36, "directory"),
  /** Where a symbolic link leads. */
  FOLDER_READLINK(37, "handle"),
  /** Reads from a regular file. */
  FOLDER_READ(38, "handle"),
  /** Writes to a regular file. */
  FOLDER_WRITE(39, "handle"),
  /** Sets the size of a regular file. */
  FOLDER_TRUNCATE(40, "handle"),
  /** Reserves or frees a part of a regular file. */
  FOLDER_ALLOCATE(41, "handle"),
  /** Finds data or a hole in a regular file. */
  FOLDER_SEEK(42, "handle"),
  /** Sets permissions. */
  FOLDER_MODE(43, "handle"),
  /** Sets times. */
  FOLDER_TIMES(44, "handle"),
  /** Makes a file, directory or FIFO. */
  FOLDER_CREATE(45, "directory"),
  /** Makes a symbolic link. */
  FOLDER_SYMLINK(46, "directory"),
  /** Gives a file another name. */
  FOLDER_LINK(47, "handle"),
  /** Takes a name away. */
  FOLDER_UNLINK(48, "directory"),
  /** Moves a name. */
  FOLDER_RENAME(49, "directory"),
  /** The file system below a shared folder. */
  FOLDER_SPACE(50, ""),
  /** Begins with the network: what was open is closed. */
  NET_BEGIN(51, ""),
  /** A port that is published. */
  NET_PUBLISHED(52, "index"),
  /** Begins a connection to outside. */
  NET_CONNECT(53, "port"),
  /** Opens a socket for datagrams. */
  NET_DATAGRAMS(54, "port"),
  /** Takes a connection that arrived at a published port. */
  NET_ACCEPT(55, "handle"),
  /** How a connection that was begun stands. */
  NET_STATUS(56, "handle"),
  /** Takes bytes that are there. */
  NET_READ(57, "handle"),
  /** Hands over bytes. */
  NET_WRITE(58, "handle"),
  /** Takes a datagram that is there. */
  NET_RECEIVE(59, "handle"),
  /** Sends a datagram. */
  NET_SEND(60, "handle"),
  /** Says that no more bytes follow. */
  NET_SHUTDOWN(61, "handle"),
  /** Closes, or resets, a connection or socket. */
  NET_CLOSE(62, "handle"),
  /** Handles at which something happened. */
  NET_READY(63, "");

  /** All numbers are below: a right is a bit of a long. */
  public static final int COUNT = Long.SIZE;

  /** Every hypercall. */
  public static final long ALL = -1L;

  private final int number;
  private final String argument;

  Hypercall(int number, String argument) {
    this.number = number;
    this.argument = argument;
  }

  /** What its first argument is called in traces; empty when it has none. */
  public String argument() {
    return argument;
  }

  /** Its number, from 0 on. */
  public int number() {
    return number;
  }

  /** The right to make this hypercall. */
  public long right() {
    return 1L << number;
  }
}
