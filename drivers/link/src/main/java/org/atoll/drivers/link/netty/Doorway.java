package org.atoll.drivers.link.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.Ways;
import org.jspecify.annotations.Nullable;

/**
 * Where a node listens: in ways of its own machine, and with TLS where other machines reach it.
 * Lets strangers in one by one, and only so many at once.
 */
final class Doorway {

  /** Connections that may be in their handshake at once. */
  static final int STRANGERS_MAX = 64;

  private static final int BACKLOG = 128;

  /** Lines in a second about strangers, however many come. */
  private static final int LINES_MAX = 8;

  private final NettyLink link;
  private final LinkIdentity identity;
  private final String machine;
  private final Ways ways;
  private final List<InetSocketAddress> outside;
  private final Consumer<String> log;
  private final List<Channel> listening = new ArrayList<>();
  private final List<Door> doors = new ArrayList<>();
  private int strangers;
  private int turnedAway;

  /** Lines since the last tick about strangers that were sent away; and how many had none. */
  private int lines;

  private int unsaid;
  private boolean closed;

  /**
   * Not open yet.
   *
   * @param ways for nodes of this machine
   * @param outside where it listens for other machines; port 0 is one that the host chooses
   */
  Doorway(
      NettyLink link,
      LinkIdentity identity,
      String machine,
      Ways ways,
      List<InetSocketAddress> outside,
      Consumer<String> log) {
    this.link = link;
    this.outside = outside;
    this.machine = machine;
    this.ways = ways;
    this.identity = identity;
    this.log = log;
  }

  /** Opens a door of each kind, running the loop, which is idle, until that is done. */
  void open(LinkLoop loop) {
    for (Door.Kind kind : ways.kinds()) {
      open(loop, kind, place(kind));
    }
    for (InetSocketAddress address : outside) {
      open(loop, Door.Kind.TLS, address);
    }
  }

  private void open(LinkLoop loop, Door.Kind kind, SocketAddress at) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop, loop)
            .channel(LinkLoop.serverChannel(kind))
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    enter(channel, kind);
                  }
                });
    if (!kind.isNamed()) {
      var _ = bootstrap.childOption(ChannelOption.TCP_NODELAY, true);
    }
    ChannelFuture bound = bootstrap.bind(at);
    while (!bound.isDone()) {
      loop.runNow();
    }
    if (!bound.isSuccess()) {
      throw new UncheckedIOException(cannotListen(at, bound.cause()));
    }
    listening.add(bound.channel());
    doors.add(new Door(kind, bound.channel().localAddress()));
  }

  private static IOException cannotListen(SocketAddress at, Throwable cause) {
    String where =
        at instanceof InetSocketAddress inet
            ? inet.getAddress().getHostAddress() + " port " + inet.getPort()
            : at.toString();
    return new IOException(
        "the node link cannot listen on " + where + ": " + cause.getMessage(), cause);
  }

  private SocketAddress place(Door.Kind kind) {
    return kind.isNamed() ? Door.named(kind).address() : new InetSocketAddress(ways.tcp(), 0);
  }

  /** Where this node can be connected to. */
  Doors doors() {
    return new Doors(machine, doors);
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
      Object where = from instanceof InetSocketAddress ? from : "this machine";
      log.accept("node link: closed a connection from " + where + ": " + reason);
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
    for (Channel channel : listening) {
      var _ = channel.close();
    }
  }

  private void enter(Channel channel, Door.Kind kind) {
    if (strangers >= STRANGERS_MAX) {
      turnedAway++;
      var _ = channel.close();
      return;
    }
    strangers++;
    Handshake handshake = Handshake.acceptor(identity, link.neighbours::admit, LinkKey.random());
    channel.pipeline().addLast(new Connection(link, kind, handshake));
  }
}
