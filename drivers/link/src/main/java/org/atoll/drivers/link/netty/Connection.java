package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.Errors;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.atoll.drivers.link.FrameSplitter;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.LinkBrokenException;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection: first the handshake, against the clock; then frames. Whatever breaks the
 * rules ends it.
 */
final class Connection extends ChannelInboundHandlerAdapter implements FrameSplitter.Sink {

  /** Time for a stranger to become a node. */
  private static final long STRANGER_MILLIS = 5_000;

  /** Time for a node that this one connected to, which may still be booting. */
  private static final long NODE_MILLIS = 30_000;

  private final NettyLink link;
  private final Handshake handshake;
  private final FrameSplitter splitter = new FrameSplitter();
  private final ReceiveBuffer received = new ReceiveBuffer();
  private final ByteBuffer message;
  private @Nullable Peer peer;
  private @Nullable Future<?> deadline;
  private @Nullable String ending;

  Connection(NettyLink link, Handshake handshake) {
    this.link = link;
    this.handshake = handshake;
    message = ByteBuffer.allocate(128).limit(handshake.expectedBytes());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().config().setRecvByteBufAllocator(received);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    received.release();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> end(context, "it did not finish the handshake in time"),
                handshake.connecting() ? NODE_MILLIS : STRANGER_MILLIS,
                TimeUnit.MILLISECONDS);
    say(context, handshake.opening());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object arrived) {
    ByteBuf bytes = (ByteBuf) arrived;
    try {
      if (ending == null) {
        ByteBuffer view = bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes());
        take(context, view);
      }
    } catch (LinkBrokenException broken) {
      end(context, String.valueOf(broken.getMessage()));
    } finally {
      bytes.release();
    }
  }

  private void take(ChannelHandlerContext context, ByteBuffer arrived) throws LinkBrokenException {
    while (peer == null && arrived.hasRemaining() && ending == null) {
      shakeHands(context, arrived);
    }
    Peer sender = peer;
    if (sender != null && ending == null) {
      sender.heard();
      splitter.take(arrived, this);
    }
  }

  private void shakeHands(ChannelHandlerContext context, ByteBuffer arrived)
      throws LinkBrokenException {
    while (message.hasRemaining() && arrived.hasRemaining()) {
      message.put(arrived.get());
    }
    if (message.hasRemaining()) {
      return;
    }
    byte[] whole = new byte[message.flip().remaining()];
    message.get(whole);
    byte[] answer = handshake.take(whole);
    if (handshake.complete()) {
      link.admit(handshake);
    }
    say(context, answer);
    message.clear().limit(handshake.expectedBytes());
    if (handshake.complete()) {
      peer = trust(context);
    }
  }

  private Peer trust(ChannelHandlerContext context) {
    Future<?> running = deadline;
    if (running != null) {
      running.cancel(false);
    }
    Peer trusted =
        new Peer(
            handshake.peer(),
            handshake.peerPort(),
            context.channel(),
            reason -> end(context, reason));
    link.trusted(trusted);
    return trusted;
  }

  @Override
  public void frame(ByteBuffer frame) {
    Peer from = peer;
    if (from != null) {
      link.frame(from, frame);
    }
  }

  @Override
  public void control(ByteBuffer frame) throws LinkBrokenException {
    link.control(frame);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    // Nothing to flush: the kernel flushes once per turn of its loop.
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      link.failed(cause);
    }
    if (isReset(cause)) {
      var _ = context.close();
    } else {
      end(context, String.valueOf(cause.getMessage()));
    }
  }

  /** A peer that dies with bytes unread resets the connection: that, too, is its end. */
  private static boolean isReset(Throwable cause) {
    return cause instanceof Errors.NativeIoException failed
        && (failed.expectedErr() == Errors.ERRNO_ECONNRESET_NEGATIVE
            || failed.expectedErr() == Errors.ERRNO_EPIPE_NEGATIVE);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Future<?> running = deadline;
    if (running != null) {
      running.cancel(false);
    }
    String reason = ending;
    if (reason == null) {
      reason = splitter.midway() ? "the connection ended within a frame" : "the connection ended";
    }
    Peer lost = peer;
    if (lost != null) {
      link.lost(lost, reason);
    } else {
      link.refused(handshake, context.channel().remoteAddress(), reason);
    }
  }

  /** Closes the connection, with the reason in words; the first reason counts. */
  void end(ChannelHandlerContext context, String reason) {
    if (ending == null) {
      ending = reason;
      var _ = context.close();
    }
  }

  private static void say(ChannelHandlerContext context, byte[] words) {
    if (words.length > 0) {
      var _ = context.writeAndFlush(Unpooled.wrappedBuffer(words), context.voidPromise());
    }
  }
}
