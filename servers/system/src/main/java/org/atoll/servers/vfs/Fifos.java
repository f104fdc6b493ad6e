package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.libsys.Row;

/**
 * Opening FIFOs: fifo(7). An end counts from the moment of its open; who waits for the other end
 * goes on when one was opened since, even if it is closed again.
 */
final class Fifos {

  private final VfsState state;
  private final PathCalls paths;
  private final Files files;
  private final Pipes pipes;
  private final Processes processes;

  Fifos(VfsState state, PathCalls paths, Files files, Pipes pipes, Processes processes) {
    this.state = state;
    this.paths = paths;
    this.files = files;
    this.pipes = pipes;
    this.processes = processes;
  }

  /** Ends an OPEN that found a FIFO, or lets it wait. */
  void open(Turn turn, PathRow row, Vnode vnode) {
    int flags = (int) row.words[0];
    int access = flags & OpenFlags.ACCESS_MODE;
    boolean nonblocking = (flags & OpenFlags.NONBLOCK) != 0;
    boolean hasReader = vnode.fifo != null && vnode.fifo.readers > 0;
    if (access == OpenFlags.WRONLY && nonblocking && !hasReader) {
      paths.finish(turn, row, -Errno.ENXIO);
      return;
    }
    Pipe pipe = vnode.fifo == null ? pipes.create() : vnode.fifo;
    vnode.fifo = pipe;
    OpenFile file = files.open(OpenFile.Kind.PIPE, flags, vnode, pipe, 0);
    file.writersBefore = nonblocking && pipe.writers == 0 ? pipe.writersEver : OpenFile.ANY_WRITER;
    wakeOpeners(turn, pipe);
    if (nonblocking || access == OpenFlags.RDWR || peers(file, pipe) > 0) {
      turn.reply(row.request, files.install(turn, row.process, file, flags));
      paths.end(turn, row);
      pipes.pump(turn, pipe);
    } else {
      row.process.pending++;
      state.waiting.add(
          row.request, Wait.FIFO_OPEN.number(), file.id, row.process.endpoint, flags, ever(file));
      pipe.waitingOpeners.add(row.request);
      paths.end(turn, row);
    }
  }

  private static int peers(OpenFile file, Pipe pipe) {
    return file.isReadable() ? pipe.writers : pipe.readers;
  }

  private static int ever(OpenFile file) {
    return file.isReadable() ? file.ring().writersEver : file.ring().readersEver;
  }

  private void wakeOpeners(Turn turn, Pipe pipe) {
    for (long request : pipe.waitingOpeners.toArray()) {
      Row row = state.waiting.see(request);
      OpenFile file = state.file(row.w0);
      if (ever(file) != row.w3) {
        Process process = state.knownProcess((int) row.w1);
        int flags = (int) row.w2;
        state.waiting.remove(request);
        pipe.waitingOpeners.remove(request);
        turn.reply(request, files.install(turn, process, file, flags));
        processes.done(turn, process);
      }
    }
  }

  void cancel(Turn turn, long request) {
    Row row = state.waiting.take(request);
    OpenFile file = state.file(row.w0);
    Process process = state.knownProcess((int) row.w1);
    file.ring().waitingOpeners.remove(request);
    turn.reply(request, -Errno.EINTR);
    files.release(turn, file);
    processes.done(turn, process);
  }
}
