package org.atoll.drivers.net.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.atoll.abi.Errno;
import org.atoll.drivers.link.netty.LinkLoop;
import org.atoll.hypercall.Network;
import org.jspecify.annotations.Nullable;

/** Makes the channels of a network, and knows which are open. Owner: the loop's thread. */
final class Channels {

  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32_768, 65_536);

  private final LinkLoop loop;
  private final Marks marks;
  private final Set<Channel> open = new LinkedHashSet<>();
  private @Nullable InetSocketAddress lastBound;

  Channels(LinkLoop loop, Marks marks) {
    this.loop = loop;
    this.marks = marks;
  }

  boolean anyOpen() {
    return !open.isEmpty();
  }

  void closeAll() {
    for (Channel channel : List.copyOf(open)) {
      var _ = channel.close();
    }
  }

  private <C extends Channel> C watched(C channel) {
    open.add(channel);
    var _ = channel.closeFuture().addListener(_ -> open.remove(channel));
    return channel;
  }

  /** One read of a socket gives so much at most: nothing is gathered that nobody has asked for. */
  private static RecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1);
  }

  // ---- connections

  private StreamHandle stream(Channel channel, boolean connecting) {
    channel.config().setAutoRead(false);
    channel.config().setWriteBufferWaterMark(WATER_MARK);
    channel.config().setRecvByteBufAllocator(reads());
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    StreamHandle stream = new StreamHandle(marks, watched(channel), connecting);
    channel.pipeline().addLast(stream);
    return stream;
  }

  StreamHandle connect(InetSocketAddress to) {
    Streams made = new Streams();
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channel(LinkLoop.channel())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .handler(initializer(channel -> made.stream = stream(channel, true)))
            .connect(to);
    StreamHandle stream = made.stream;
    if (stream == null) {
      stream = new StreamHandle(marks, connected.channel(), true);
    }
    StreamHandle told = stream;
    var _ =
        connected.addListener(done -> {
          if (done.cause() == null) {
            told.connected();
          } else {
            told.failed(done.cause());
          }
        });
    return stream;
  }

  /** The stream of a channel that was made in this thread just now. */
  private static final class Streams {
    @Nullable StreamHandle stream;
  }

  private interface Initialization {
    void of(SocketChannel channel);
  }

  private static ChannelHandler initializer(Initialization initialization) {
    return new ChannelInitializer<SocketChannel>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        initialization.of(channel);
      }
    };
  }

  // ---- published ports

  ListenerHandle listen(Publication publication, long handle) throws IOException {
    ListenerHandle listener = new ListenerHandle(marks, handle);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(LinkLoop.serverChannel())
            .option(ChannelOption.AUTO_READ, false)
            .childHandler(
                initializer(channel ->
                    listener.add(new ListenerHandle.Arrival(channel, stream(channel, false)))))
            .bind(publication.host());
    listener.opened(watched(await(bound, publication)));
    return listener;
  }

  /** Runs the loop until a port is open; the VOS has not booted yet. */
  private Channel await(ChannelFuture bound, Publication publication) throws IOException {
    while (!bound.isDone()) {
      loop.runNow();
    }
    Throwable cause = bound.cause();
    if (cause != null) {
      throw new IOException("-p " + publication.text() + ": " + reason(cause), cause);
    }
    lastBound = (InetSocketAddress) bound.channel().localAddress();
    return bound.channel();
  }

  /** Where the port is that was opened last. */
  @Nullable InetSocketAddress lastBound() {
    return lastBound;
  }

  private static String reason(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    if (text.contains("in use")) {
      return "the port is in use on the host";
    }
    if (text.contains("ermission denied")) {
      return "the host does not permit this port";
    }
    return text.contains("Cannot assign") || text.contains("annot assign")
        ? "the host does not have this address"
        : Errno.text(Errnos.of(cause));
  }

  // ---- datagrams

  private static Class<? extends DatagramChannel> datagramChannel() {
    return Epoll.isAvailable() ? EpollDatagramChannel.class : NioDatagramChannel.class;
  }

  private Bootstrap datagrams(DatagramHandle handler) {
    return new Bootstrap()
        .group(loop)
        .channel(datagramChannel())
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(Network.BYTES_MAX))
        .handler(handler);
  }

  DatagramHandle receive(Publication publication, long handle) throws IOException {
    DatagramHandle datagrams = new DatagramHandle(marks, handle);
    ChannelFuture bound = datagrams(datagrams).bind(publication.host());
    datagrams.opened(watched(await(bound, publication)), false);
    return datagrams;
  }

  /** A socket of its own; it opens as the loop goes on, and what is sent meanwhile follows. */
  DatagramHandle datagrams(@Nullable InetSocketAddress alone, long handle) {
    DatagramHandle datagrams = new DatagramHandle(marks, handle);
    Bootstrap bootstrap = datagrams(datagrams);
    ChannelFuture opened =
        alone == null ? bootstrap.bind(new InetSocketAddress(0)) : bootstrap.connect(alone);
    var _ =
        opened.addListener(done -> {
          if (done.cause() != null) {
            datagrams.failed(done.cause());
          }
        });
    datagrams.opened(watched(opened.channel()), alone != null);
    return datagrams;
  }
}
