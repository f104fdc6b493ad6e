package org.atoll.drivers.link.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the nodes with lower numbers, and again after a cut, until that succeeds or the node
 * is dead. A port that refuses connections tells that the node's process is gone.
 */
final class Dialer {

  private static final int AGAIN_MILLIS_LEAST = 5;
  private static final int AGAIN_MILLIS_MOST = 200;
  private static final int CONNECT_MILLIS_MAX = 1_000;

  /** For the first connection to another machine: TCP tries three times. */
  private static final int FAR_MILLIS_MAX = 8_000;

  private final NettyLink link;
  private final LinkLoop loop;
  private final LinkIdentity identity;
  private final SecureRandom random = new SecureRandom();

  /** Through which door this node connects to a node. */
  private final @Nullable Door[] doors;

  Dialer(NettyLink link, LinkLoop loop, LinkIdentity identity) {
    this.link = link;
    this.loop = loop;
    this.identity = identity;
    doors = new @Nullable Door[identity.nodes()];
  }

  /** Connects for the first time; a failure is the node's death. */
  void first(int node, Doors where) {
    Iterator<Door> candidates = link.choose(where).iterator();
    if (candidates.hasNext()) {
      first(node, candidates);
    } else {
      String reason = "cannot connect: none of " + where + " can be reached";
      loop.execute(() -> link.neighbours.unreachable(node, reason));
    }
  }

  /** Several addresses of another machine are tried one after the other. */
  private void first(int node, Iterator<Door> candidates) {
    Door door = candidates.next();
    doors[node] = door;
    Connection fresh = new Connection(link, door.kind(), handshake(node, random.nextLong(), 0));
    connect(door, fresh, door.kind().isLocal() ? CONNECT_MILLIS_MAX : FAR_MILLIS_MAX)
        .addListener(done -> {
          if (done.isSuccess()) {
            return;
          }
          if (candidates.hasNext()) {
            first(node, candidates);
          } else {
            link.neighbours.unreachable(node, "cannot connect: " + done.cause().getMessage());
          }
        });
  }

  /** Connects again, if it was this end that connected. */
  void again(Peer peer) {
    attempt(peer, AGAIN_MILLIS_LEAST);
  }

  private void attempt(Peer peer, int waitMillis) {
    Door door = doors[peer.node];
    if (door == null || peer.connected() || !link.neighbours.knows(peer)) {
      return;
    }
    Runnable later =
        () -> {
          var _ =
              loop.schedule(
                  () -> attempt(peer, Math.min(2 * waitMillis, AGAIN_MILLIS_MOST)),
                  waitMillis,
                  TimeUnit.MILLISECONDS);
        };
    Handshake handshake = handshake(peer.node, peer.id, peer.session.received());
    connect(door, new Connection(link, door.kind(), handshake, later), CONNECT_MILLIS_MAX)
        .addListener(done -> {
          if (isRefused(done.cause())) {
            link.neighbours.gone(peer);
          } else if (!done.isSuccess()) {
            later.run();
          }
        });
  }

  private static boolean isRefused(@Nullable Throwable cause) {
    return cause != null && String.valueOf(cause.getMessage()).contains("refused");
  }

  private Handshake handshake(int node, long session, int received) {
    return Handshake.connector(identity, node, link.listen(), session, received, LinkKey.random());
  }

  private ChannelFuture connect(Door to, Connection connection, int millisMax) {
    Bootstrap bootstrap = new Bootstrap().group(loop).channel(LinkLoop.channel(to.kind()));
    if (!to.kind().isNamed()) {
      var _ = bootstrap.option(ChannelOption.TCP_NODELAY, true);
    }
    return bootstrap
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millisMax)
        .handler(connection)
        .connect(to.address());
  }
}
