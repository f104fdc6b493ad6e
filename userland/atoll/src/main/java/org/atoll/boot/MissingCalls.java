package org.atoll.boot;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.atoll.libposix.Missing;

/** Counts the system calls that programs of a node asked for in vain. Any thread. */
final class MissingCalls implements Missing {

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  @Override
  public void called(long number, String name) {
    counts.computeIfAbsent(name + " (" + number + ")", _ -> new LongAdder()).increment();
  }

  /** One line for each missing call, by name, with how often it was asked for. */
  void report(PrintStream out, int node) {
    if (counts.isEmpty()) {
      out.println("atoll: node " + node + ": no system call was missing");
    }
    new TreeMap<>(counts)
        .forEach((call, n) -> out.println("atoll: node " + node + ": missing: " + call + ": " + n));
  }
}
