package org.atoll.libposix;

/**
 * Something that happened to a process, in words.
 *
 * @param kind what it is
 * @param nanos when, by the monotonic clock of the VOS
 * @param wallNanos when, since 1970
 * @param node where
 * @param pid the process
 * @param tid the thread
 * @param name of the system call or the signal, or empty
 * @param text the arguments that are known, the rest of them, or what comes with a signal
 * @param result the call's result, or how the process ended
 */
public record Sight(
    Kind kind,
    long nanos,
    long wallNanos,
    int node,
    int pid,
    int tid,
    String name,
    String text,
    String result) {

  private static final int FIELDS = 9;

  /** What happens to processes. */
  public enum Kind {
    /** The first process of the VOS begins. */
    FIRST,
    /** The child of a fork begins. */
    BORN,
    /** A system call is made. */
    CALLED,
    /** A system call has its result. */
    ANSWERED,
    /** A signal is delivered. */
    SIGNALLED,
    /** A signal stops the process. */
    STOPPED,
    /** The process ends. */
    ENDED
  }

  /** Whether a call's result says that it failed. */
  public static boolean isError(String result) {
    return result.startsWith("-1 ") || result.startsWith("? E");
  }

  /** As one line without its end. The texts hold neither tabs nor line ends. */
  public String encode() {
    return String.join(
        "\t",
        kind.name(),
        Long.toString(nanos),
        Long.toString(wallNanos),
        Integer.toString(node),
        Integer.toString(pid),
        Integer.toString(tid),
        name,
        text,
        result);
  }

  /** Reads a line. */
  public static Sight decode(String line) {
    String[] f = line.split("\t", -1);
    if (f.length != FIELDS) {
      throw new IllegalArgumentException("expected " + FIELDS + " fields: " + line);
    }
    return new Sight(
        Kind.valueOf(f[0]),
        Long.parseLong(f[1]),
        Long.parseLong(f[2]),
        Integer.parseInt(f[3]),
        Integer.parseInt(f[4]),
        Integer.parseInt(f[5]),
        f[6],
        f[7],
        f[8]);
  }
}
