package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.atoll.drivers.link.service.Packer;
import org.atoll.drivers.link.service.Shape;
import org.atoll.drivers.link.service.Shaper;
import org.atoll.drivers.link.service.Terms;
import org.atoll.drivers.link.session.FrameHead;
import org.jspecify.annotations.Nullable;

/**
 * A wire with services put in: what is sent is packed, counted and held back, in this order, before
 * the wire gets it. Without services it costs one addition.
 */
final class ServicedWire implements Wire {

  /** Pieces in which bytes are held back. */
  private static final int HELD_BYTES = 16 * 1024;

  private final Wire wire;
  private final EventLoop loop;
  private final Shaper shaper = new Shaper();
  private final Queue<Held> held = new ArrayDeque<>();
  private @Nullable Packer packer;
  private Shape shape = Shape.NONE;
  private long sentBytes;
  private boolean closed;

  /**
   * Something that is under way.
   *
   * @param bytes null: the end
   * @param arrivesNanos when the wire gets it
   */
  private record Held(@Nullable ByteBuf bytes, long arrivesNanos) {}

  ServicedWire(Wire wire, EventLoop loop) {
    this.wire = wire;
    this.loop = loop;
  }

  /** The services from now on; what was sent before arrives first. */
  void terms(Terms terms) {
    if (!terms.packing()) {
      packer = null;
    } else if (packer == null) {
      packer = new Packer();
    }
    if (!terms.shape().equals(shape)) {
      shape = terms.shape();
      shaper.shape(shape);
    }
  }

  /** Bytes that were sent, as they are on the wire. */
  long sentBytes() {
    return sentBytes;
  }

  @Override
  public String via() {
    return wire.via();
  }

  @Override
  public void send(ByteBuf bytes) {
    Packer by = packer;
    if (by == null || bytes.readableBytes() < Packer.LEAST_BYTES) {
      pass(bytes);
      return;
    }
    try {
      packAll(by, bytes);
    } finally {
      bytes.release();
    }
  }

  /** Packs whole frames by the piece. */
  private void packAll(Packer by, ByteBuf bytes) {
    ByteBuffer frames = bytes.nioBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int start = 0;
    while (start < frames.limit()) {
      int end = start + FrameHead.wholeBytes(frames.getInt(start));
      while (end < frames.limit()
          && end + FrameHead.wholeBytes(frames.getInt(end)) - start <= Packer.PIECE_BYTES) {
        end += FrameHead.wholeBytes(frames.getInt(end));
      }
      ByteBuf packed = pack(by, frames.slice(start, end - start));
      pass(packed == null ? bytes.retainedSlice(bytes.readerIndex() + start, end - start) : packed);
      start = end;
    }
  }

  private static @Nullable ByteBuf pack(Packer by, ByteBuffer frames) {
    ByteBuf packed = PooledByteBufAllocator.DEFAULT.directBuffer(frames.remaining());
    ByteBuffer room = packed.internalNioBuffer(0, frames.remaining());
    int start = room.position();
    if (!by.pack(frames, room.order(ByteOrder.LITTLE_ENDIAN))) {
      packed.release();
      return null;
    }
    return packed.writerIndex(room.position() - start);
  }

  private void pass(ByteBuf bytes) {
    sentBytes += bytes.readableBytes();
    if (shape.isNone() && held.isEmpty()) {
      wire.send(bytes);
      return;
    }
    long now = System.nanoTime();
    while (bytes.readableBytes() > HELD_BYTES) {
      hold(bytes.readRetainedSlice(HELD_BYTES), now);
    }
    hold(bytes, now);
  }

  private void hold(ByteBuf bytes, long now) {
    hold(new Held(bytes, shaper.arrives(bytes.readableBytes(), now)));
  }

  private void hold(Held last) {
    boolean first = held.isEmpty();
    held.add(last);
    if (first) {
      wait(last);
    }
  }

  private void wait(Held next) {
    long nanos = Math.max(0, next.arrivesNanos() - System.nanoTime());
    var _ = loop.schedule(this::arrive, nanos, TimeUnit.NANOSECONDS);
  }

  private void arrive() {
    long now = System.nanoTime();
    for (Held next = held.peek(); next != null; next = held.peek()) {
      if (next.arrivesNanos() > now) {
        wait(next);
        return;
      }
      held.remove();
      ByteBuf bytes = next.bytes();
      if (bytes == null) {
        wire.finish();
      } else if (closed) {
        bytes.release();
      } else {
        wire.send(bytes);
        wire.flush();
      }
    }
  }

  @Override
  public void flush() {
    wire.flush();
  }

  @Override
  public void finish() {
    if (held.isEmpty()) {
      wire.finish();
    } else {
      hold(new Held(null, shaper.arrives(0, System.nanoTime())));
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Held left = held.poll(); left != null; left = held.poll()) {
      if (left.bytes() != null) {
        left.bytes().release();
      }
    }
    wire.close();
  }
}
