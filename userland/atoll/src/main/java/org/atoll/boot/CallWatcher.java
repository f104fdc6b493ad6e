package org.atoll.boot;

import java.util.Set;
import java.util.function.Consumer;
import org.atoll.libposix.Sight;
import org.atoll.libposix.Watcher;

/** Hands on what happens to the processes of a node. */
final class CallWatcher implements Watcher {

  private final Set<String> calls;
  private final int stringBytes;
  private final Consumer<Sight> sights;

  CallWatcher(Set<String> calls, int stringBytes, Consumer<Sight> sights) {
    this.calls = calls;
    this.stringBytes = stringBytes;
    this.sights = sights;
  }

  @Override
  public boolean wants(String call) {
    // What Linux has no name for is always wanted.
    return calls.contains(call) || call.startsWith("syscall_");
  }

  @Override
  public int stringBytes() {
    return stringBytes;
  }

  @Override
  public void saw(Sight sight) {
    sights.accept(sight);
  }

  @Override
  public void process(int endpoint, int pid, String program) {}
}
