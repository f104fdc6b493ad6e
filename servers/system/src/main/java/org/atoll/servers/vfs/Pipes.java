package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.libsys.Row;

/**
 * Pipes and FIFOs once they are open: pipe(7).
 *
 * <p>A read or write that can be done is done in its turn; one that waits is a row in {@link
 * VfsState#waiting}, in the queue of its pipe. Whatever changes a pipe ends with {@link #pump}.
 */
final class Pipes {

  /** What lies around the pipes: whoever is interested in them. */
  interface Surroundings {

    /** What a pipe is ready for may be more now: these events. */
    void changed(Turn turn, Watchers watchers, int events);

    /** A waiting request no longer refers to a file. */
    void release(Turn turn, OpenFile file);
  }

  private final VfsState state;
  private final Surroundings surroundings;

  Pipes(VfsState state, Surroundings surroundings) {
    this.state = state;
    this.surroundings = surroundings;
  }

  /** A new pipe without ends. */
  Pipe create() {
    Pipe pipe = new Pipe(state.nextPipeId());
    state.pipes.put(pipe.id, pipe);
    return pipe;
  }

  // ---- ends

  void opened(OpenFile file, Pipe pipe) {
    if (file.isReadable()) {
      pipe.readers++;
      pipe.readersEver++;
    }
    if (file.isWritable()) {
      pipe.writers++;
      pipe.writersEver++;
    }
    pipe.endsChanged();
  }

  void closed(Turn turn, OpenFile file, Pipe pipe) {
    if (file.isReadable()) {
      pipe.readers--;
    }
    if (file.isWritable()) {
      pipe.writers--;
    }
    pipe.endsChanged();
    if (pipe.readers == 0 && pipe.writers == 0) {
      pipe.release(turn.kernel());
      state.pipes.remove(pipe.id);
      if (file.vnode != null) {
        file.vnode.fifo = null;
      }
    } else {
      pump(turn, pipe);
    }
  }

  // ---- read and write

  void read(Turn turn, long request, OpenFile file, int bytes) {
    Pipe pipe = file.ring();
    if (bytes == 0 || pipe.count() == 0 && pipe.writers == 0) {
      turn.reply(request, 0, 0);
    } else if (pipe.count() > 0) {
      turn.reply(request, pipe.drain(turn.kernel(), request, bytes), 0);
      pump(turn, pipe);
    } else if (file.isNonblocking()) {
      turn.reply(request, -Errno.EAGAIN);
    } else {
      state.waiting.add(request, Wait.PIPE_READ.number(), file.retain().id, bytes);
      pipe.waitingReaders.add(request);
    }
  }

  void write(Turn turn, long request, OpenFile file, int bytes) {
    Pipe pipe = file.ring();
    boolean whole = bytes <= Limits.PIPE_ATOMIC_BYTES;
    if (bytes == 0) {
      turn.reply(request, 0, 0);
    } else if (pipe.readers == 0) {
      turn.reply(request, -Errno.EPIPE);
    } else if (file.isNonblocking()) {
      boolean room = whole ? pipe.room() >= bytes : pipe.room() > 0;
      int done = room ? pipe.fill(turn.kernel(), request, 0, bytes) : -Errno.EAGAIN;
      turn.reply(request, done, done == bytes ? 1 : 0);
      pump(turn, pipe);
    } else if (pipe.waitingWriters.isEmpty() && pipe.room() >= bytes) {
      int done = pipe.fill(turn.kernel(), request, 0, bytes);
      turn.reply(request, done, done == bytes ? 1 : 0);
      pump(turn, pipe);
    } else {
      state.waiting.add(request, Wait.PIPE_WRITE.number(), file.retain().id, bytes, 0);
      pipe.waitingWriters.add(request);
      pump(turn, pipe);
    }
  }

  /** Lets bytes go on as far as they can, and wakes whoever that concerns. */
  void pump(Turn turn, Pipe pipe) {
    boolean more = true;
    while (more) {
      boolean fed = feedWriter(turn, pipe);
      more = feedReader(turn, pipe) || fed;
    }
    int news = pipe.takeNews();
    if (news != 0) {
      surroundings.changed(turn, pipe.watchers, news);
    }
  }

  /** Takes what the first waiting writer has; whether anything moved. */
  private boolean feedWriter(Turn turn, Pipe pipe) {
    if (pipe.waitingWriters.isEmpty()) {
      return false;
    }
    long request = pipe.waitingWriters.first();
    Row row = state.waiting.see(request);
    long file = row.w0;
    int bytes = (int) row.w1;
    int done = (int) row.w2;
    if (pipe.readers == 0) {
      turn.reply(request, done > 0 ? done : -Errno.EPIPE, 0, Signal.PIPE);
      forget(turn, pipe.waitingWriters, request);
      return true;
    }
    boolean whole = bytes <= Limits.PIPE_ATOMIC_BYTES;
    if (pipe.room() < (whole ? bytes : 1)) {
      return false;
    }
    int moved = pipe.fill(turn.kernel(), request, done, bytes - done);
    if (moved < 0 || done + moved == bytes) {
      endWrite(
          turn, pipe, request, moved < 0 && done == 0 ? moved : done + Math.max(moved, 0), bytes);
    } else {
      state.waiting.remove(request);
      state.waiting.add(request, Wait.PIPE_WRITE.number(), file, bytes, done + moved);
    }
    return true;
  }

  private void endWrite(Turn turn, Pipe pipe, long request, int result, int bytes) {
    turn.reply(request, result, result == bytes ? 1 : 0);
    forget(turn, pipe.waitingWriters, request);
  }

  /** Gives the first waiting reader what is there; whether anything moved. */
  private boolean feedReader(Turn turn, Pipe pipe) {
    if (pipe.waitingReaders.isEmpty() || pipe.count() == 0 && pipe.writers > 0) {
      return false;
    }
    long request = pipe.waitingReaders.first();
    int bytes = (int) state.waiting.see(request).w1;
    turn.reply(request, pipe.drain(turn.kernel(), request, bytes), 0);
    forget(turn, pipe.waitingReaders, request);
    return true;
  }

  /** Takes an answered request out of its queue. */
  private void forget(Turn turn, LongQueue queue, long request) {
    queue.remove(request);
    surroundings.release(turn, state.file(state.waiting.take(request).w0));
  }

  // ---- cancel

  void cancelRead(Turn turn, long request) {
    Pipe pipe = state.file(state.waiting.see(request).w0).ring();
    turn.reply(request, -Errno.EINTR);
    forget(turn, pipe.waitingReaders, request);
  }

  void cancelWrite(Turn turn, long request) {
    Row row = state.waiting.see(request);
    int done = (int) row.w2;
    Pipe pipe = state.file(row.w0).ring();
    turn.reply(request, done > 0 ? done : -Errno.EINTR);
    forget(turn, pipe.waitingWriters, request);
    pump(turn, pipe);
  }

  // ---- F_SETPIPE_SZ

  /** Sets the capacity; the new one, or EINVAL, EPERM, EBUSY, ENOMEM. */
  long resize(Turn turn, Process process, Pipe pipe, long bytes) {
    if (bytes < 0 || bytes > 1L << 31) {
      return -Errno.EINVAL;
    }
    int wanted = (int) Math.max(bytes, Limits.PAGE_BYTES);
    int size = wanted <= 0 ? 0 : Integer.highestOneBit(wanted - 1) << 1;
    if (size <= 0 || size > Limits.PIPE_BYTES_MAX) {
      return process.uid != 0 ? -Errno.EPERM : -Errno.ENOMEM;
    }
    if (size < pipe.count()) {
      return -Errno.EBUSY;
    }
    KernelCalls kernel = turn.kernel();
    if (!pipe.resize(kernel, size / Limits.PAGE_BYTES)) {
      return -Errno.ENOMEM;
    }
    pump(turn, pipe);
    return pipe.capacity();
  }
}
