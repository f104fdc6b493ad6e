package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.FrameSplitter;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.service.Unpacker;
import org.atoll.drivers.link.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * One connection: first the handshake, against the clock; then the frames of a session, or what
 * nodes have to agree on so that something else carries them. Whatever breaks the rules ends it,
 * and the session; what breaks TLS or TCP itself is a cut.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Session.Sink {

  /** Time for a stranger to become a node. */
  private static final long STRANGER_MILLIS = 5_000;

  /** Time for a node that this one connected to, which may still be booting. */
  private static final long NODE_MILLIS = 30_000;

  /** Time for a node that was connected before. */
  private static final long AGAIN_MILLIS = 1_000;

  /** Time for one on another machine, to which each step takes a round trip. */
  private static final long FAR_AGAIN_MILLIS = 3_000;

  /** Name of what encrypts, in the pipeline. */
  private static final String TLS = "tls";

  private final NettyLink link;
  private final Door.Kind kind;
  private final Handshake handshake;
  private final @Nullable Runnable otherwise;
  private final long millis;
  private final FrameSplitter splitter = new FrameSplitter();
  private final FrameSplitter.Sink whole = new Unpacker(this::whole);
  private final @Nullable Tls tls;
  private final ByteBuffer message;
  private @Nullable Peer peer;

  /** What carries frames, where it is not this connection. */
  private @Nullable RingWire rings;

  private @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> deadline;

  /** Why this end closed it, if it did. */
  private @Nullable String ending;

  /** One that the other end began, or that this end begins for the first time. */
  Connection(NettyLink link, Door.Kind kind, Handshake handshake) {
    this(link, kind, handshake, null, handshake.connecting() ? NODE_MILLIS : STRANGER_MILLIS);
  }

  /**
   * One that this end begins after a cut.
   *
   * @param otherwise what to do when it ends before it is trusted
   */
  Connection(NettyLink link, Door.Kind kind, Handshake handshake, Runnable otherwise) {
    this(link, kind, handshake, otherwise, kind.isLocal() ? AGAIN_MILLIS : FAR_AGAIN_MILLIS);
  }

  private Connection(
      NettyLink link,
      Door.Kind kind,
      Handshake handshake,
      @Nullable Runnable otherwise,
      long millis) {
    this.link = link;
    this.kind = kind;
    this.handshake = handshake;
    tls = kind == Door.Kind.TLS ? link.tls() : null;
    this.otherwise = otherwise;
    this.millis = millis;
    message = ByteBuffer.allocate(Handshake.MESSAGE_BYTES_MAX).limit(handshake.expectedBytes());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
    Tls through = tls;
    if (through != null) {
      LinkLoop.endWhenLost(context.channel());
      // Half of what Netty's usual one allocates for a record (sendrec.node.tls).
      context.channel().config().setAllocator(PooledByteBufAllocator.DEFAULT);
      SslHandler handler = through.handler(handshake.connecting(), context.alloc());
      context.pipeline().addBefore(context.name(), TLS, handler);
    } else {
      // TLS keeps what it receives until a whole record is there, so it needs buffers of its own.
      context.channel().config().setRecvByteBufAllocator(link.received);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> end("it did not finish the handshake in time"),
                millis,
                TimeUnit.MILLISECONDS);
    if (tls == null) {
      say(context, handshake.opening());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws IOException {
    Tls through = tls;
    if (through == null || !(event instanceof SslHandshakeCompletionEvent done)) {
      return;
    }
    if (done.isSuccess()) {
      SslHandler handler = (SslHandler) context.pipeline().get(TLS);
      handshake.bind(through.binding(handler, handshake.connecting()));
      say(context, handshake.opening());
    } else if (!(done.cause() instanceof ClosedChannelException)) {
      end("it does not speak TLS 1.3");
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object arrived) {
    try {
      if (arrived instanceof FileDescriptor descriptor) {
        takeDescriptor(descriptor);
      } else {
        takeAndRelease(context, (ByteBuf) arrived);
      }
    } catch (LinkBrokenException broken) {
      end(String.valueOf(broken.getMessage()));
    }
  }

  private void takeDescriptor(FileDescriptor descriptor) throws LinkBrokenException {
    RingWire to = rings;
    if (to == null) {
      throw new IllegalStateException("a descriptor that nobody waits for");
    }
    to.take(descriptor);
  }

  private void takeAndRelease(ChannelHandlerContext context, ByteBuf bytes)
      throws LinkBrokenException {
    try {
      if (rings != null) {
        throw new LinkBrokenException("it sent bytes where none belong");
      }
      if (ending == null) {
        take(context, bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()));
      }
    } finally {
      bytes.release();
    }
  }

  private void take(ChannelHandlerContext context, ByteBuffer arrived) throws LinkBrokenException {
    while (peer == null && arrived.hasRemaining() && ending == null) {
      shakeHands(context, arrived);
    }
    takeFrames(arrived);
  }

  /** Bytes of a session have arrived, by this connection or by what stands for it. */
  void takeFrames(ByteBuffer arrived) throws LinkBrokenException {
    Peer sender = peer;
    if (sender != null && ending == null) {
      splitter.take(arrived, whole);
      sender.tellIfOwed();
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
    byte[] words = new byte[message.flip().remaining()];
    message.get(words);
    say(context, handshake.take(words));
    message.clear().limit(handshake.expectedBytes());
    if (handshake.complete()) {
      peer = trust(context);
    }
  }

  private Peer trust(ChannelHandlerContext context) throws LinkBrokenException {
    Future<?> running = deadline;
    if (running != null) {
      running.cancel(false);
    }
    return link.trusted(handshake, this, wire(context));
  }

  private Wire wire(ChannelHandlerContext context) throws LinkBrokenException {
    if (kind != Door.Kind.SHM) {
      return new ChannelWire(context.channel(), kind.word());
    }
    EpollDomainSocketChannel channel = (EpollDomainSocketChannel) context.channel();
    RingWire wire = new RingWire(link.rings, this, channel, handshake.connecting());
    rings = wire;
    wire.begin();
    return wire;
  }

  private void whole(ByteBuffer frame) throws LinkBrokenException {
    Peer from = peer;
    if (from != null && from.isOn(this) && ending == null) {
      from.session.take(frame, this);
    }
  }

  @Override
  public void frame(ByteBuffer frame) {
    link.neighbours.frame(handshake.peer(), frame);
  }

  @Override
  public void own(ByteBuffer frame) throws LinkBrokenException {
    link.neighbours.own(handshake.peer(), frame);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    // Nothing to flush: the kernel flushes once per turn of its loop.
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
      // The connection is no more, as when it ends; the session goes on.
      var _ = context.close();
    } else {
      link.failed(cause);
      end(String.valueOf(cause.getMessage()));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws IOException {
    RingWire wire = rings;
    if (wire == null) {
      ended(context);
    } else {
      wire.drain();
      ended(context);
      wire.release();
    }
  }

  private void ended(ChannelHandlerContext context) {
    Future<?> running = deadline;
    if (running != null) {
      running.cancel(false);
    }
    Peer lost = peer;
    if (lost != null) {
      link.neighbours.lost(lost, this, ending);
    } else if (otherwise != null) {
      otherwise.run();
    } else {
      String reason = ending == null ? "the connection ended" : ending;
      link.refused(handshake, context.channel().remoteAddress(), reason);
    }
  }

  /** Whether its other end is on another machine. */
  boolean far() {
    return tls != null;
  }

  /** Closes the connection for good, with the reason in words; the first reason counts. */
  void end(String reason) {
    ChannelHandlerContext open = context;
    if (ending == null && open != null) {
      ending = reason;
      var _ = open.close();
    }
  }

  private static void say(ChannelHandlerContext context, byte[] words) {
    if (words.length > 0) {
      var _ = context.writeAndFlush(Unpooled.wrappedBuffer(words), context.voidPromise());
    }
  }
}
