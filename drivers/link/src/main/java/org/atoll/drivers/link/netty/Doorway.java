package org.atoll.drivers.link.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.jspecify.annotations.Nullable;

/** Where a node listens: lets strangers in one by one, and only so many at once. */
final class Doorway {

  /** Connections that may be in their handshake at once. */
  static final int STRANGERS_MAX = 64;

  /** Lines in a second about strangers, however many come. */
  private static final int LINES_MAX = 8;

  private final NettyLink link;
  private final LinkIdentity identity;
  private final String machine;
  private final Consumer<String> log;
  private @Nullable Channel listening;
  private int strangers;
  private int turnedAway;

  /** Lines since the last tick about strangers that were sent away; and how many had none. */
  private int lines;

  private int unsaid;
  private boolean closed;

  Doorway(NettyLink link, LinkIdentity identity, String machine, Consumer<String> log) {
    this.link = link;
    this.machine = machine;
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

  /** Where this node can be connected to. */
  Doors doors() {
    Channel channel = listening;
    if (channel == null) {
      throw new IllegalStateException("the node link does not listen");
    }
    return new Doors(
        machine, List.of(new Door(Door.Kind.TCP, (InetSocketAddress) channel.localAddress())));
  }

  /** A connection that was let in is a stranger no more. */
  void left() {
    strangers--;
  }

  /** A connection that was let in ended as a stranger's. */
  void refused(@Nullable SocketAddress from, String reason) {
    strangers--;
    if (closed) {
      return;
    }
    if (lines < LINES_MAX) {
      lines++;
      log.accept("node link: closed a connection from " + from + ": " + reason);
    } else {
      unsaid++;
    }
  }

  /** Once a second: tells of those since the last time who were turned away, or had no line. */
  void tick() {
    lines = 0;
    if (unsaid > 0) {
      log.accept("node link: closed " + unsaid + " more connections that were no node's");
      unsaid = 0;
    }
    if (turnedAway > 0) {
      log.accept("node link: turned away " + turnedAway + " connections, too many at once");
      turnedAway = 0;
    }
  }

  /** Nobody comes in any more, and who is sent away now is no news. */
  void close() {
    closed = true;
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
        .addLast(
            new Connection(
                link, Handshake.acceptor(identity, link.neighbours::admit, LinkKey.random())));
  }
}
