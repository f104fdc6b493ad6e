package org.atoll.hypercall;

/**
 * The three streams of the command on its host: 0 input, 1 output, 2 errors.
 *
 * <p>No method waits, and nothing is kept: what is not asked for is not read, and what is reported
 * as written is the host's. Owner: the CPU that runs the console driver.
 *
 * <p>Results are 0 or positive, or a negated {@link org.atoll.abi.Errno}: {@code EBADF} when the
 * stream is closed, and whatever the host's own call answers ({@code EPIPE}, {@code EIO}, {@code
 * ENOSPC}).
 */
public interface Streams {

  /** Streams of a command. */
  int COUNT = 3;

  /** Event: input, or its end, is there (POLLIN). */
  int READABLE = 1;

  /** Event: there is room for output (POLLOUT). */
  int WRITABLE = 4;

  /** Event, reported without being asked for: an error is there (POLLERR). */
  int FAILED = 8;

  /** Event, reported without being asked for: the other end is closed (POLLHUP). */
  int HUNG_UP = 16;

  /**
   * Event: the terminal's size is not the one that {@link #status} of the stream told last; also
   * when it was never asked.
   */
  int RESIZED = 0x1000;

  /** Mode of the terminal: as it was before it was made raw. */
  int RESTORED = 0;

  /** Mode of the terminal: bytes come and go as they are, 8 bit, without echo and signals. */
  int RAW = 1;

  /** Kind: a terminal. */
  int TERMINAL = 0;

  /** Kind: a pipe, a socket or another device. */
  int PIPE = 1;

  /** Kind: a regular file. */
  int REGULAR = 2;

  /** Kind: the command was started without this stream. */
  int CLOSED = 3;

  /** Kind: the null device. */
  int NULL_DEVICE = 4;

  /** What a stream is: its kind, {@code rows << 16} and {@code columns << 32} of a terminal. */
  long status(int stream);

  /** Which of the events are there now, and FAILED or HUNG_UP. */
  int ready(int stream, int events);

  /** Takes input that is there; 0 at the end, {@code -EAGAIN} when there is none yet. */
  int read(int stream, byte[] target, int offset, int bytes);

  /** Hands over output; less than {@code bytes} when there was less room, {@code -EAGAIN}: none. */
  int write(int stream, byte[] source, int offset, int bytes);

  /**
   * Asks that the channel be raised, once, when one of the events, FAILED or HUNG_UP is there; adds
   * to what is watched for already.
   */
  int watch(int stream, int events);

  /** Takes back what was asked by {@link #watch}: none of these events is watched for any more. */
  int unwatch(int stream, int events);

  /**
   * Sets the mode of the terminal that streams 0 and 1 are, {@link #RAW} or {@link #RESTORED}.
   *
   * @return 0, {@code -ENOTTY} when they are not one terminal, {@code -EINVAL} to another mode
   */
  int terminalMode(int mode);

  /** Names the channel that {@link #watch} raises; called once, before the driver runs. */
  void channel(EventChannel channel);
}
