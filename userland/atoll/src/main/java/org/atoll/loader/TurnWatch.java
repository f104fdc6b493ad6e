package org.atoll.loader;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks once a second whether a service is in a turn that no poll ends: in a call of the JDK that
 * does not return. Nothing can be done about that but to end this process; what it was is logged.
 *
 * <p>A machine that slept is no turn that hangs: a second counts when this thread ran in it.
 */
public final class TurnWatch {

  private static final System.Logger LOG = System.getLogger("org.atoll.loader");

  private static final int SECONDS_MAX = 10;
  private static final long LOOK_MILLIS = 1_000;

  /** A limit, and what was seen of it. */
  private static final class Watched {
    final WeakReference<TurnLimit> limit;
    int turn;
    int seconds;

    Watched(TurnLimit limit) {
      this.limit = new WeakReference<>(limit);
    }
  }

  private final Runnable ending;
  private final List<Watched> all = new ArrayList<>();
  private @Nullable Thread thread;

  /**
   * A watch over nothing yet.
   *
   * @param ending ends this process
   */
  public TurnWatch(Runnable ending) {
    this.ending = ending;
  }

  /** From now on a version's turns are watched, until it goes. Any thread. */
  public synchronized void over(TurnLimit limit) {
    all.add(new Watched(limit));
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("turn-watch").start(this::run);
    }
  }

  private void run() {
    try {
      while (!look()) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether one hangs, and this process is about to end. */
  private boolean look() {
    TurnLimit hanging = hanging();
    if (hanging == null) {
      return false;
    }
    Throwable place = new IllegalStateException("the turn is in a call that has no polls");
    StackTraceElement[] stack = hanging.stack();
    place.setStackTrace(stack);
    LOG.log(
        System.Logger.Level.ERROR,
        "a service has not returned for "
            + SECONDS_MAX
            + " s from "
            + call(stack)
            + ", which cannot be ended: the VOS ends",
        place);
    ending.run();
    return true;
  }

  private synchronized @Nullable TurnLimit hanging() {
    all.removeIf(watched -> watched.limit.get() == null);
    for (Watched watched : all) {
      TurnLimit limit = watched.limit.get();
      int turn = limit == null ? 0 : limit.turn();
      boolean same = turn == watched.turn && TurnLimit.underWay(turn);
      watched.turn = turn;
      watched.seconds = same ? watched.seconds + 1 : 0;
      if (watched.seconds >= SECONDS_MAX) {
        return limit;
      }
    }
    return null;
  }

  /** What the service has called, and where. */
  private static String call(StackTraceElement[] stack) {
    for (int i = 1; i < stack.length; i++) {
      if (stack[i].getModuleName() == null) {
        return "%s.%s, called by %s"
            .formatted(
                stack[i - 1].getClassName(),
                stack[i - 1].getMethodName(),
                TurnLimit.name(stack[i]));
      }
    }
    return "what it does";
  }
}
