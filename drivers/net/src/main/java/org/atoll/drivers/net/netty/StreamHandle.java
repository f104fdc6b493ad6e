package org.atoll.drivers.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayDeque;
import org.atoll.abi.Errno;
import org.atoll.hypercall.Network;

/**
 * A connection. Nothing is read from the host's socket before somebody asks for it, so that a VOS
 * that does not read stops its peer; what was taken for sending is bounded by the channel's mark.
 */
final class StreamHandle extends ChannelInboundHandlerAdapter implements OpenHandle {

  private final Marks marks;
  private final Channel channel;
  private final ArrayDeque<ByteBuf> arrived = new ArrayDeque<>();
  private boolean connecting;
  private boolean ended;
  private boolean outputShut;
  private boolean closed;
  private int error;

  /** The handle's number, 0 before it has one. */
  private long handle;

  StreamHandle(Marks marks, Channel channel, boolean connecting) {
    this.marks = marks;
    this.channel = channel;
    this.connecting = connecting;
  }

  /** It has a number from now on, under which its events are told. */
  void named(long number) {
    handle = number;
    marks.mark(handle);
  }

  // ---- events

  /** The attempt to connect is over. */
  void connected() {
    connecting = false;
    marks.mark(handle);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (closed) {
      bytes.release();
      return;
    }
    arrived.addLast(bytes);
    marks.mark(handle);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      ended = true;
      marks.mark(handle);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended = true;
    marks.mark(handle);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    marks.mark(handle);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failed(cause);
  }

  /** It is over, by the host's account. */
  void failed(Throwable cause) {
    connecting = false;
    error = error == 0 ? Errnos.of(cause) : error;
    marks.mark(handle);
  }

  // ---- calls

  int status() {
    if (connecting) {
      return -Errno.EINPROGRESS;
    }
    return -error;
  }

  int read(byte[] target, int bytes) {
    int done = 0;
    while (done < bytes && !arrived.isEmpty()) {
      ByteBuf first = arrived.getFirst();
      int piece = Math.min(bytes - done, first.readableBytes());
      first.readBytes(target, done, piece);
      done += piece;
      if (!first.isReadable()) {
        arrived.removeFirst().release();
      }
    }
    if (done > 0) {
      return done;
    }
    if (error != 0 || ended) {
      return -error;
    }
    channel.read();
    return -Errno.EAGAIN;
  }

  int write(byte[] source, int bytes) {
    if (error != 0 || outputShut || !channel.isActive()) {
      return error != 0 ? -error : -Errno.EPIPE;
    }
    int room = (int) Math.min(bytes, channel.bytesBeforeUnwritable());
    if (room <= 0 || !channel.isWritable()) {
      return -Errno.EAGAIN;
    }
    ByteBuf out = channel.alloc().directBuffer(room).writeBytes(source, 0, room);
    var _ = channel.writeAndFlush(out, channel.voidPromise());
    return room;
  }

  int shutdown() {
    outputShut = true;
    var _ =
        channel
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(_ -> {
              var _ = ((DuplexChannel) channel).shutdownOutput();
            });
    return 0;
  }

  @Override
  public void close(int how) {
    closed = true;
    handle = 0;
    arrived.forEach(ByteBuf::release);
    arrived.clear();
    if (how == Network.RESET) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      var _ = channel.close();
    } else {
      var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
