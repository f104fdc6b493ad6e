package org.atoll.drivers.link.service;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.atoll.drivers.link.FrameSplitter;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.session.FrameHead;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/** Shows the frames that a {@link Packer} has packed; what is not packed passes. */
public final class Unpacker implements FrameSplitter.Sink {

  /** Bytes that can be packed in one frame: a whole frame, however large. */
  private static final int RAW_BYTES_MAX = FrameHead.BYTES + Transport.FRAME_BYTES_MAX;

  private final FrameSplitter.Sink sink;

  /** Made when the first packed frame comes, which most links never see. */
  private @Nullable LZ4SafeDecompressor lz4;

  private ByteBuffer raw = ByteBuffer.allocate(0);

  /** Shows frames to a sink. */
  public Unpacker(FrameSplitter.Sink sink) {
    this.sink = sink;
  }

  @Override
  public void frame(ByteBuffer frame) throws LinkBrokenException {
    if (FrameHead.isPacked(FrameHead.length(frame, frame.position()))) {
      unpack(frame);
    } else {
      sink.frame(frame);
    }
  }

  private void unpack(ByteBuffer frame) throws LinkBrokenException {
    int bytes = frame.getInt(frame.position() + Integer.BYTES);
    if (bytes < FrameHead.BYTES || bytes > RAW_BYTES_MAX) {
      throw new LinkBrokenException("it packed " + bytes + " bytes, at most " + RAW_BYTES_MAX);
    }
    decompress(frame, bytes);
    while (raw.hasRemaining()) {
      showNext();
    }
  }

  private void decompress(ByteBuffer frame, int bytes) throws LinkBrokenException {
    if (raw.capacity() < bytes) {
      raw = ByteBuffer.allocate(Math.max(bytes, Packer.PIECE_BYTES));
      raw.order(ByteOrder.LITTLE_ENDIAN);
    }
    raw.clear();
    int from = frame.position() + FrameHead.BYTES;
    try {
      int made = lz4().decompress(frame, from, frame.limit() - from, raw, 0, bytes);
      if (made != bytes) {
        throw new LinkBrokenException("it packed " + made + " bytes and said " + bytes);
      }
    } catch (LZ4Exception malformed) {
      throw new LinkBrokenException("it sent a packed frame that cannot be unpacked");
    }
    raw.limit(bytes);
  }

  private LZ4SafeDecompressor lz4() {
    LZ4SafeDecompressor known = lz4;
    if (known == null) {
      known = LZ4Factory.safeInstance().safeDecompressor();
      lz4 = known;
    }
    return known;
  }

  private void showNext() throws LinkBrokenException {
    int start = raw.position();
    int end = raw.limit();
    if (end - start < FrameHead.BYTES) {
      throw new LinkBrokenException("it packed a part of a frame");
    }
    int length = raw.getInt(start);
    int next = start + FrameHead.BYTES + FrameHead.bytesBehind(length);
    if (FrameHead.isPacked(length) || next > end) {
      throw new LinkBrokenException("it packed what is no whole frame");
    }
    sink.frame(raw.limit(next));
    raw.limit(end).position(next);
  }
}
