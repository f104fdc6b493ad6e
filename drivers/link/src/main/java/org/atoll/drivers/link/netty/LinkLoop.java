package org.atoll.drivers.link.netty;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.function.BooleanSupplier;
import org.atoll.drivers.link.Door;

/**
 * The event loop of one CPU, which asks the CPU whether it may block after it has announced that it
 * is about to: epoll, or what the platform has instead.
 */
public final class LinkLoop extends ManualIoEventLoop {

  private static final int LOST_MILLIS = 2_000;

  private volatile boolean woken;
  private BooleanSupplier mayBlock = LinkLoop::never;

  /** A loop that no thread owns yet. */
  public LinkLoop() {
    super(null, null, ioHandler());
  }

  /**
   * Has the host close a connection between machines soon after nothing arrives there any more, so
   * that it is made anew in time: TCP's own attempts come ever more rarely (RFC 5482).
   */
  static void endWhenLost(Channel channel) {
    if (channel.config() instanceof EpollSocketChannelConfig epoll) {
      epoll.setTcpUserTimeout(LOST_MILLIS);
    }
  }

  /** What listens on this loop. */
  public static Class<? extends ServerChannel> serverChannel() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /** What connects on this loop. */
  public static Class<? extends SocketChannel> channel() {
    return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /** What listens at doors of a kind. */
  static Class<? extends ServerChannel> serverChannel(Door.Kind kind) {
    return kind.isNamed() ? EpollServerDomainSocketChannel.class : serverChannel();
  }

  /** What connects to doors of a kind. */
  static Class<? extends Channel> channel(Door.Kind kind) {
    return kind.isNamed() ? EpollDomainSocketChannel.class : channel();
  }

  /** Handles what has arrived, or waits for it; negative: for ever. */
  public void await(BooleanSupplier unlessAskedFor, long timeoutNanos) {
    mayBlock = unlessAskedFor;
    try {
      if (timeoutNanos == 0) {
        runNow();
      } else {
        run(Math.max(timeoutNanos, 0));
      }
    } finally {
      mayBlock = LinkLoop::never;
      woken = false;
    }
  }

  /** Ends the current or the next wait. */
  public void wake() {
    woken = true;
    wakeup();
  }

  @Override
  protected boolean canBlock() {
    return mayBlock.getAsBoolean() && !woken;
  }

  private static boolean never() {
    return false;
  }

  private static IoHandlerFactory ioHandler() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }
}
