package org.atoll.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that a CPU looked for last, so that it finds them without the node's table: who calls,
 * calls the same few servers again and again. Owner: one CPU. Hot side.
 */
final class KnownTasks {

  private static final int PLACES = 16;

  private final TaskTable tasks;

  /** By the last bits of their endpoints. */
  private final @Nullable Task[] known = new Task[PLACES];

  KnownTasks(TaskTable tasks) {
    this.tasks = tasks;
  }

  /** The living task of that endpoint if it is here, or null. */
  @Nullable Task find(int endpoint) {
    int at = endpoint & PLACES - 1;
    Task task = known[at];
    if (task == null || task.endpoint != endpoint || task.dead()) {
      task = tasks.find(endpoint);
      known[at] = task;
    }
    return task;
  }
}
