package org.atoll.bench.ipc;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** 64 bytes there and back by TCP on loopback, by Netty's epoll, all of it in the event loops. */
final class NettyPeer implements Subject {

  private static final int BYTES = 64;
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final OtherProcess other = new OtherProcess(NettyPeer.class);
  private final EventLoopGroup loop = loop();
  private final Calls calls = new Calls();
  private final Channel channel;

  NettyPeer() throws IOException {
    int port = Integer.parseInt(other.says());
    channel =
        new Bootstrap()
            .group(loop)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(handledBy(() -> calls))
            .connect(new InetSocketAddress(LOOPBACK, port))
            .syncUninterruptibly()
            .channel();
  }

  private static EventLoopGroup loop() {
    return new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  }

  private static ChannelInitializer<Channel> handledBy(Supplier<ChannelHandler> handler) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel made) {
        made.pipeline().addLast(new FixedLengthFrameDecoder(BYTES), handler.get());
      }
    };
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public void run(double[] nanos) throws IOException {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    channel.eventLoop().execute(() -> calls.begin(channel, nanos, done));
    try {
      var _ = done.join();
    } catch (CompletionException failed) {
      throw new IOException(failed.getCause());
    }
  }

  /** Threads of Netty's, so nobody counts what they allocate. */
  @Override
  public Counters counters() throws IOException {
    return other.counters();
  }

  @Override
  public void close() throws IOException {
    channel.close().syncUninterruptibly();
    var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    other.close();
  }

  /** Calls one after the other. Owner: the event loop. */
  private static final class Calls extends ChannelInboundHandlerAdapter {

    private final Stopwatch watch = new Stopwatch(1);
    private CompletableFuture<Boolean> done = new CompletableFuture<>();
    private long number;

    void begin(Channel channel, double[] nanos, CompletableFuture<Boolean> whenDone) {
      done = whenDone;
      watch.prepare(nanos);
      call(channel);
    }

    private void call(Channel channel) {
      if (watch.begin()) {
        ByteBuf request = channel.alloc().directBuffer(BYTES, BYTES);
        request.writeLong(number).writeZero(BYTES - Long.BYTES);
        var _ = channel.writeAndFlush(request, channel.voidPromise());
      } else {
        var _ = done.complete(true);
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
      ByteBuf answer = (ByteBuf) read;
      long got = answer.getLong(Long.BYTES);
      answer.release();
      if (got != NullServer.next(number)) {
        throw new IllegalStateException("answered " + got);
      }
      number = got;
      watch.over();
      call(context.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      var _ = done.completeExceptionally(new IOException("the other process has ended"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = done.completeExceptionally(cause);
    }
  }

  /** Answers in place. */
  private static final class Answers extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
      ByteBuf message = (ByteBuf) read;
      message.setLong(Long.BYTES, NullServer.next(message.getLong(0)));
      var _ = context.writeAndFlush(message, context.voidPromise());
    }
  }

  /** The other process. */
  public static void main(String[] arguments) throws IOException {
    Pinning.pinThisThread();
    EventLoopGroup loop = loop();
    Channel listening =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(handledBy(Answers::new))
            .bind(new InetSocketAddress(LOOPBACK, 0))
            .syncUninterruptibly()
            .channel();
    OtherProcess.say(Integer.toString(((InetSocketAddress) listening.localAddress()).getPort()));
    OtherProcess.awaitEnd();
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
