package org.atoll.boot;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.atoll.kernel.Node;
import org.atoll.libposix.Sight;
import org.atoll.libposix.Watcher;
import org.jspecify.annotations.Nullable;

/** What the tasks of a node are called, and which processes they are. Any thread. */
class TaskNames implements Watcher {

  /** A process, as far as it is known. */
  record Process(int pid, String program) {}

  private final Map<Integer, Process> processes = new ConcurrentHashMap<>();
  private volatile @Nullable Node node;

  /** Names the node whose tasks these are. */
  void attach(Node to) {
    node = to;
  }

  /** The name of a task, without its number; empty when it is not known. */
  String name(int endpoint) {
    Node names = node;
    String described = names == null ? "" : names.describe(endpoint);
    int open = described.indexOf('(');
    return open < 0 ? described : described.substring(open + 1, described.length() - 1);
  }

  /** The process that a task is, or null. */
  @Nullable Process process(int endpoint) {
    return processes.get(endpoint);
  }

  @Override
  public void process(int endpoint, int pid, String program) {
    processes.put(endpoint, new Process(pid, program));
  }

  @Override
  public boolean wantsSights() {
    return false;
  }

  @Override
  public boolean wants(String call) {
    return false;
  }

  @Override
  public int stringBytes() {
    return 0;
  }

  @Override
  public void saw(Sight sight) {}
}
