package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.atoll.drivers.link.FrameSplitter;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/** A node that is connected and trusted: frames to it are gathered here until the flush. */
final class Peer {

  private static final int START_BYTES = 16 * 1024;
  private static final int GATHERED_BYTES_MAX = 2 * Transport.FRAME_BYTES_MAX;

  final int node;

  /** The port it listens on. */
  final int port;

  private final Channel channel;
  private final Consumer<String> ending;
  private ByteBuf gathered = newBuffer();
  private int claimedBytes = -1;
  private boolean starved;
  private boolean heard = true;
  private int silentTicks;

  Peer(int node, int port, Channel channel, Consumer<String> ending) {
    this.node = node;
    this.port = port;
    this.channel = channel;
    this.ending = ending;
  }

  /** Sends nothing any more after what was committed; what arrives is still heard. */
  void finish() {
    flush();
    var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(this::endOutput);
  }

  private void endOutput(Future<? super Void> written) {
    var _ = ((DuplexChannel) channel).shutdownOutput();
  }

  /** Closes the connection for a reason. */
  void end(String reason) {
    ending.accept(reason);
  }

  @Nullable ByteBuffer claim(int bytes) {
    if (!channel.isWritable()) {
      starved = true;
      return null;
    }
    return room(bytes);
  }

  void commit() {
    if (claimedBytes < 0) {
      throw new IllegalStateException("commit without claim");
    }
    gathered.writerIndex(gathered.writerIndex() + FrameSplitter.HEADER_BYTES + claimedBytes);
    claimedBytes = -1;
  }

  /** Sends a frame of the link's own, whatever waits already: they are few and small. */
  void control(byte[] frame) {
    room(frame.length).put(frame);
    int header = gathered.writerIndex();
    gathered.setIntLE(header, frame.length | FrameSplitter.CONTROL);
    commit();
    flush();
  }

  /** Sends what was gathered; the buffer is used again when the host took all of it at once. */
  void flush() {
    if (!gathered.isReadable()) {
      return;
    }
    var _ = channel.writeAndFlush(gathered.retain(), channel.voidPromise());
    if (gathered.refCnt() == 1) {
      gathered.clear();
    } else {
      gathered.release();
      gathered = newBuffer();
    }
  }

  /** Whether a claim failed before and would not fail now; asked once. */
  boolean recovered() {
    if (starved && channel.isWritable()) {
      starved = false;
      return true;
    }
    return false;
  }

  /** Something arrived. */
  void heard() {
    heard = true;
  }

  /** A tick of the clock: a sign of life, and the end when none was heard for too long. */
  void tick() {
    silentTicks = heard ? 0 : silentTicks + 1;
    heard = false;
    if (isSilent()) {
      end("no sign of life for " + NettyLink.SILENT_TICKS_MAX + " s");
    } else {
      control(new byte[] {NettyLink.HEARTBEAT});
    }
  }

  /** Whether nothing was heard for too long. */
  boolean isSilent() {
    return silentTicks >= NettyLink.SILENT_TICKS_MAX;
  }

  void release() {
    gathered.release();
  }

  private ByteBuffer room(int bytes) {
    int needed = FrameSplitter.HEADER_BYTES + bytes;
    if (gathered.readableBytes() + needed > GATHERED_BYTES_MAX) {
      flush();
    }
    gathered.ensureWritable(needed);
    int header = gathered.writerIndex();
    gathered.setIntLE(header, bytes);
    claimedBytes = bytes;
    return gathered
        .internalNioBuffer(header + FrameSplitter.HEADER_BYTES, bytes)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuf newBuffer() {
    return Unpooled.directBuffer(START_BYTES, GATHERED_BYTES_MAX);
  }
}
