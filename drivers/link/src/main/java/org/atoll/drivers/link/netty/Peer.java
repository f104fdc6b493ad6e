package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.session.Carriage;
import org.atoll.drivers.link.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Another node, from when it was first trusted until it is dead: the session with it, and the
 * connection that carries the session now, or none after a cut.
 */
final class Peer {

  final int node;

  /** Where it can be connected to; null where this end has connected. */
  private final @Nullable Doors doors;

  /** Names the session, on all its connections. */
  final long id;

  private final RingMemory memory = new RingMemory();
  final Session session = new Session(Carriage.STREAM, memory::allocate);

  /** Frames of the link's own that the session has no room for yet. */
  private final Queue<byte[]> own = new ArrayDeque<>();

  private @Nullable Connection connection;
  private @Nullable Channel channel;

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
  void attach(Connection by, Channel through) {
    connection = by;
    channel = through;
  }

  /** No connection carries it, until another one is attached. */
  void detach() {
    connection = null;
    channel = null;
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
    Channel to = channel;
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
  }

  /** Closes the connection without ending the session. */
  void cut() {
    Channel open = channel;
    detach();
    if (open != null) {
      var _ = open.close();
    }
  }

  /** Sends nothing any more after what was committed; what arrives is still heard. */
  void finish() {
    Channel to = channel;
    if (to != null) {
      flush();
      sayFarewell(to);
      var _ = to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> endOutput(to));
    }
  }

  private static void endOutput(Channel to) {
    var _ = ((DuplexChannel) to).shutdownOutput();
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
    Channel to = channel;
    while (to != null && session.unsent()) {
      int at = session.unsentAt();
      int bytes = session.unsentBytes();
      session.sent(bytes);
      var _ = to.writeAndFlush(memory.show(at, bytes), to.voidPromise());
      memory.written();
    }
  }

  /** Tells the other end at once what was taken, where it waits for that. */
  void tellIfOwed() {
    if (session.owes()) {
      sign();
    }
  }

  /** A sign of life. */
  void sign() {
    Channel to = channel;
    if (to != null) {
      ByteBuf sign = to.alloc().directBuffer(Session.SIGN_BYTES);
      session.sign(room(sign));
      var _ = to.writeAndFlush(sign, to.voidPromise());
    }
  }

  private void sayFarewell(Channel to) {
    ByteBuf farewell = to.alloc().directBuffer(Session.SIGN_BYTES);
    session.farewell(room(farewell));
    var _ = to.writeAndFlush(farewell, to.voidPromise());
  }

  private static ByteBuffer room(ByteBuf sign) {
    ByteBuffer room = sign.internalNioBuffer(0, Session.SIGN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    sign.writerIndex(Session.SIGN_BYTES);
    return room;
  }
}
