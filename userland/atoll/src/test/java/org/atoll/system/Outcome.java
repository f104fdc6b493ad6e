package org.atoll.system;

import java.nio.charset.StandardCharsets;

/**
 * What a command did: its exit status and its two outputs, byte for byte.
 *
 * @param status the exit status, 128+n after death by signal n, {@link #TIMED_OUT} when its time
 *     was over
 */
record Outcome(int status, byte[] stdout, byte[] stderr) {
  static final int TIMED_OUT = -1;

  /** Standard output as text. */
  String out() {
    return new String(stdout, StandardCharsets.UTF_8);
  }

  /** Standard error as text. */
  String err() {
    return new String(stderr, StandardCharsets.UTF_8);
  }
}
