package org.atoll.loader;

import java.util.concurrent.atomic.AtomicInteger;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * How long a turn of one version of a service may go on, told by its polls: in polls, and in the
 * time of the node's clock. Virtual time stands still within a turn, so in the simulation polls
 * alone count and every run ends at the same one.
 *
 * <p>The time between two looks counts up to {@link #LOOK_NANOS_MAX}: a machine that was asleep in
 * between is no turn that was too long. Once over, every poll throws until the turn has ended.
 *
 * <p>Owner: whoever runs the version's code.
 */
public final class TurnLimit {

  /** Polls from one look to the next: what a look costs is nothing then. */
  static final int POLLS_BETWEEN_LOOKS = 1 << 10;

  /** Looks that a turn may take: about a quarter of a second of an empty loop. */
  private static final int LOOKS_MAX = 1 << 18;

  private static final long NANOS_MAX = 500_000_000;
  private static final long LOOK_NANOS_MAX = 100_000_000;
  private static final long NANOS_PER_MILLISECOND = 1_000_000;

  /**
   * Whose clock tells the time; null in what is no turn: constructors, {@code save}, {@code load}.
   */
  private @Nullable Turn turn;

  /** Polls until the next look. */
  private int left;

  private int looks;
  private long lastNanos;
  private long nanos;
  private @Nullable TurnTooLong over;
  private @Nullable Thread runner;

  /** Counts beginnings and ends: odd while something is under way. Others read it. */
  private final AtomicInteger turns = new AtomicInteger();

  /** The limit of the version whose class loader defined the class. */
  public static TurnLimit of(Class<?> polls) {
    if (polls.getClassLoader() instanceof ServiceClasses version) {
      return version.limit();
    }
    throw new IllegalStateException(polls + " is not of a service");
  }

  /** A turn, or something as long, begins. */
  void begin(@Nullable Turn of) {
    turn = of;
    looks = 0;
    nanos = 0;
    over = null;
    runner = Thread.currentThread();
    turns.lazySet(turns.getPlain() | 1);
  }

  /** What began last has ended. */
  void end() {
    turns.lazySet((turns.getPlain() | 1) + 1);
  }

  /** Names what is under way, or was last. Any thread. */
  int turn() {
    return turns.get();
  }

  /** Whether what {@link #turn} named was under way then. */
  static boolean underWay(int turn) {
    return (turn & 1) != 0;
  }

  /** Where the thread is that began something last. Any thread. */
  StackTraceElement[] stack() {
    Thread of = runner;
    return of == null ? new StackTraceElement[0] : of.getStackTrace();
  }

  /** Why what began last is to end, or null. */
  @Nullable TurnTooLong over() {
    return over;
  }

  /** Ends the turn when it is over the limit. */
  public void poll() {
    if (--left < 0) {
      look();
    }
  }

  private void look() {
    TurnTooLong known = over;
    if (known != null) {
      throw known;
    }
    pass();
    letOthers();
    if (looks >= LOOKS_MAX) {
      throw end("%,d jumps and calls".formatted((long) looks * POLLS_BETWEEN_LOOKS));
    }
    if (nanos >= NANOS_MAX) {
      throw end(NANOS_MAX / NANOS_PER_MILLISECOND + " ms");
    }
    left = POLLS_BETWEEN_LOOKS;
  }

  private void pass() {
    Turn of = turn;
    long now = of == null ? 0 : of.kernel().nowNanos();
    nanos += looks == 0 ? 0 : Math.min(now - lastNanos, LOOK_NANOS_MAX);
    lastNanos = now;
    looks++;
  }

  /** Others may have their turns before this one goes on; their time is not its. */
  private void letOthers() {
    Turn of = turn;
    int passed = of == null ? KernelCalls.WENT_ON : of.kernel().passed(POLLS_BETWEEN_LOOKS);
    if (of != null && passed == KernelCalls.INTERRUPTED) {
      lastNanos = of.kernel().nowNanos();
      turns.lazySet(turns.getPlain() + 2);
    } else if (passed == KernelCalls.ENDED) {
      TurnTooLong error = new TurnTooLong("the turn was ended");
      over = error;
      throw error;
    }
  }

  private TurnTooLong end(String most) {
    TurnTooLong error = new TurnTooLong("");
    error =
        new TurnTooLong(
            "%s does not return: more than %s in one turn"
                .formatted(place(error.getStackTrace()), most));
    over = error;
    return error;
  }

  /** The method of a frame, for people: a lambda is its method's. */
  static String name(StackTraceElement frame) {
    String method = frame.getMethodName().replaceAll("^lambda\\$(.*)\\$\\d+$", "$1");
    return frame.getClassName() + "." + method;
  }

  /** The method that polled. */
  private static String place(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      boolean here = frame.getClassName().startsWith(TurnLimit.class.getPackageName() + ".Turn");
      if (!here) {
        return name(frame);
      }
    }
    return "a method";
  }
}
