package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.EventProtocol;
import org.atoll.libposix.layout.LittleEndian;
import org.atoll.libposix.layout.TimeValue;

/** Descriptors of events, which VFS has: eventfd, timerfd, signalfd, and the sets of epoll. */
final class EventDescriptors {

  private static final int SPEC_BYTES = 32;
  private static final int SET_BYTES = 8;
  private static final int EPOLL_EVENT_BYTES = 16;
  private static final int EPOLL_CTL_DEL = 2;

  private EventDescriptors() {}

  static void rows(Table t) {
    t.full(
        19,
        "eventfd2",
        "initial:u flags:eventfd-flags",
        c ->
            c.pass(
                Role.VFS,
                EventProtocol.Call.COUNTER.encode(
                    c.message(), c.arg(0) & 0xffff_ffffL, flags(c, 1))));
    t.full(
        85,
        "timerfd_create",
        "clock:clock flags:timerfd-flags",
        c ->
            c.pass(
                Role.VFS, EventProtocol.Call.TIMER.encode(c.message(), c.intArg(0), flags(c, 1))));
    t.full(
        86,
        "timerfd_settime",
        "fd:fd flags:timerfd-settime-flags new:itimerspec old:>itimerspec",
        EventDescriptors::setTimer);
    t.full(87, "timerfd_gettime", "fd:fd value:>itimerspec", EventDescriptors::getTimer);
    t.full(
        74,
        "signalfd4",
        "fd:fd set:sigset bytes:size flags:signalfd-flags",
        EventDescriptors::signals);
    t.full(
        20,
        "epoll_create1",
        "flags:epoll-flags",
        c -> c.pass(Role.VFS, EventProtocol.Call.EPOLL.encode(c.message(), flags(c, 0))));
    t.full(
        21,
        "epoll_ctl",
        "epoll:fd operation:epoll-op fd:fd event:epoll-event",
        DescriptorFirst.open(EventDescriptors::control));
  }

  private static long flags(Call c, int argument) {
    return c.arg(argument) & 0xffff_ffffL;
  }

  // ---- timers

  private static long setTimer(Call c) {
    if (c.step() == 0) {
      byte[] spec = c.guest().read(c.arg(2), SPEC_BYTES);
      long interval = TimeValue.nanos(spec, 0);
      long value = TimeValue.nanos(spec, TimeValue.BYTES);
      if (interval == TimeValue.INVALID || value == TimeValue.INVALID) {
        return -Errno.EINVAL;
      }
      long now = c.kernel().nowNanos();
      return c.ask(
          Role.VFS,
          EventProtocol.Call.SET_TIMER.encode(
              c.message(), c.intArg(0), flags(c, 1), value, interval, now));
    }
    if (c.arg(3) != 0) {
      c.guest().write(c.arg(3), spec(c));
    }
    return 0;
  }

  private static long getTimer(Call c) {
    if (c.step() == 0) {
      return c.ask(Role.VFS, EventProtocol.Call.GET_TIMER.encode(c.message(), c.intArg(0)));
    }
    c.guest().write(c.arg(1), spec(c));
    return 0;
  }

  private static byte[] spec(Call c) {
    byte[] spec = new byte[SPEC_BYTES];
    TimeValue.put(spec, 0, c.answer(2));
    TimeValue.put(spec, TimeValue.BYTES, c.answer(1));
    return spec;
  }

  // ---- signals

  /** A thread that reads meanwhile is to look again: other signals may be what it waits for. */
  private static long signals(Call c) {
    if (c.step() == 0) {
      if (c.arg(2) != SET_BYTES) {
        return -Errno.EINVAL;
      }
      long set = c.guest().getLong(c.arg(1));
      return c.ask(
          Role.VFS, EventProtocol.Call.SIGNALS.encode(c.message(), c.intArg(0), set, flags(c, 3)));
    }
    c.threads().disturbReadersOfSignals();
    return c.answer(0);
  }

  // ---- epoll

  private static long control(Call c) {
    boolean removes = c.intArg(1) == EPOLL_CTL_DEL;
    byte[] event =
        removes ? new byte[EPOLL_EVENT_BYTES] : c.guest().read(c.arg(3), EPOLL_EVENT_BYTES);
    Message m =
        EventProtocol.Call.CONTROL.encode(
            c.message(),
            c.intArg(0),
            c.intArg(1),
            c.intArg(2),
            LittleEndian.getInt(event, 0),
            LittleEndian.getLong(event, 8));
    return c.pass(Role.VFS, m);
  }
}
