package org.atoll.boot;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.atoll.control.CommandQueue;
import org.atoll.control.ControlSocket;
import org.atoll.control.Desk;
import org.atoll.control.Links;
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
  private @Nullable FutureTask<ControlSocket> opening;
  private @Nullable ControlSocket socket;

  Control(List<OwnService> services) {
    this.services = services;
  }

  /**
   * Takes commands for a node that is about to start its servers. The socket is opened meanwhile:
   * the JDK's first one takes as long as all servers do.
   *
   * @param links to the other nodes, if there are any
   */
  void controls(BareNode node, Links links) {
    node.controlledBy(queue);
    Desk desk = new Desk(queue, node, services, links);
    opening = new FutureTask<>(() -> ControlSocket.open(System.getenv(), desk));
    Thread.ofPlatform().daemon().name("control-opening").start(opening);
  }

  /** Waits until other terminals find the VOS, which they do before its first program runs. */
  void awaitOpen() throws IOException {
    FutureTask<ControlSocket> begun = opening;
    if (begun == null) {
      return;
    }
    try {
      socket = begun.get();
    } catch (ExecutionException refused) {
      LOG.log(System.Logger.Level.INFO, "no control: " + refused.getMessage(), refused);
    } catch (InterruptedException ended) {
      throw new IOException("interrupted while the control socket was opened", ended);
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
