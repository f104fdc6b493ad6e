package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.service.Terms;
import org.atoll.drivers.link.session.Carriage;
import org.atoll.drivers.link.session.Session;
import org.atoll.drivers.link.talk.LinkRow;
import org.jspecify.annotations.Nullable;

/**
 * Another node, from when it was first trusted until it is dead: the session with it, and the
 * connection whose wire carries the session now, or none after a cut.
 */
final class Peer {

  final int node;

  /** Where it can be connected to; null where this end has connected. */
  private final @Nullable Doors doors;

  /** Names the session, on all its connections. */
  final long id;

  private final RingMemory memory = new RingMemory();

  /** What a sign is sent from, unless Netty still holds the last one. */
  private final ByteBuf signs = new PlainMemory(Session.SIGN_BYTES);

  final Session session = new Session(Carriage.STREAM, memory::allocate, System::nanoTime);

  /** Frames of the link's own that the session has no room for yet. */
  private final Queue<byte[]> own = new ArrayDeque<>();

  private @Nullable Connection connection;
  private @Nullable ServicedWire wire;
  private Terms terms = Terms.NONE;

  /** Bytes that went over wires that are no more. */
  private long formerBytes;

  /** Whether this end has said its last. */
  private boolean finished;

  /** The one that a complete handshake was with. */
  Peer(Handshake handshake) {
    node = handshake.peer();
    doors = handshake.connecting() ? null : handshake.doors();
    id = handshake.session();
  }

  /** Where a node that has connected to this one can be connected to. */
  Doors doors() {
    return Objects.requireNonNull(doors);
  }

  /** From now on that connection carries the session. */
  void attach(Connection by, ServicedWire through) {
    through.terms(terms);
    connection = by;
    wire = through;
    finished = false;
  }

  /** No connection carries it, until another one is attached. */
  void detach() {
    ServicedWire former = wire;
    formerBytes += former == null ? 0 : former.sentBytes();
    connection = null;
    wire = null;
  }

  /** Which services the link to it has. */
  void terms(Terms wanted) {
    terms = wanted;
    ServicedWire to = wire;
    if (to != null) {
      to.terms(wanted);
    }
  }

  /** What a node says of the link to it. */
  LinkRow row(int self) {
    ServicedWire to = wire;
    return new LinkRow(
        self,
        node,
        to == null ? "cut" : to.via(),
        session.roundTripNanos(),
        session.traffic().sentFrames(),
        session.traffic().sentBytes(),
        formerBytes + (to == null ? 0 : to.sentBytes()));
  }

  boolean connected() {
    return connection != null;
  }

  /** Whether that connection carries the session. */
  boolean isOn(Connection which) {
    return connection == which;
  }

  /** Closes the connection, if there is one, for a reason that ends the session; whether it was. */
  boolean end(String reason) {
    Connection open = connection;
    Wire to = wire;
    if (open == null || to == null) {
      return false;
    }
    sayFarewell(to);
    open.end(reason);
    return true;
  }

  /** It is dead: nothing is sent any more. */
  void dies() {
    session.end();
    memory.release();
    signs.release();
  }

  /** Closes the connection without ending the session. */
  void cut() {
    Wire open = wire;
    detach();
    if (open != null) {
      open.close();
    }
  }

  /** Sends nothing any more after what was committed; what arrives is still heard. */
  void finish() {
    Wire to = wire;
    if (to != null) {
      flush();
      sayFarewell(to);
      finished = true;
      to.finish();
    }
  }

  /** Sends a frame of the link's own as soon as there is room. */
  void own(byte[] frame) {
    own.add(frame);
    sendOwn();
    flush();
  }

  /** Whether there is room again where there was none; asked once. */
  boolean recovered() {
    boolean recovered = session.recovered();
    if (recovered && !own.isEmpty()) {
      sendOwn();
      flush();
    }
    return recovered;
  }

  private void sendOwn() {
    for (byte[] next = own.peek(); next != null; next = own.peek()) {
      ByteBuffer room = session.claim(next.length);
      if (room == null) {
        return;
      }
      room.put(next);
      session.commitOwn();
      own.remove();
    }
  }

  /** Sends what was committed, without copying it. */
  void flush() {
    Wire to = wire;
    if (to == null || finished) {
      return;
    }
    while (session.unsent()) {
      int at = session.unsentAt();
      int bytes = session.unsentBytes();
      session.sent(bytes);
      to.send(memory.show(at, bytes));
    }
    to.flush();
  }

  /** Tells the other end at once what was taken, where it waits for that. */
  void tellIfOwed() {
    if (session.owes()) {
      sign();
    }
  }

  /** A sign of life. */
  void sign() {
    Wire to = wire;
    if (to != null && !finished) {
      ByteBuf sign = signs.refCnt() == 1 ? signs.retain() : freshSign();
      session.sign(room(sign));
      to.send(sign);
      to.flush();
    }
  }

  private void sayFarewell(Wire to) {
    if (finished) {
      return;
    }
    ByteBuf farewell = freshSign();
    session.farewell(room(farewell));
    to.send(farewell);
    to.flush();
  }

  private static ByteBuf freshSign() {
    return PooledByteBufAllocator.DEFAULT.directBuffer(Session.SIGN_BYTES);
  }

  private static ByteBuffer room(ByteBuf sign) {
    ByteBuffer room = sign.internalNioBuffer(0, Session.SIGN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    sign.setIndex(0, Session.SIGN_BYTES);
    return room;
  }
}
