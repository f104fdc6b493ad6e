package org.atoll.boot;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.atoll.libposix.Sight;
import org.jspecify.annotations.Nullable;

/**
 * Makes the lines of strace out of what happened, in its order: a call is one line unless another
 * process comes between, and then two.
 */
final class StraceLines {

  /** Where the equals sign stands when the call is short. */
  private static final int RESULT_COLUMN = 40;

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private static final int NOBODY = 0;

  private final StraceOptions options;
  private final Consumer<String> out;
  private final StraceCounts counts;

  /** The calls that are under way, by thread. */
  private final Map<Integer, Sight> pending = new HashMap<>();

  private final Set<Integer> alive = new HashSet<>();

  /** Whose line has no end yet, or {@link #NOBODY}. */
  private int open = NOBODY;

  private int column;
  private int first = NOBODY;
  private @Nullable Sight before;

  StraceLines(StraceOptions options, Consumer<String> out, StraceCounts counts) {
    this.options = options;
    this.out = out;
    this.counts = counts;
  }

  /** What happened next. */
  void add(Sight sight) {
    if (first == NOBODY) {
      first = sight.pid();
    }
    if (!options.follow() && sight.pid() != first) {
      return;
    }
    switch (sight.kind()) {
      case FIRST -> alive.add(sight.tid());
      case BORN -> born(sight);
      case CALLED -> called(sight);
      case ANSWERED -> answered(sight);
      case SIGNALLED -> {
        if (options.signals().contains(sight.name())) {
          whole(sight, "--- " + sight.name() + " " + sight.text() + " ---");
        }
      }
      case STOPPED -> whole(sight, "--- stopped by " + sight.name() + " ---");
      case ENDED -> ended(sight);
    }
  }

  /** Nothing follows. */
  void end() {
    cut();
  }

  private void born(Sight sight) {
    alive.add(sight.tid());
    if (!options.intoFile() && !options.silent()) {
      cut();
      out.accept("strace: Process " + sight.tid() + " attached\n");
    }
  }

  private void called(Sight sight) {
    pending.put(sight.tid(), sight);
    if (options.silent()) {
      return;
    }
    begin(sight);
    print(sight.name() + "(" + sight.text());
    open = sight.tid();
  }

  private void answered(Sight sight) {
    Sight call = pending.remove(sight.tid());
    if (call == null) {
      return;
    }
    long nanos = sight.nanos() - call.nanos();
    if (!sight.result().equals("?")) {
      counts.add(sight.name(), nanos, Sight.isError(sight.result()));
    }
    if (options.silent()) {
      return;
    }
    if (open != sight.tid()) {
      begin(sight);
      print("<... " + sight.name() + " resumed>");
    }
    print(sight.text() + ")");
    print(" ".repeat(Math.max(0, RESULT_COLUMN - 1 - column)) + " = " + sight.result());
    if (options.durations() && !sight.result().equals("?")) {
      print(" <" + seconds(nanos) + ">");
    }
    open = NOBODY;
    out.accept("\n");
  }

  private void ended(Sight sight) {
    whole(sight, "+++ " + sight.result() + " +++");
    pending.remove(sight.tid());
    alive.remove(sight.tid());
  }

  private void whole(Sight sight, String text) {
    if (!options.silent()) {
      begin(sight);
      print(text);
      out.accept("\n");
    }
  }

  /** Ends the line that somebody else's call is on. */
  private void cut() {
    if (open != NOBODY) {
      out.accept(" <unfinished ...>\n");
      open = NOBODY;
    }
  }

  private void begin(Sight sight) {
    cut();
    column = 0;
    if (options.intoFile() && options.follow()) {
      print(String.format(Locale.ROOT, "%-5d ", sight.tid()));
    } else if (!options.intoFile() && alive.size() > 1) {
      print(String.format(Locale.ROOT, "[pid %5d] ", sight.tid()));
    }
    if (options.nodes()) {
      print("n" + sight.node() + " ");
    }
    print(time(sight));
    before = sight;
  }

  private String time(Sight sight) {
    Instant wall = Instant.ofEpochSecond(sight.wallNanos() / NANOS_PER_SECOND);
    long nanosOfSecond = sight.wallNanos() % NANOS_PER_SECOND;
    return switch (options.stamp()) {
      case NONE -> "";
      case SECONDS -> CLOCK.format(wall.atZone(ZoneId.systemDefault())) + " ";
      case MICROS ->
          CLOCK.format(wall.atZone(ZoneId.systemDefault())) + fraction(nanosOfSecond) + " ";
      case EPOCH -> seconds(sight.wallNanos()) + " ";
      case RELATIVE -> {
        Sight last = before;
        long nanos = last == null ? 0 : Math.max(0, sight.nanos() - last.nanos());
        yield String.format(Locale.ROOT, "%13s ", seconds(nanos));
      }
    };
  }

  private static String fraction(long nanos) {
    return String.format(Locale.ROOT, ".%06d", nanos / 1000);
  }

  private static String seconds(long nanos) {
    return nanos / NANOS_PER_SECOND + fraction(nanos % NANOS_PER_SECOND);
  }

  private void print(String text) {
    column += text.length();
    out.accept(text);
  }
}
