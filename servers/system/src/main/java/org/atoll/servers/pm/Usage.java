package org.atoll.servers.pm;

import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** CPU time, and how often it was given up. */
final class Usage {

  /** In programs. */
  long userNanos;

  /** In system calls. */
  long systemNanos;

  /** How often there was nothing more to do. */
  long voluntary;

  /** How often another process had its turn although there was more to do. */
  long involuntary;

  long nanos() {
    return userNanos + systemNanos;
  }

  /** Becomes what a kernel answered to TIMES. */
  void set(Message times) {
    userNanos = times.w1;
    systemNanos = times.w2;
    voluntary = times.w3;
    involuntary = times.w4;
  }

  void add(Usage other) {
    userNanos += other.userNanos;
    systemNanos += other.systemNanos;
    voluntary += other.voluntary;
    involuntary += other.involuntary;
  }

  void clear() {
    userNanos = 0;
    systemNanos = 0;
    voluntary = 0;
    involuntary = 0;
  }

  void save(StateWriter out) {
    out.writeLong(userNanos).writeLong(systemNanos);
    out.writeLong(voluntary).writeLong(involuntary);
  }

  void load(StateReader in) {
    userNanos = in.readLong();
    systemNanos = in.readLong();
    voluntary = in.readLong();
    involuntary = in.readLong();
  }
}
