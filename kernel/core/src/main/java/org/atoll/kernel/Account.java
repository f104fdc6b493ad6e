package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicLong;

/** The time that a task was given, and how it came to an end. Any CPU adds. */
final class Account {

  /** Time in its own code. */
  final AtomicLong userNanos = new AtomicLong();

  /** Time of turns: its own, and those of servers that it waited for. */
  final AtomicLong systemNanos = new AtomicLong();

  /** How often it had nothing more to do. */
  final AtomicLong voluntary = new AtomicLong();

  /** How often another one had its turn although it had more to do. */
  final AtomicLong involuntary = new AtomicLong();

  /** Adds to both. */
  void credit(long user, long system) {
    if (user != 0) {
      userNanos.addAndGet(user);
    }
    if (system != 0) {
      systemNanos.addAndGet(system);
    }
  }

  long nanos() {
    return userNanos.get() + systemNanos.get();
  }
}
