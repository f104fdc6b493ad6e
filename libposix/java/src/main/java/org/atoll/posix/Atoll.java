package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import org.atoll.posix.gate.Gate;

/** What only Atoll has: nodes. */
public final class Atoll {

  private static final int ONNODE = 0xA7001;
  private static final int NODE = 0xA7002;

  private Atoll() {}

  /** The node that the process runs on. */
  public static int node() {
    return (int) Gate.current().process().call(NODE);
  }

  /** The next successful exec runs on that node. Errors: ENXIO (no such node, or it is down). */
  public static void onnode(int node) {
    check("onnode", Gate.current().process().call(ONNODE, node));
  }
}
