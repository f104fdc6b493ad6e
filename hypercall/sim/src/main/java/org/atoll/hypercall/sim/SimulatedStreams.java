package org.atoll.hypercall.sim;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.hypercall.EventChannel;
import org.atoll.hypercall.Streams;

/**
 * The streams of a simulated command: input that the simulation gives, output that it collects in
 * the order in which it was written.
 */
public final class SimulatedStreams implements Streams {

  private static final long DELAY_LEAST_NANOS = 1_000;
  private static final long DELAY_MOST_NANOS = 30_000;

  private final Agenda agenda;
  private final SeededGenerator delay;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final ByteArrayOutputStream transcript = new ByteArrayOutputStream();
  private final int[] watched = new int[COUNT];
  private byte[] input = {};
  private int inputRead;
  private boolean inputEnded;
  private boolean readerGone;
  private int room = Integer.MAX_VALUE;
  private EventChannel channel = () -> {};

  /** Of the terminal that streams 0 and 1 are: rows and columns as a status has them; or 0. */
  private long window;

  private final long[] told = {-1, -1, -1};
  private int mode = RESTORED;

  SimulatedStreams(Agenda agenda, SeededGenerator delay) {
    this.agenda = agenda;
    this.delay = delay;
  }

  // ---- what a simulation does

  /** Input arrives. */
  public void feed(byte[] bytes) {
    byte[] unread = Arrays.copyOfRange(input, inputRead, input.length + bytes.length);
    System.arraycopy(bytes, 0, unread, unread(), bytes.length);
    input = unread;
    inputRead = 0;
    tell();
  }

  /** No more input will arrive. */
  public void endInput() {
    inputEnded = true;
    tell();
  }

  /** From now on the reader of the outputs takes so many bytes, and then no more. */
  public void room(int bytes) {
    room = bytes;
    tell();
  }

  /** The reader of the outputs goes away. */
  public void breakOutput() {
    readerGone = true;
    tell();
  }

  /** From now on streams 0 and 1 are a terminal, or the one that they are has another size. */
  public void terminal(int rows, int columns) {
    window = (long) rows << 16 | (long) columns << 32;
    tell();
  }

  /** Whether the terminal was made raw. */
  public boolean isRaw() {
    return mode == RAW;
  }

  /** What was written to stream 1. */
  public byte[] output() {
    return output.toByteArray();
  }

  /** What was written to stream 2. */
  public byte[] errors() {
    return errors.toByteArray();
  }

  /** What was written to streams 1 and 2, in order. */
  public byte[] transcript() {
    return transcript.toByteArray();
  }

  // ---- what the driver does

  @Override
  public long status(int stream) {
    told[stream] = statusNow(stream);
    return told[stream];
  }

  private long statusNow(int stream) {
    return isTerminal(stream) ? TERMINAL | window : PIPE;
  }

  private boolean isTerminal(int stream) {
    return window != 0 && stream != 2;
  }

  @Override
  public int ready(int stream, int events) {
    boolean resized = isTerminal(stream) && statusNow(stream) != told[stream];
    return transferable(stream, events) | (resized ? events & RESIZED : 0);
  }

  private int transferable(int stream, int events) {
    if (stream == 0) {
      int end = inputEnded ? HUNG_UP : 0;
      return (unread() > 0 ? events & READABLE : 0) | end;
    }
    if (readerGone) {
      return events & WRITABLE | FAILED;
    }
    return room > 0 ? events & WRITABLE : 0;
  }

  @Override
  public int read(int stream, byte[] target, int offset, int bytes) {
    if (stream != 0) {
      return -Errno.EBADF;
    }
    int got = Math.min(unread(), bytes);
    if (got == 0) {
      return inputEnded || bytes == 0 ? 0 : -Errno.EAGAIN;
    }
    System.arraycopy(input, inputRead, target, offset, got);
    inputRead += got;
    return got;
  }

  @Override
  public int write(int stream, byte[] source, int offset, int bytes) {
    if (stream == 0) {
      return -Errno.EBADF;
    }
    if (readerGone) {
      return -Errno.EPIPE;
    }
    int taken = Math.min(bytes, room);
    if (taken == 0 && bytes > 0) {
      return -Errno.EAGAIN;
    }
    room -= room == Integer.MAX_VALUE ? 0 : taken;
    (stream == 1 ? output : errors).write(source, offset, taken);
    transcript.write(source, offset, taken);
    return taken;
  }

  @Override
  public int watch(int stream, int events) {
    watched[stream] |= events;
    tell();
    return 0;
  }

  @Override
  public int unwatch(int stream, int events) {
    watched[stream] &= ~events;
    return 0;
  }

  @Override
  public int terminalMode(int wanted) {
    if (wanted != RAW && wanted != RESTORED) {
      return -Errno.EINVAL;
    }
    if (window == 0) {
      return -Errno.ENOTTY;
    }
    mode = wanted;
    return 0;
  }

  @Override
  public void channel(EventChannel channel) {
    this.channel = channel;
  }

  private int unread() {
    return input.length - inputRead;
  }

  /** Raises the channel a little later when something that is watched for is there. */
  private void tell() {
    boolean any = false;
    for (int stream = 0; stream < COUNT; stream++) {
      if (watched[stream] != 0 && ready(stream, watched[stream]) != 0) {
        watched[stream] = 0;
        any = true;
      }
    }
    if (any) {
      long nanos = agenda.nowNanos() + delay.between(DELAY_LEAST_NANOS, DELAY_MOST_NANOS);
      agenda.at(nanos, channel::raise);
    }
  }
}
