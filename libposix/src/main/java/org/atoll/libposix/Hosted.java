package org.atoll.libposix;

import org.atoll.abi.AtollCall;
import org.atoll.abi.Errno;

/** Programs that the host holds: how a process becomes one, and waits for what it asked of it. */
final class Hosted {

  private Hosted() {}

  static void rows(Table t) {
    t.full(AtollCall.JAVA, "atoll_java", "stack:addr gate:addr places:addr", Hosted::java);
    t.full(AtollCall.HOST_WAIT, "atoll_host_wait", "", Interruption.FAILS, Hosted::hostWait);
  }

  private static long java(Call c) {
    if (!c.threads().alone()) {
      return -Errno.EBUSY;
    }
    return c.guest().machine().host() ? 0 : -Errno.ENOSYS;
  }

  private static long hostWait(Call c) {
    if (c.process().woken) {
      c.process().woken = false;
      return 0;
    }
    return c.signalled() ? -Errno.EINTR : c.untilEvent();
  }
}
