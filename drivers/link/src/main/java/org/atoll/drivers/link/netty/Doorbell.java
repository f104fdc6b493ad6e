package org.atoll.drivers.link.netty;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/**
 * What ends a node's wait when another process of its machine has put something into memory: an
 * eventfd among what the loop waits for. It is told of by edges, so nobody ever reads it.
 */
final class Doorbell implements EpollIoHandle {

  private final FileDescriptor descriptor = Native.newEventFd();

  /** Hangs it where the loop waits; the loop closes it at its end. */
  static Doorbell of(LinkLoop loop) {
    Doorbell bell = new Doorbell();
    loop.hang(bell);
    return bell;
  }

  @Override
  public FileDescriptor fd() {
    return descriptor;
  }

  @Override
  public void handle(IoRegistration registration, IoEvent event) {
    // The wait has ended: who waited looks at its rings.
  }

  @Override
  public void close() throws IOException {
    descriptor.close();
  }
}
