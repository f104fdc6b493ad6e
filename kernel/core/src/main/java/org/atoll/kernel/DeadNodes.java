package org.atoll.kernel;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.RsProtocol;

/**
 * What becomes of a node's tasks, calls and servers when another node is dead.
 *
 * <p>Owner: CPU 0, within its event wait.
 */
final class DeadNodes {

  private static final System.Logger LOG = System.getLogger("org.atoll.kernel");

  private final Node node;
  private final Link link;
  private final RemoteRequests requests;

  /** None so far. */
  DeadNodes(Node node, Link link, RemoteRequests requests) {
    this.node = node;
    this.link = link;
    this.requests = requests;
  }

  private Cpu cpu() {
    return node.cpu(0);
  }

  /** A node is dead, once; {@code said}: the person is told by this node. */
  void dies(int other, String reason, boolean said) {
    if (other < 0 || other >= node.nodes() || !link.goes(other) || node.ending()) {
      return;
    }
    node.quiescence.entered(0);
    LOG.log(
        said ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
        "node " + node.number() + ": node " + other + " is dead: " + reason);
    failCallsTo(other);
    link.failPassed(cpu(), other);
    for (CallRecord call : requests.which(c -> node.locations.nodeOf(c.caller) == other)) {
      link.abandon(cpu(), call);
    }
    for (int guest : node.locations.guestsOf(other)) {
      node.life.noMore(guest);
    }
    if (other == 0) {
      node.halt(Reaper.STATUS_FAILED);
      return;
    }
    Message m = new Message();
    tellServer(Role.PM, PmProtocol.Call.NODE_DOWN.encode(m, other));
    tellServer(Role.RS, RsProtocol.Call.NODE_DOWN.encode(m, other));
  }

  /** All nodes miss a dead one; the person is told by the lowest that is left. */
  boolean speaks(int dead) {
    long lower = (1L << node.number()) - 1;
    return (link.up() & lower & ~(1L << dead)) == 0;
  }

  /** Sends to the server of a role if it is here: one of another node hears of it there. */
  private void tellServer(Role role, Message m) {
    int server = node.role(role);
    if (node.tasks.find(server) != null) {
      node.post.send(cpu(), node.kernelEndpoint(), server, m);
    }
  }

  private void failCallsTo(int other) {
    for (Task caller : node.tasks.all()) {
      for (CallRecord call : caller.calls.all()) {
        int sequence = call == null ? 0 : call.sequence();
        if (call != null && call.waiting(sequence) && mayBeLost(call, other)) {
          node.post.fail(cpu(), call, sequence, Errno.EDEADSRCDST);
        }
      }
    }
  }

  /**
   * Whether nobody may answer a call when a node is dead: its callee was there, or the request was
   * sent there. A callee that has left before may live, and the call have been made; it is not made
   * twice.
   */
  private boolean mayBeLost(CallRecord call, int dead) {
    return node.locations.nodeOf(call.callee()) == dead || call.sentTo == dead;
  }
}
