package org.atoll.drivers.link.netty;

import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.service.Terms;
import org.atoll.drivers.link.talk.Census;
import org.atoll.drivers.link.talk.CensusTaker;
import org.atoll.drivers.link.talk.LinkRow;
import org.atoll.drivers.link.talk.LinkTalk;
import org.atoll.drivers.link.talk.NodeRow;
import org.jspecify.annotations.Nullable;

/**
 * What the links of a VOS arrange between themselves: the services that all of them have, which
 * node 0 decides, and what node 0 asks of the others for a person. Owner: the CPU that the link
 * belongs to.
 */
final class Housekeeping {

  private static final long ANSWER_MILLIS = 2_000;

  private final LinkIdentity identity;
  private final Neighbours neighbours;
  private Terms terms = Terms.NONE;
  private int questions;
  private @Nullable CensusTaker census;

  Housekeeping(LinkIdentity identity, Neighbours neighbours) {
    this.identity = identity;
    this.neighbours = neighbours;
  }

  /** Gives a node that has just come the services that the others have. */
  void welcome(Peer peer) {
    peer.terms(terms);
    if (identity.node() == 0 && !terms.equals(Terms.NONE)) {
      peer.own(LinkTalk.terms(terms));
    }
  }

  /** Node 0: all links have other services from now on. */
  void decide(UnaryOperator<Terms> change) {
    Terms wanted = change.apply(terms);
    terms = wanted;
    for (Peer peer : neighbours.alive()) {
      peer.own(LinkTalk.terms(wanted));
      peer.terms(wanted);
    }
  }

  /** Node 0: asks all nodes for what they know of their links. */
  void census(EventLoop loop, CompletableFuture<Census> outcome) {
    CensusTaker running = census;
    if (running != null) {
      running.complete();
    }
    CensusTaker fresh = new CensusTaker(++questions, identity.nodes(), outcome);
    census = fresh;
    fresh.asked(identity.node());
    for (Peer peer : neighbours.alive()) {
      fresh.asked(peer.node);
      peer.own(LinkTalk.ask(questions));
    }
    List<Peer> own = neighbours.alive();
    fresh.node(identity.node(), self(), own.size());
    own.forEach(peer -> fresh.link(identity.node(), peer.row(identity.node())));
    var _ = loop.schedule(fresh::complete, ANSWER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A node is dead: it answers no more. */
  void dead(int node) {
    CensusTaker running = census;
    if (running != null) {
      running.dead(node);
    }
  }

  private NodeRow self() {
    return NodeRow.ofThisProcess(identity.node(), terms);
  }

  /** A frame of the link's own arrived. */
  void take(int from, ByteBuffer frame) throws LinkBrokenException {
    LinkTalk.take(frame, new Said(from));
  }

  /** What one node says. */
  private final class Said implements LinkTalk.Listener {

    private final int from;

    private Said(int from) {
      this.from = from;
    }

    @Override
    public void doors(int node, Doors doors) throws LinkBrokenException {
      onlyNodeZero("where node " + node + " can be connected to", node >= 0 && node < self());
      neighbours.meet(node, doors);
    }

    @Override
    public void gone(int node) throws LinkBrokenException {
      boolean other = node > 0 && node < identity.nodes() && node != self();
      onlyNodeZero("that node " + node + " has ended", other);
      neighbours.ended(node);
    }

    @Override
    public void terms(Terms wanted) throws LinkBrokenException {
      onlyNodeZero("which services links have", true);
      terms = wanted;
      neighbours.alive().forEach(peer -> peer.terms(wanted));
    }

    @Override
    public void ask(int question) throws LinkBrokenException {
      onlyNodeZero("to tell of this node", true);
      Peer asker = neighbours.peer(0);
      if (asker != null) {
        List<Peer> links = neighbours.alive();
        asker.own(LinkTalk.node(question, Housekeeping.this.self(), links.size()));
        links.forEach(peer -> asker.own(LinkTalk.link(question, peer.row(self()))));
      }
    }

    @Override
    public void node(int question, NodeRow row, int links) {
      CensusTaker running = census;
      if (running != null && running.question() == question) {
        running.node(from, row, links);
      }
    }

    @Override
    public void link(int question, LinkRow row) {
      CensusTaker running = census;
      if (running != null && running.question() == question) {
        running.link(from, row);
      }
    }

    private int self() {
      return identity.node();
    }

    private void onlyNodeZero(String what, boolean possible) throws LinkBrokenException {
      if (from != 0 || !possible) {
        throw new LinkBrokenException("it says " + what);
      }
    }
  }
}
