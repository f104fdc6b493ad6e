package org.atoll.hypercall.linux;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.hypercall.EventChannel;
import org.atoll.hypercall.Streams;

/**
 * The streams that the command was started with on a Linux host. Closing gives the terminal back.
 */
public final class LinuxStreams implements Streams, AutoCloseable {

  private final Libc libc;
  private final HostStream[] streams = new HostStream[COUNT];
  private final NativeBytes buffer = new NativeBytes(Limits.BUFFER_BYTES_MAX);
  private final StreamWatcher watcher;
  private final HostTerminal terminal;

  /** The streams of this process: descriptors 0, 1 and 2. */
  public LinuxStreams(Libc libc) {
    this(libc, 0, 1, 2);
  }

  /** Whether descriptors 0 and 1 of this process are one terminal. */
  public static boolean onTerminal(Libc libc) {
    return HostTerminal.isOneTerminal(libc, 0, 1);
  }

  LinuxStreams(Libc libc, int input, int output, int errors) {
    this.libc = libc;
    streams[0] = new HostStream(libc, input, true);
    streams[1] = new HostStream(libc, output, false);
    streams[2] = new HostStream(libc, errors, false);
    watcher = new StreamWatcher(libc, input, output, errors);
    terminal = new HostTerminal(libc, input, output);
  }

  @Override
  public long status(int stream) {
    return streams[stream].status();
  }

  @Override
  public int ready(int stream, int events) {
    HostStream host = streams[stream];
    return host.closed() ? -Errno.EBADF : host.ready(events);
  }

  @Override
  public int read(int stream, byte[] target, int offset, int bytes) {
    HostStream host = streams[stream];
    if (host.closed()) {
      return -Errno.EBADF;
    }
    terminal.refresh();
    int got = host.read(buffer.address(), Math.min(bytes, buffer.bytes()));
    if (got > 0) {
      buffer.get(target, offset, got);
    }
    return got;
  }

  @Override
  public int write(int stream, byte[] source, int offset, int bytes) {
    HostStream host = streams[stream];
    if (host.closed()) {
      return -Errno.EBADF;
    }
    terminal.refresh();
    int most = Math.min(bytes, buffer.bytes());
    buffer.put(source, offset, most);
    return host.write(buffer.address(), most);
  }

  @Override
  public int watch(int stream, int events) {
    if (streams[stream].closed()) {
      return -Errno.EBADF;
    }
    watcher.watch(stream, events);
    if ((events & RESIZED) != 0 && streams[stream].resized()) {
      watcher.resized();
    }
    return 0;
  }

  @Override
  public int unwatch(int stream, int events) {
    watcher.unwatch(stream, events);
    return 0;
  }

  @Override
  public int terminalMode(int mode) {
    return switch (mode) {
      case RAW -> terminal.raw();
      case RESTORED -> terminal.restore();
      default -> -Errno.EINVAL;
    };
  }

  @Override
  public void channel(EventChannel channel) {
    watcher.channel(channel);
  }

  /** Follows what the host says of the terminal by signals: its window, stops, and going on. */
  public void hearSignals() {
    if (terminal.isThere()) {
      new TerminalSignals(libc, this).install();
    }
  }

  /** The host says that the terminal's window may have another size; callable from any thread. */
  void windowChanged() {
    watcher.resized();
  }

  /** The terminal of streams 0 and 1. */
  HostTerminal terminal() {
    return terminal;
  }

  /** Gives the terminal back as it was, for good; callable from any thread, more than once. */
  @Override
  public void close() {
    terminal.close();
  }
}
