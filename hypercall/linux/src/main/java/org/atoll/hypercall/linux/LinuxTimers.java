package org.atoll.hypercall.linux;

import java.io.IOException;
import org.atoll.abi.Errno;
import org.atoll.hypercall.Timers;

/** Timers by timerfd_create(2). Owner: one thread. */
public final class LinuxTimers implements Timers {

  private static final int CLOCK_MONOTONIC = 1;

  /** TFD_CLOEXEC and TFD_NONBLOCK. */
  private static final int FLAGS = 0x80000 | 0x800;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** Where {@code it_value} begins in {@code struct itimerspec}, behind {@code it_interval}. */
  private static final int VALUE = 16;

  private final Libc libc;
  private final long timerfdCreate;
  private final long timerfdSettime;
  private final NativeBytes setting = new NativeBytes(32);

  /** By the host's C library. */
  public LinuxTimers(Libc libc) {
    this.libc = libc;
    timerfdCreate = libc.symbol("timerfd_create");
    timerfdSettime = libc.symbol("timerfd_settime");
  }

  @Override
  public int create() throws IOException {
    return check("timerfd_create", libc.call(timerfdCreate, CLOCK_MONOTONIC, FLAGS, 0));
  }

  @Override
  public void set(int timer, long nanos) throws IOException {
    setting.longAt(VALUE, nanos / NANOS_PER_SECOND);
    setting.longAt(VALUE + 8, nanos % NANOS_PER_SECOND);
    var _ = check("timerfd_settime", libc.call(timerfdSettime, timer, 0, setting.address(), 0));
  }

  private static int check(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(call + ": " + Errno.text(-result));
    }
    return result;
  }
}
