package org.atoll.posix;

import java.util.LinkedHashMap;
import java.util.Map;
import org.atoll.posix.gate.Gate;
import org.jspecify.annotations.Nullable;

/** {@code <stdlib.h>}: the environment, and the end. */
public final class Stdlib {

  /** Status of success. */
  public static final int EXIT_SUCCESS = 0;

  /** Status of failure. */
  public static final int EXIT_FAILURE = 1;

  private Stdlib() {}

  /** Value of a variable of the environment, or null. */
  public static @Nullable String getenv(String name) {
    return environment().get(name);
  }

  /** All of the environment. */
  public static Map<String, String> environment() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String entry : Gate.current().environment()) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        all.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return java.util.Collections.unmodifiableMap(all);
  }

  /** Ends the process with a status of 0 to 255; what is printed is written. */
  public static void exit(int status) {
    Gate.current().standard().output().flush();
    Gate.current().standard().errors().flush();
    Unistd._exit(status);
  }
}
