package org.atoll.drivers.link.netty;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.session.Session;
import org.atoll.drivers.link.talk.LinkTalk;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes as a link sees them: who was let in, who is cut off and may come back, who is
 * dead. Owner: the CPU that the link belongs to.
 */
final class Neighbours {

  private static final String GIVEN_UP = "it has given up this node, which stood still";
  private static final String ENDED = "the connection ended";
  private static final String NOT_BACK = "the connection ended and did not come back";

  private final LinkIdentity identity;
  private final Dialer dialer;
  final Housekeeping housekeeping;

  /** By node; null where none is trusted yet, or it is dead. */
  private final @Nullable Peer[] peers;

  /** By node: whether a connection was ever begun. */
  private final boolean[] known;

  /** By node: whether its process has ended. */
  private final boolean[] ended;

  private Transport.@Nullable Receiver receiver;
  private long lastTickNanos = System.nanoTime();

  Neighbours(LinkIdentity identity, Dialer dialer) {
    this.identity = identity;
    this.dialer = dialer;
    housekeeping = new Housekeeping(identity, this);
    peers = new @Nullable Peer[identity.nodes()];
    known = new boolean[identity.nodes()];
    ended = new boolean[identity.nodes()];
    known[identity.node()] = true;
  }

  void receiver(Transport.Receiver to) {
    receiver = to;
  }

  private Transport.Receiver told() {
    Transport.Receiver to = receiver;
    if (to == null) {
      throw new IllegalStateException("the link has no receiver");
    }
    return to;
  }

  /** The node, if it is trusted and not dead. */
  @Nullable Peer peer(int node) {
    return peers[node];
  }

  /** Whether a node is the one that is meant, and not dead. */
  boolean knows(Peer peer) {
    return peers[peer.node] == peer;
  }

  /** Whether a trusted connection to a node is there. */
  boolean connected(int node) {
    Peer peer = peers[node];
    return peer != null && peer.connected();
  }

  /** The nodes that are trusted and not dead. */
  List<Peer> alive() {
    List<Peer> alive = new ArrayList<>();
    for (Peer peer : peers) {
      if (peer != null) {
        alive.add(peer);
      }
    }
    return alive;
  }

  boolean anyConnected() {
    for (Peer peer : peers) {
      if (peer != null && peer.connected()) {
        return true;
      }
    }
    return false;
  }

  // ---- coming

  /** Connects to a node with a lower number, unless that was begun before. */
  void meet(int node, Doors doors) {
    if (!known[node]) {
      known[node] = true;
      dialer.first(node, doors);
    }
  }

  /** Lets in a node that has proved itself, unless it goes on with no session of this node's. */
  int admit(int node, long session, int received) throws LinkBrokenException {
    Peer peer = peers[node];
    if (peer == null && !known[node] && received == 0) {
      known[node] = true;
      return 0;
    }
    if (peer == null || peer.id != session) {
      throw new LinkBrokenException("node " + node + " was connected before");
    }
    if (!peer.session.resumable(received)) {
      throw new LinkBrokenException("it received frames that were never sent");
    }
    peer.cut();
    return peer.session.received();
  }

  /** Both ends of a connection trust each other: a session begins, or goes on. */
  Peer trusted(Handshake handshake, Connection connection, ServicedWire wire)
      throws LinkBrokenException {
    int node = handshake.peer();
    Peer before = peers[node];
    Peer peer = before == null ? new Peer(handshake) : before;
    peer.session.resume(handshake.peerReceived());
    peer.attach(connection, wire);
    peer.flush();
    if (before == null) {
      peers[node] = peer;
      housekeeping.welcome(peer);
      introduce(peer);
      told().nodeUp(node);
    }
    return peer;
  }

  /** Node 0 tells the higher one of two nodes where the lower one listens. */
  private void introduce(Peer fresh) {
    if (identity.node() != 0) {
      return;
    }
    for (Peer other : peers) {
      if (other != null && other.node < fresh.node) {
        fresh.own(LinkTalk.doors(other.node, other.doors()));
      } else if (other != null && other.node > fresh.node) {
        other.own(LinkTalk.doors(fresh.node, fresh.doors()));
      }
    }
  }

  // ---- going

  /**
   * A connection of a trusted node ended.
   *
   * @param reason why this end closed it for good, or null when it was cut
   */
  void lost(Peer peer, Connection connection, @Nullable String reason) {
    if (!peer.isOn(connection)) {
      return;
    }
    peer.detach();
    if (!connection.far()) {
      // The host told of the end at once; of packets that vanish it tells after a while.
      peer.session.cut();
    }
    if (reason != null) {
      dies(peer, reason);
    } else if (peer.session.saidFarewell() || ended[peer.node] || asleep()) {
      dies(peer, ENDED);
    } else {
      dialer.again(peer);
    }
  }

  /** The port of a node that was cut off refuses connections: its process is no more. */
  void gone(Peer peer) {
    dies(peer, ENDED);
  }

  /** A node cannot be connected to for the first time. */
  void unreachable(int node, String reason) {
    told().nodeDown(node, reason);
  }

  /** A node is dead, for the receiver and for ever. */
  void dies(Peer peer, String reason) {
    if (!knows(peer)) {
      return;
    }
    peers[peer.node] = null;
    peer.dies();
    housekeeping.dead(peer.node);
    if (peer.session.silent() && !asleep()) {
      told().nodeSilent(peer.node, reason);
    } else {
      told().nodeDown(peer.node, asleep() ? GIVEN_UP : reason);
    }
  }

  /** A node's process has ended; see {@link NettyLink#missing}. */
  void missing(int node, String reason) {
    if (!known[node]) {
      known[node] = true;
      told().nodeDown(node, reason);
    }
    tellOthers(node);
    ended(node);
  }

  private void tellOthers(int gone) {
    for (Peer other : peers) {
      if (other != null && other.node != gone) {
        other.own(LinkTalk.gone(gone));
      }
    }
  }

  /** A node's process has ended, so it does not connect again. */
  void ended(int node) {
    ended[node] = true;
    Peer peer = peers[node];
    if (peer != null && !peer.connected()) {
      dies(peer, ENDED);
    }
  }

  /** Whether this process stood still for so long that the others have given it up. */
  private boolean asleep() {
    return System.nanoTime() - lastTickNanos > Session.SILENT_TICKS_MAX * NettyLink.TICK_NANOS;
  }

  /** A tick of the clock, once a second. */
  void tick() {
    lastTickNanos = System.nanoTime();
    for (Peer peer : peers) {
      if (peer != null) {
        tick(peer);
      }
    }
  }

  private void tick(Peer peer) {
    peer.session.tick();
    if (!peer.session.silent()) {
      peer.sign();
    } else if (!peer.end("no sign of life for " + Session.SILENT_TICKS_MAX + " s")) {
      dies(peer, NOT_BACK);
    }
  }

  // ---- frames

  void frame(int from, ByteBuffer frame) {
    told().frame(from, frame);
  }

  /** A frame of the link's own arrived. */
  void own(int from, ByteBuffer frame) throws LinkBrokenException {
    housekeeping.take(from, frame);
  }

  /** Tells of the nodes that have room again; whether there are any. */
  boolean tellWritable() {
    boolean told = false;
    for (Peer peer : peers) {
      if (peer != null && peer.recovered()) {
        told = true;
        told().writable(peer.node);
      }
    }
    return told;
  }

  /** Makes everything go, and then nothing more. */
  void finish() {
    for (Peer peer : peers) {
      if (peer != null) {
        peer.finish();
      }
    }
  }

  /** Ends all connections. */
  void end(String reason) {
    for (Peer peer : peers) {
      if (peer != null) {
        var _ = peer.end(reason);
      }
    }
  }
}
