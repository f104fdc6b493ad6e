package org.atoll.drivers.link.session;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.hypercall.Packets;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A node's link to all others over packets: the sessions that TCP carries, too, with what packets
 * need on top. Whatever is not acknowledged in time is sent again.
 *
 * <p>Owner: the CPU that the packets belong to.
 */
public final class PacketLink implements Transport, Packets.Receiver {

  private static final long TICK_NANOS = 1_000_000_000;

  /** Who tells that a node is dead. */
  public enum Deaths {
    /** The host alone, which always knows. */
    BY_HOST,

    /** The host, or the node's silence. */
    BY_SILENCE
  }

  private final Packets packets;

  /** By node; null where none is up. */
  private final @Nullable Lane[] lanes;

  private final ByteBuffer sign;
  private long tickNanos;
  private @Nullable Receiver receiver;

  /** A link to nobody yet. */
  public PacketLink(Packets packets, int nodes, Deaths deaths) {
    this.packets = packets;
    lanes = new @Nullable Lane[nodes];
    sign = ByteBuffer.allocate(Session.SIGN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    tickNanos = deaths == Deaths.BY_SILENCE ? packets.nanos() + TICK_NANOS : Packets.NEVER;
    packets.receiver(this);
  }

  // ---- transport

  @Override
  public @Nullable ByteBuffer claim(int node, int bytes) {
    if (bytes < 1 || bytes > FRAME_BYTES_MAX) {
      throw new IllegalArgumentException("frame of " + bytes + " bytes");
    }
    Lane lane = lanes[node];
    return lane == null ? null : lane.session.claim(bytes);
  }

  @Override
  public void commit(int node) {
    Lane lane = lanes[node];
    if (lane != null) {
      lane.session.commit();
    }
  }

  @Override
  public void flush() {
    for (Lane lane : lanes) {
      if (lane != null) {
        flush(lane);
      }
    }
    arm();
  }

  private void flush(Lane lane) {
    if (!lane.session.unsent()) {
      return;
    }
    while (lane.session.unsent()) {
      packets.send(lane.node, lane.session.sendOne());
    }
    lane.sent(packets.nanos());
  }

  @Override
  public void drop(int node, String reason) {
    Lane lane = lanes[node];
    if (lane != null) {
      lanes[node] = null;
      sayFarewell(lane);
    }
  }

  @Override
  public void receiver(Receiver receiver) {
    this.receiver = receiver;
  }

  private Receiver told() {
    Receiver to = receiver;
    if (to == null) {
      throw new IllegalStateException("the link has no receiver");
    }
    return to;
  }

  // ---- told by the packets

  @Override
  public void reachable(int node) {
    Lane lane = new Lane(node);
    lane.said(packets.nanos());
    lanes[node] = lane;
    told().nodeUp(node);
    arm();
  }

  @Override
  public void gone(int node) {
    Lane lane = lanes[node];
    if (lane != null) {
      dies(lane, "the connection ended");
    }
  }

  @Override
  public void packet(int node, ByteBuffer packet) {
    Lane lane = lanes[node];
    if (lane == null) {
      return;
    }
    try {
      if (packet.remaining() < FrameHead.BYTES
          || FrameHead.bytesBehind(packet.getInt(0)) != packet.remaining() - FrameHead.BYTES) {
        throw new LinkBrokenException("it sent a packet that is no frame");
      }
      lane.session.take(packet, lane);
    } catch (LinkBrokenException broken) {
      sayFarewell(lane);
      dies(lane, String.valueOf(broken.getMessage()));
      return;
    }
    if (lanes[node] == lane) {
      after(lane);
    }
  }

  private void after(Lane lane) {
    if (lane.session.saidFarewell()) {
      dies(lane, "the connection ended");
      return;
    }
    if (lane.session.owes()) {
      sendSign(lane);
    }
    lane.took(packets.nanos());
    if (lane.session.recovered()) {
      told().writable(lane.node);
    }
    arm();
  }

  @Override
  public void due() {
    long now = packets.nanos();
    boolean ticks = now >= tickNanos;
    tickNanos = ticks ? now + TICK_NANOS : tickNanos;
    for (Lane lane : lanes) {
      if (lane != null) {
        due(lane, now, ticks);
      }
    }
    arm();
  }

  private void due(Lane lane, long now, boolean ticks) {
    if (ticks) {
      lane.session.tick();
    }
    if (lane.session.silent()) {
      sayFarewell(lane);
      dies(lane, "no sign of life for " + Session.SILENT_TICKS_MAX + " s");
      return;
    }
    if (lane.again(now)) {
      lane.session.sendAgain();
      flush(lane);
    }
    if (lane.signs(now)) {
      sendSign(lane);
    }
  }

  private void dies(Lane lane, String reason) {
    lane.session.end();
    if (lanes[lane.node] == lane) {
      lanes[lane.node] = null;
      told().nodeDown(lane.node, reason);
    }
  }

  private void sendSign(Lane lane) {
    lane.session.sign(sign.clear());
    packets.send(lane.node, sign.flip());
    lane.said(packets.nanos());
  }

  private void sayFarewell(Lane lane) {
    lane.session.farewell(sign.clear());
    packets.send(lane.node, sign.flip());
    lane.session.end();
  }

  private void arm() {
    long next = tickNanos;
    for (Lane lane : lanes) {
      if (lane != null) {
        next = Math.min(next, lane.nextNanos());
      }
    }
    packets.wakeAt(next);
  }

  /** A node that is up: its session, and when something is to be said to it. */
  private final class Lane implements Session.Sink {

    /** So long what was taken may be unsaid: an answer mostly says it sooner. */
    private static final long SIGN_NANOS = 5_000_000;

    /** Four signs of life in a tick: some of them may be lost. */
    private static final long LIFE_NANOS = TICK_NANOS / 4;

    private static final long AGAIN_NANOS_LEAST = 20_000_000;
    private static final long AGAIN_NANOS_MOST = 500_000_000;

    private final int node;
    private final Session session;
    private int acknowledged;
    private long againAfterNanos = AGAIN_NANOS_LEAST;
    private long againNanos = Packets.NEVER;
    private long signNanos = Packets.NEVER;

    private Lane(int node) {
      this.node = node;
      session = new Session(Carriage.PACKETS, ByteBuffer::allocate, packets::nanos);
    }

    @Override
    public void frame(ByteBuffer frame) {
      told().frame(node, frame);
    }

    @Override
    public void own(ByteBuffer frame) throws LinkBrokenException {
      throw new LinkBrokenException("it sent an unknown control frame, kind " + frame.get());
    }

    /** Frames went out, and with them what was taken. */
    private void sent(long now) {
      if (!session.unsaid()) {
        said(now);
      }
      if (session.unacknowledged() && againNanos == Packets.NEVER) {
        againNanos = now + againAfterNanos;
      }
    }

    /** The other end was told all; where silence is death, it hears again soon. */
    private void said(long now) {
      signNanos = tickNanos == Packets.NEVER ? Packets.NEVER : now + LIFE_NANOS;
    }

    /** Something came in: what waits for it starts anew, and is to be told of it. */
    private void took(long now) {
      if (session.acknowledged() != acknowledged) {
        acknowledged = session.acknowledged();
        againAfterNanos = AGAIN_NANOS_LEAST;
        againNanos = session.unacknowledged() ? now + againAfterNanos : Packets.NEVER;
      }
      if (session.unsaid()) {
        signNanos = Math.min(signNanos, now + SIGN_NANOS);
      }
    }

    private boolean again(long now) {
      if (now < againNanos) {
        return false;
      }
      againAfterNanos = Math.min(2 * againAfterNanos, AGAIN_NANOS_MOST);
      againNanos = Packets.NEVER;
      return session.unacknowledged();
    }

    private boolean signs(long now) {
      return now >= signNanos;
    }

    private long nextNanos() {
      return Math.min(againNanos, signNanos);
    }
  }
}
