package org.atoll.servers.is;

import java.util.List;

/** The rows of a table out of what is known for it. */
final class Tables {

  private static final int BYTES_PER_KIBIBYTE = 1_024;

  private Tables() {}

  /** What a node's memory is kept under, beside names of tasks. */
  static String memoryOf(int node) {
    return "memory@" + node;
  }

  static String text(Job job) {
    return switch (job.table) {
      case TASKS -> tasks(job);
      case CALLS -> calls(job);
      case NODES -> nodes(job);
      case SERVICES, DS -> String.join("\n", job.rows) + "\n";
    };
  }

  /** A process's task is shown by its pid and command. */
  private static String name(Job job, String endpoint) {
    return job.names.getOrDefault(endpoint, "?");
  }

  private static String pid(Job job, String endpoint) {
    return job.pids.getOrDefault(endpoint, "-");
  }

  private static String tasks(Job job) {
    StringBuilder text =
        new StringBuilder(
            "NODE ENDPOINT PID NAME STATE CPU-MS EVENTS CALLS MAILBOX ALARMS GRANTS\n");
    for (String row : job.rows) {
      List<String> words = List.of(row.split(" "));
      String endpoint = words.get(1);
      text.append(words.getFirst()).append(' ').append(endpoint);
      text.append(' ').append(pid(job, endpoint)).append(' ').append(name(job, endpoint));
      text.append(' ').append(String.join(" ", words.subList(3, words.size()))).append('\n');
    }
    return text.toString();
  }

  private static String calls(Job job) {
    StringBuilder text =
        new StringBuilder(
            "NODE CALLER PID NAME CALLEE PID NAME CALL PROGRESS IN-BYTES OUT-BYTES\n");
    for (String row : job.rows) {
      List<String> words = List.of(row.split(" "));
      text.append(words.getFirst());
      for (String endpoint : words.subList(1, 3)) {
        text.append(' ').append(endpoint).append(' ').append(pid(job, endpoint));
        text.append(' ').append(name(job, endpoint));
      }
      text.append(' ').append(String.join(" ", words.subList(3, words.size()))).append('\n');
    }
    return text.toString();
  }

  private static String nodes(Job job) {
    StringBuilder text = new StringBuilder("NODE TASKS PROCESSES MEMORY-KIB FREE-KIB CACHED-KIB\n");
    for (int node = 0; node < Long.SIZE; node++) {
      String memory = job.names.get(memoryOf(node));
      if (memory != null) {
        text.append(node).append(' ').append(tasksOn(job, node, false));
        text.append(' ').append(tasksOn(job, node, true));
        for (String bytes : memory.split(" ")) {
          text.append(' ').append(Long.parseLong(bytes) / BYTES_PER_KIBIBYTE);
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static long tasksOn(Job job, int node, boolean processesOnly) {
    return job.rows.stream()
        .map(row -> row.split(" "))
        .filter(words -> Integer.parseInt(words[0]) == node)
        .filter(words -> !processesOnly || job.pids.containsKey(words[1]))
        .count();
  }
}
