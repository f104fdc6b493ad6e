package org.atoll.hypercall.coroutine;

import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import org.atoll.hypercall.coroutine.Continuations.Look;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then whether a body holds a monitor where it waits. The JVM would not mind, and
 * tells nobody cheaply. Owner: the body.
 */
final class HeldMonitors {

  private static final String ENTRY = ContinuationStack.class.getName();

  private final Look look;
  private long waits;
  private long next = 1;

  HeldMonitors(Look look) {
    this.look = look;
  }

  /** The body is about to wait; refuses if it holds a monitor, and that is looked for now. */
  void waits() {
    if (++waits == next) {
      next = look == Look.ALWAYS ? next + 1 : 2 * next;
      look();
    }
  }

  private static void look() {
    long self = Thread.currentThread().threadId();
    long[] ids = {self};
    // Null where the CPU's thread is a virtual one: nobody tells what those hold.
    @Nullable ThreadInfo[] infos =
        ManagementFactory.getThreadMXBean().getThreadInfo(ids, true, false);
    ThreadInfo info = infos[0];
    if (info == null) {
      return;
    }
    int below = entry(info.getStackTrace());
    for (MonitorInfo held : info.getLockedMonitors()) {
      if (held.getLockedStackDepth() < below) {
        throw new IllegalStateException(
            "a body cannot wait while it holds a monitor: "
                + held
                + ", locked in "
                + held.getLockedStackFrame());
      }
    }
  }

  /** Frames from the top to the body's first. */
  private static int entry(StackTraceElement[] frames) {
    for (int i = 0; i < frames.length; i++) {
      if (frames[i].getClassName().equals(ENTRY) && frames[i].getMethodName().equals("live")) {
        return i;
      }
    }
    return frames.length;
  }
}
