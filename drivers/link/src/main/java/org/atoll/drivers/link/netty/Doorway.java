package org.atoll.drivers.link.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.jspecify.annotations.Nullable;

/** Where a node listens: lets strangers in one by one, and only so many at once. */
final class Doorway {

  /** Connections that may be in their handshake at once. */
  static final int STRANGERS_MAX = 64;

  private final NettyLink link;
  private final LinkIdentity identity;
  private final Consumer<String> log;
  private @Nullable Channel listening;
  private int strangers;
  private int turnedAway;

  Doorway(NettyLink link, LinkIdentity identity, Consumer<String> log) {
    this.link = link;
    this.identity = identity;
    this.log = log;
  }

  InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  /** Opens it, running the loop, which is idle, until that is done. */
  void open(LinkLoop loop) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop, loop)
            .channel(LinkLoop.serverChannel())
            .option(ChannelOption.SO_BACKLOG, 128)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, NettyLink.waterMark())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    enter(channel);
                  }
                })
            .bind(new InetSocketAddress(loopback(), 0));
    while (!bound.isDone()) {
      loop.runNow();
    }
    if (!bound.isSuccess()) {
      throw new IllegalStateException("the node link cannot listen on loopback", bound.cause());
    }
    listening = bound.channel();
  }

  int port() {
    Channel channel = listening;
    if (channel == null) {
      throw new IllegalStateException("the node link does not listen");
    }
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** A connection that was let in is a stranger no more: trusted, or gone. */
  void left() {
    strangers--;
  }

  /** Once a second: tells of those who were turned away since. */
  void tick() {
    if (turnedAway > 0) {
      log.accept("node link: turned away " + turnedAway + " connections, too many at once");
      turnedAway = 0;
    }
  }

  void close() {
    Channel channel = listening;
    if (channel != null) {
      var _ = channel.close();
    }
  }

  private void enter(Channel channel) {
    if (strangers >= STRANGERS_MAX) {
      turnedAway++;
      var _ = channel.close();
      return;
    }
    strangers++;
    channel
        .pipeline()
        .addLast(new Connection(link, Handshake.acceptor(identity, LinkKey.random())));
  }
}
