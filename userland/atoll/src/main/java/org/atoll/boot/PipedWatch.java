package org.atoll.boot;

import java.util.Set;

/** Another node's observer of system calls: tells node 0 of each, on standard output. */
public final class PipedWatch implements Observer {

  private final Set<String> calls;
  private final int stringBytes;
  private final NodeZero nodeZero = new NodeZero();

  /** Tells of these system calls. */
  public PipedWatch(Set<String> calls, int stringBytes) {
    this.calls = calls;
    this.stringBytes = stringBytes;
  }

  @Override
  public Looking looking() {
    return Looking.at(new CallWatcher(calls, stringBytes, sight -> nodeZero.tell(sight.encode())));
  }
}
