package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Turn;
import org.atoll.libsys.Row;

/** Counters, timers and sets of signals once they are open: eventfd(2), timerfd(2), signalfd(2). */
final class Events {

  private static final int WORD_BYTES = 8;

  private final VfsState state;
  private final Files files;
  private final Surroundings surroundings;

  /** Who is interested in them. */
  interface Surroundings {

    /** What a file is ready for may be more now: these events. */
    void changed(Turn turn, Watchers watchers, int events);

    /** Something is gone that had no other use than to watch others. */
    void closed(Turn turn, EventPoll epoll);
  }

  Events(VfsState state, Files files, Surroundings surroundings) {
    this.state = state;
    this.files = files;
    this.surroundings = surroundings;
  }

  /** Opens what is behind a new descriptor and answers that, or EMFILE, ENFILE. */
  void open(Turn turn, long request, Process process, Source source, int flags) {
    if (!files.haveRoom(1)) {
      turn.reply(request, -Errno.ENFILE);
      return;
    }
    state.sources.put(source.id, source);
    OpenFile file = files.open(source, flags | OpenFlags.RDWR);
    turn.reply(request, files.install(turn, process, file, flags));
  }

  /** The last description of it is gone. */
  void closed(Turn turn, Source source) {
    state.sources.remove(source.id);
    if (source instanceof Timer) {
      turn.kernel().cancelAlarm(Timer.alarm(source.id));
    } else if (source instanceof EventPoll epoll) {
      surroundings.closed(turn, epoll);
    }
  }

  // ---- read and write

  void read(Turn turn, long request, OpenFile file, int bytes) {
    switch (file.event()) {
      case Counter counter -> readCounter(turn, request, file, counter, bytes);
      case Timer timer -> readTimer(turn, request, file, timer, bytes);
      case SignalSet set ->
          turn.reply(request, -Errno.EMOVED, set.signals, file.isNonblocking() ? 1 : 0);
      default -> turn.reply(request, -Errno.EINVAL);
    }
  }

  private void readCounter(Turn turn, long request, OpenFile file, Counter counter, int bytes) {
    if (bytes < WORD_BYTES) {
      turn.reply(request, -Errno.EINVAL);
    } else if (!counter.isEmpty()) {
      give(turn, request, counter.take());
      pump(turn, counter);
      surroundings.changed(turn, counter.watchers, Readiness.OUT);
    } else {
      await(turn, request, file, counter.readers, 0);
    }
  }

  private void readTimer(Turn turn, long request, OpenFile file, Timer timer, int bytes) {
    if (bytes < WORD_BYTES) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    timer.goOn(turn.kernel());
    if (timer.hasTicks()) {
      give(turn, request, timer.take());
    } else {
      await(turn, request, file, timer.readers, 0);
    }
  }

  void write(Turn turn, long request, OpenFile file, int bytes) {
    if (!(file.event() instanceof Counter counter) || bytes != WORD_BYTES) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    byte[] word = new byte[WORD_BYTES];
    int copied = turn.kernel().copyIn(request, 0, word, 0, WORD_BYTES);
    long more = value(word);
    if (copied < 0 || more == Counter.NEVER) {
      turn.reply(request, copied < 0 ? copied : -Errno.EINVAL);
    } else if (counter.takes(more)) {
      counter.add(more);
      turn.reply(request, WORD_BYTES, 0);
      pump(turn, counter);
      surroundings.changed(turn, counter.watchers, Readiness.IN);
    } else {
      await(turn, request, file, counter.writers, more);
    }
  }

  private void await(Turn turn, long request, OpenFile file, LongQueue queue, long more) {
    if (file.isNonblocking()) {
      turn.reply(request, -Errno.EAGAIN);
    } else {
      state.waiting.add(request, Wait.EVENT.number(), file.retain().id, more);
      queue.add(request);
    }
  }

  private static void give(Turn turn, long request, long value) {
    byte[] word = new byte[WORD_BYTES];
    for (int i = 0; i < WORD_BYTES; i++) {
      word[i] = (byte) (value >>> 8 * i);
    }
    int copied = turn.kernel().copyOut(request, 0, word, 0, WORD_BYTES);
    turn.reply(request, copied < 0 ? copied : WORD_BYTES, 0);
  }

  private static long value(byte[] word) {
    long value = 0;
    for (int i = 0; i < WORD_BYTES; i++) {
      value |= (word[i] & 0xffL) << 8 * i;
    }
    return value;
  }

  // ---- what waits

  /** Lets those who wait for a counter go on, as far as they can. */
  private void pump(Turn turn, Counter counter) {
    boolean more = true;
    while (more) {
      more = false;
      if (!counter.isEmpty() && !counter.readers.isEmpty()) {
        long request = counter.readers.first();
        give(turn, request, counter.take());
        forget(turn, counter.readers, request);
        more = true;
      }
      if (!counter.writers.isEmpty()) {
        long request = counter.writers.first();
        long wanted = state.waiting.see(request).w1;
        if (counter.takes(wanted)) {
          counter.add(wanted);
          turn.reply(request, WORD_BYTES, 0);
          forget(turn, counter.writers, request);
          more = true;
        }
      }
    }
  }

  private void forget(Turn turn, LongQueue queue, long request) {
    queue.remove(request);
    files.release(turn, state.file(state.waiting.take(request).w0));
  }

  void cancel(Turn turn, long request) {
    Row row = state.waiting.see(request);
    Source source = state.file(row.w0).event();
    turn.reply(request, -Errno.EINTR);
    source.writers.remove(request);
    forget(turn, source.readers, request);
  }

  /** The alarm of a timer. */
  void alarm(Turn turn, long tag) {
    Source source = state.sources.get(Timer.sourceOf(tag));
    if (source instanceof Timer timer && timer.alarm(turn.kernel())) {
      wake(turn, timer);
    }
  }

  private void wake(Turn turn, Timer timer) {
    if (!timer.readers.isEmpty()) {
      long request = timer.readers.first();
      timer.goOn(turn.kernel());
      give(turn, request, timer.take());
      forget(turn, timer.readers, request);
    }
    surroundings.changed(turn, timer.watchers, Readiness.IN);
  }

  // ---- timerfd_settime, timerfd_gettime

  /** Sets a timer and answers what was set before. */
  void set(Turn turn, long request, Timer timer, long value, long interval, int how, long now) {
    KernelCalls kernel = turn.kernel();
    timer.goOn(kernel);
    turn.reply(request, 0, timer.left(kernel), timer.interval());
    timer.set(kernel, value, interval, (how & EventCalls.ABSOLUTE) != 0, now);
  }

  /** Answers what is set. */
  void get(Turn turn, long request, Timer timer) {
    timer.goOn(turn.kernel());
    turn.reply(request, 0, timer.left(turn.kernel()), timer.interval());
  }
}
