package org.atoll.drivers.console;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.hypercall.Streams;

/** A request that waits for its stream: one row of the driver's state. */
final class Waiting {

  /** What is asked of the stream. */
  enum Kind {
    READ('r'),
    WRITE('w'),
    WATCH('p');

    /** As it is saved. */
    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    private static Kind of(int letter) {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of request: " + letter);
    }
  }

  final Kind kind;
  final long request;
  final int stream;

  /** Bytes asked for; of a WATCH, the events. */
  final int wanted;

  /** Bytes that the host took. */
  int done;

  Waiting(Kind kind, long request, int stream, int wanted) {
    this.kind = kind;
    this.request = request;
    this.stream = stream;
    this.wanted = wanted;
  }

  /** The events of the stream that let it go on. */
  int events() {
    return switch (kind) {
      case READ -> Streams.READABLE;
      case WRITE -> Streams.WRITABLE;
      case WATCH -> wanted | Streams.FAILED;
    };
  }

  /** Whether this one must let the other, which came before, go first. */
  boolean behind(Waiting other) {
    return kind != Kind.WATCH && other.kind == kind && other.stream == stream;
  }

  void save(StateWriter out) {
    out.writeByte(kind.letter);
    out.writeLong(request).writeInt(stream).writeInt(wanted).writeInt(done);
  }

  static Waiting load(StateReader in) {
    Kind kind = Kind.of(in.readByte());
    Waiting row = new Waiting(kind, in.readLong(), in.readInt(), in.readInt());
    row.done = in.readInt();
    return row;
  }
}
