package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * An open file description: what descriptors of several processes share, with its offset.
 *
 * <p>Invariant: {@link #references} counts descriptors and operations under way.
 */
final class OpenFile {

  /** What is behind it. */
  enum Kind {
    /** A regular file or a directory. */
    FILE,
    /** A pipe or a FIFO. */
    PIPE,
    /** A device of VFS itself: null, zero, full, random. */
    DEVICE,
    /** A stream of the command. */
    STREAM,
    /** A character device of a driver. */
    CHARACTER,
    /** O_PATH: a place in the tree, nothing more. */
    PATH,
    /** A counter, a timer, signals, an epoll. */
    EVENT,
    /** A socket: of the network server's. */
    SOCKET;

    /** As saved state and rows have it. */
    @SuppressWarnings("EnumOrdinal")
    int number() {
      return ordinal();
    }
  }

  private static final Kind[] KINDS = Kind.values();

  final long id;
  final Kind kind;

  /** Access mode and status flags, as F_GETFL answers them. */
  int flags;

  /** Null for a pipe without a name and for the streams that a process starts with. */
  final @Nullable Vnode vnode;

  final @Nullable Pipe pipe;

  /**
   * Of a device its number, of a stream the stream, of a driver's device or a socket the handle, of
   * an event the number of its source.
   */
  final long device;

  /** What is behind an event; null of all others. */
  @Nullable Source source;

  /** Numbers of the {@link Interest}s that epolls have in it. */
  final LongQueue interests = new LongQueue();

  long offset;
  int references;

  /** Whether an operation that uses the offset is under way. */
  boolean busy;

  /** Opened to be executed: nobody may write the file meanwhile. */
  boolean executing;

  /** Of a FIFO: as it was opened there was a writer, or the open waited for one. */
  static final int ANY_WRITER = -1;

  /**
   * Of a FIFO that was opened without waiting when it had no writer: writers that there had been by
   * then, so that poll reports no hang-up before a new one has come (as Linux); else ANY_WRITER.
   */
  int writersBefore = ANY_WRITER;

  /** Of a socket, the inode that is its name, if it has one. */
  @Nullable Vnode bound;

  /** Of a socket, who made it: user in the lower 32 bits, group in the upper. */
  long owner;

  /** Who is told by a signal what happens; null: nobody ever was named. */
  @Nullable SignalOwner signals;

  /** References of messages that nobody has received yet; counted again at a load. */
  int inFlight;

  /** Requests that want the offset next. */
  final LongQueue waiting = new LongQueue();

  OpenFile(long id, Kind kind, int flags, @Nullable Vnode vnode, @Nullable Pipe pipe, long device) {
    this.id = id;
    this.kind = kind;
    this.flags = flags;
    this.vnode = vnode;
    this.pipe = pipe;
    this.device = device;
  }

  boolean isReadable() {
    return kind != Kind.PATH && (flags & OpenFlags.ACCESS_MODE) != OpenFlags.WRONLY;
  }

  boolean isWritable() {
    return kind != Kind.PATH && (flags & OpenFlags.ACCESS_MODE) != 0;
  }

  boolean isNonblocking() {
    return (flags & OpenFlags.NONBLOCK) != 0;
  }

  boolean isDirectory() {
    return vnode != null && vnode.isDirectory();
  }

  /** The vnode of a file that has one. */
  Vnode place() {
    Vnode at = vnode;
    if (at == null) {
      throw new IllegalStateException("open file " + id + " has no vnode");
    }
    return at;
  }

  /** The pipe of a file that is one. */
  Pipe ring() {
    Pipe ring = pipe;
    if (ring == null) {
      throw new IllegalStateException("open file " + id + " is no pipe");
    }
    return ring;
  }

  /** What is behind a file that is an event. */
  Source event() {
    Source event = source;
    if (event == null) {
      throw new IllegalStateException("open file " + id + " is no event");
    }
    return event;
  }

  OpenFile retain() {
    references++;
    return this;
  }

  void save(StateWriter out, VfsState state) {
    out.writeLong(id).writeByte(kind.number()).writeInt(flags);
    state.saveVnode(out, vnode);
    out.writeLong(pipe == null ? -1 : pipe.id).writeLong(device).writeLong(offset);
    out.writeInt(references).writeBoolean(busy).writeBoolean(executing).writeInt(writersBefore);
    waiting.save(out);
    interests.save(out);
    state.saveVnode(out, bound);
    out.writeLong(owner);
    SignalOwner.save(out, signals);
  }

  static OpenFile load(StateReader in, VfsState state) {
    long id = in.readLong();
    Kind kind = KINDS[in.readByte()];
    int flags = in.readInt();
    Vnode vnode = state.loadVnode(in);
    long pipe = in.readLong();
    OpenFile file =
        new OpenFile(id, kind, flags, vnode, pipe < 0 ? null : state.pipe(pipe), in.readLong());
    file.offset = in.readLong();
    file.references = in.readInt();
    file.busy = in.readBoolean();
    file.executing = in.readBoolean();
    file.writersBefore = in.readInt();
    file.waiting.load(in);
    file.interests.load(in);
    file.source = kind == Kind.EVENT ? state.source(file.device) : null;
    file.bound = state.loadVnode(in);
    file.owner = in.readLong();
    file.signals = SignalOwner.load(in);
    return file;
  }
}
