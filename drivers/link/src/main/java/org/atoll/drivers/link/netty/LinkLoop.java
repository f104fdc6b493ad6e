package org.atoll.drivers.link.netty;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.epoll.Native;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.atoll.drivers.link.Door;
import org.atoll.hypercall.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of one CPU, which asks the CPU whether it may block after it has announced that it
 * is about to: epoll, or what the platform has instead.
 */
public final class LinkLoop extends ManualIoEventLoop {

  private static final int LOST_MILLIS = 2_000;

  private final Timers timers;
  private volatile boolean woken;
  private BooleanSupplier mayBlock = LinkLoop::never;
  private @Nullable FarDeadline farDeadline;

  /** A loop that no thread owns yet. */
  public LinkLoop(Timers timers) {
    super(null, null, ioHandler());
    this.timers = timers;
  }

  /** Has the loop wait for a descriptor's edges, and close it at its end; on the owner's thread. */
  void hang(EpollIoHandle handle) {
    Future<IoRegistration> registration = register(handle);
    if (!registration.isSuccess()) {
      throw new IllegalStateException("the loop waits for nothing more", registration.cause());
    }
    var _ = registration.getNow().submit(EpollIoOps.valueOf(Native.EPOLLIN | Native.EPOLLET));
  }

  /** Does it again and again, with such a pause, also before the first time. */
  void every(long nanos, Runnable action) {
    if (Epoll.isAvailable()) {
      new Tick(this, timers, nanos, action).goOn();
    } else {
      var _ = scheduleWithFixedDelay(action, nanos, nanos, TimeUnit.NANOSECONDS);
    }
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
        run(timeoutNanos < 0 || endsByItself(timeoutNanos) ? 0 : timeoutNanos);
      }
    } finally {
      mayBlock = LinkLoop::never;
      woken = false;
    }
  }

  private boolean endsByItself(long timeoutNanos) {
    FarDeadline deadline = farDeadline;
    if (deadline == null && Epoll.isAvailable()) {
      deadline = new FarDeadline(this, timers);
      farDeadline = deadline;
    }
    return deadline != null && deadline.ends(timeoutNanos);
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
