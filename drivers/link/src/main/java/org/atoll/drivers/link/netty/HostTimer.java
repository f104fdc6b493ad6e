package org.atoll.drivers.link.netty;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.atoll.hypercall.Timers;

/**
 * A timer of the host among what a loop waits for. It is told of by edges, and setting it forgets
 * what it was before, so nobody ever reads it.
 */
final class HostTimer implements EpollIoHandle {

  private final Timers timers;
  private final FileDescriptor descriptor;
  private final Runnable goesOff;

  private HostTimer(Timers timers, Runnable goesOff) throws IOException {
    this.timers = timers;
    this.descriptor = new FileDescriptor(timers.create());
    this.goesOff = goesOff;
  }

  /** One that is not set; the loop closes it at its end. */
  static HostTimer of(LinkLoop loop, Timers timers, Runnable goesOff) {
    try {
      HostTimer timer = new HostTimer(timers, goesOff);
      loop.hang(timer);
      return timer;
    } catch (IOException refused) {
      throw new UncheckedIOException("the event loop has no timer", refused);
    }
  }

  /** Has it go off once, so much later, and at no other time. */
  void set(long nanos) {
    try {
      timers.set(descriptor.intValue(), nanos);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public FileDescriptor fd() {
    return descriptor;
  }

  @Override
  public void handle(IoRegistration registration, IoEvent event) {
    goesOff.run();
  }

  @Override
  public void close() throws IOException {
    descriptor.close();
  }
}
