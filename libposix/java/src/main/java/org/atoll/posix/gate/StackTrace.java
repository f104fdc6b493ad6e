package org.atoll.posix.gate;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Stack traces as a program sees them: without what is below its main. */
public final class StackTrace {

  private StackTrace() {}

  /** Prints it as {@link Throwable#printStackTrace} does. */
  public static void print(Throwable thrown, PrintStream to) {
    strip(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    thrown.printStackTrace(to);
  }

  private static void strip(Throwable thrown, Set<Throwable> done) {
    if (!done.add(thrown)) {
      return;
    }
    StackTraceElement[] all = thrown.getStackTrace();
    int end = all.length;
    while (end > 0 && isBelow(all[end - 1])) {
      end--;
    }
    if (end < all.length) {
      thrown.setStackTrace(Arrays.copyOf(all, end));
    }
    if (thrown.getCause() != null) {
      strip(thrown.getCause(), done);
    }
    for (Throwable each : thrown.getSuppressed()) {
      strip(each, done);
    }
  }

  private static boolean isBelow(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("java.lang.reflect.")
        || name.startsWith("jdk.internal.")
        || name.startsWith("java.lang.Thread")
        || name.startsWith("java.lang.ScopedValue")
        || name.startsWith("org.atoll.");
  }
}
