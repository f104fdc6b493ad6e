package org.atoll.hypercall.linux;

import org.atoll.abi.Errno;
import org.atoll.hypercall.EventChannel;
import org.atoll.hypercall.Streams;

/**
 * The thread that waits, in poll(2), for the streams that are watched. It never reads or writes
 * them, so that taking a watch back loses nothing. It is started by the first watch.
 */
final class StreamWatcher {

  private static final int EFD_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
  private static final int WAKE_ROW = Streams.COUNT;

  private final Libc libc;
  private final int[] fds;

  /** Events watched for, by stream. Guarded by this. */
  private final int[] watched = new int[Streams.COUNT];

  private final PollSet poll = new PollSet(Streams.COUNT + 1);
  private final NativeBytes counter = new NativeBytes(Long.BYTES);
  private final NativeBytes one = new NativeBytes(Long.BYTES);

  /** Wakes the thread; -1 until it is started. Guarded by this. */
  private int wakeFd = -1;

  /** Guarded by this. */
  private EventChannel channel = () -> {};

  StreamWatcher(Libc libc, int... fds) {
    this.libc = libc;
    this.fds = fds;
    one.intAt(0, 1);
  }

  synchronized void channel(EventChannel channel) {
    this.channel = channel;
  }

  synchronized void watch(int stream, int events) {
    int before = watched[stream];
    watched[stream] = before | events;
    if (wakeFd < 0) {
      start();
    } else if (watched[stream] != before) {
      libc.write(wakeFd, one.address(), Long.BYTES);
    }
  }

  synchronized void unwatch(int stream, int events) {
    watched[stream] &= ~events;
  }

  /** The terminal may have another size: tells whoever watches for that. Callable from anywhere. */
  void resized() {
    if (takeResized()) {
      channelNow().raise();
    }
  }

  private synchronized boolean takeResized() {
    boolean any = false;
    for (int stream = 0; stream < fds.length; stream++) {
      if ((watched[stream] & Streams.RESIZED) != 0) {
        watched[stream] = 0;
        any = true;
      }
    }
    return any;
  }

  private void start() {
    wakeFd = libc.eventfd(EFD_NONBLOCK_CLOEXEC);
    if (wakeFd < 0) {
      throw new IllegalStateException("eventfd failed: " + Errno.name(-wakeFd));
    }
    Thread thread = new Thread(this::run, "atoll-streams");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (true) {
      prepare();
      int ready = poll.poll(libc, -1);
      if (ready == -Errno.EINTR) {
        continue;
      }
      if (ready < 0) {
        throw new IllegalStateException("poll failed: " + Errno.name(-ready));
      }
      if (poll.returned(WAKE_ROW) != 0) {
        libc.read(wakeFdNow(), counter.address(), Long.BYTES);
      }
      if (takeReady()) {
        channelNow().raise();
      }
    }
  }

  private synchronized void prepare() {
    for (int stream = 0; stream < fds.length; stream++) {
      int events = watched[stream] & ~Streams.RESIZED;
      poll.set(stream, watched[stream] == 0 ? -1 : fds[stream], events);
    }
    poll.set(WAKE_ROW, wakeFd, Streams.READABLE);
  }

  private synchronized boolean takeReady() {
    boolean any = false;
    for (int stream = 0; stream < fds.length; stream++) {
      if (poll.returned(stream) != 0 && watched[stream] != 0) {
        watched[stream] = 0;
        any = true;
      }
    }
    return any;
  }

  private synchronized int wakeFdNow() {
    return wakeFd;
  }

  private synchronized EventChannel channelNow() {
    return channel;
  }
}
