package org.atoll.servers.vfs;

import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/** The life of open file descriptions: made, put under a descriptor, released. */
final class Files {

  private final VfsState state;
  private final Pipes pipes;
  private final Locks locks;
  private final Surroundings surroundings;

  /** What the end of a description touches. */
  interface Surroundings {

    /** Epolls have it no longer, and nobody is told by signals. */
    void unwatched(Turn turn, OpenFile file);

    /** What was behind an event is over. */
    void closed(Turn turn, Source source);
  }

  Files(VfsState state, Pipes pipes, Locks locks, Surroundings surroundings) {
    this.state = state;
    this.pipes = pipes;
    this.locks = locks;
    this.surroundings = surroundings;
  }

  /** Whether there can be so many more; a request that needs them asks first (ENFILE). */
  boolean haveRoom(int more) {
    return state.files.size() + more <= Limits.OPEN_FILES_MAX;
  }

  /** A description with one reference, for the caller to place. */
  OpenFile open(
      OpenFile.Kind kind, int flags, @Nullable Vnode vnode, @Nullable Pipe pipe, long device) {
    int kept = flags & ~OpenFlags.ONLY_AT_OPEN;
    OpenFile file = new OpenFile(state.nextFileId(), kind, kept, vnode, pipe, device);
    file.references = 1;
    if (vnode != null) {
      vnode.retain();
      if (file.isWritable()) {
        vnode.writers++;
      }
    }
    if (pipe != null) {
      pipes.opened(file, pipe);
    }
    state.files.put(file.id, file);
    return file;
  }

  /** A description of an event, with one reference. */
  OpenFile open(Source source, int flags) {
    OpenFile file = open(OpenFile.Kind.EVENT, flags, null, null, source.id);
    file.source = source;
    return file;
  }

  /** Puts a description under the lowest free descriptor; or releases it, and a negated errno. */
  long install(Turn turn, Process process, OpenFile file, int openFlags) {
    int fd = process.freeFrom(0);
    if (fd < 0) {
      release(turn, file);
      return fd;
    }
    process.put(fd, file, (openFlags & OpenFlags.CLOEXEC) != 0);
    return fd;
  }

  /** Frees a descriptor; false when it was not in use (EBADF). */
  boolean close(Turn turn, Process process, long fd) {
    OpenFile file = process.take(fd);
    if (file == null) {
      return false;
    }
    locks.closed(turn, process, file);
    release(turn, file);
    return true;
  }

  /** One reference less; the last closes what is behind. */
  void release(Turn turn, OpenFile file) {
    if (--file.references > 0) {
      state.rights.released(file);
      return;
    }
    state.files.remove(file.id);
    if (!file.interests.isEmpty() || file.signals != null) {
      surroundings.unwatched(turn, file);
    }
    if (file.source != null) {
      surroundings.closed(turn, file.source);
    }
    Vnode vnode = file.vnode;
    if (vnode != null) {
      locks.descriptionGone(turn, file, vnode);
      if (file.isWritable()) {
        vnode.writers--;
      }
      if (file.executing) {
        vnode.executors--;
      }
    }
    if (file.pipe != null) {
      pipes.closed(turn, file, file.pipe);
    }
    if (file.kind == OpenFile.Kind.CHARACTER || file.kind == OpenFile.Kind.SOCKET) {
      Drivers.close(turn, state, file);
    }
    state.release(file.bound);
    state.release(vnode);
  }
}
