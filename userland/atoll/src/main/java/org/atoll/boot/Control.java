package org.atoll.boot;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.atoll.control.CommandQueue;
import org.atoll.control.ControlSocket;
import org.atoll.control.Desk;
import org.atoll.loader.OwnService;
import org.jspecify.annotations.Nullable;

/**
 * The way from other terminals to the VOS of this process. Where no socket can be made the VOS runs
 * without, and the log says why.
 */
final class Control implements Closeable {

  private static final System.Logger LOG = System.getLogger("org.atoll.control");

  private final CommandQueue queue = new CommandQueue();
  private final List<OwnService> services;
  private @Nullable ControlSocket socket;

  Control(List<OwnService> services) {
    this.services = services;
  }

  /** Takes commands for a node that is about to start its servers. */
  void controls(BareNode node) {
    node.controlledBy(queue);
    try {
      socket = ControlSocket.open(System.getenv(), new Desk(queue, node, services));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.INFO, "no control: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    ControlSocket open = socket;
    if (open != null) {
      open.close();
    }
  }
}
