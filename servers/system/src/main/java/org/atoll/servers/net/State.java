package org.atoll.servers.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongTable;
import org.atoll.libsys.Rows;
import org.jspecify.annotations.Nullable;

/** Everything that the network server remembers; saved and loaded whole. */
final class State {

  private static final int VERSION = 6;

  /** Calls to the net driver: the only ones that the server makes. */
  final Rows calls = new Rows();

  final LongTable<Socket> sockets = new LongTable<>();

  /** Requests that are not answered yet. */
  final LongTable<Waiter> waiters = new LongTable<>();

  final UnixNames unixNames = new UnixNames();
  final Ports ports = new Ports();
  final OutsideState outside = new OutsideState();

  /** Messages of which the last piece is still to come. */
  final Pieces gathered = new Pieces();

  /** Messages of which pieces are still to be fetched. */
  final Pieces fetched = new Pieces();

  /** Rights of messages that went unread, which VFS is still to be told of. */
  final ArrayDeque<Long> rightsGone = new ArrayDeque<>();

  /** Which beginning of the server this is, in the upper 32 bits of handles; 0 before the first. */
  private long beginning;

  private long made;

  /** A new socket, or null when there are too many. */
  @Nullable Socket make(KernelCalls kernel, int domain, int type, int protocol) {
    while (beginning == 0) {
      beginning = chance(kernel);
    }
    return enter(domain, type, protocol);
  }

  private @Nullable Socket enter(int domain, int type, int protocol) {
    if (sockets.size() >= Limits.SOCKETS_MAX) {
      return null;
    }
    int kind = (domain == Socket.UNIX ? 1 : 0) | (type == Socket.STREAM ? 2 : 0);
    long handle = beginning << 32 | (++made << 2 & 0xffff_ffffL) | kind;
    Socket socket = new Socket(handle, domain, type, protocol);
    sockets.put(handle, socket);
    return socket;
  }

  /** A socket of the same kind, or null when there are too many. */
  @Nullable Socket copy(Socket of) {
    return enter(of.domain, of.type, of.protocol);
  }

  private static long chance(KernelCalls kernel) {
    byte[] bytes = new byte[4];
    kernel.random(bytes, 0, 4);
    return ByteBuffer.wrap(bytes).getInt() & Integer.MAX_VALUE;
  }

  /** What a call on a socket that is not there answers: an earlier beginning had it. */
  static final long GONE = -Errno.ECONNRESET;

  @Nullable Socket socket(long handle) {
    return sockets.get(handle);
  }

  /** The peer of a connected socket, or null when that is gone. */
  @Nullable Socket peerOf(Socket socket) {
    return socket.peer == 0 ? null : sockets.get(socket.peer);
  }

  /** Whether a TCP connection has ended both ways, or was reset (Linux's state CLOSE). */
  boolean isOver(Socket s) {
    Socket peer = peerOf(s);
    return s.isTcp() && s.connected && s.writeOff && (peer == null || peer.writeOff);
  }

  /** Puts a request into the row of those who wait at its place. */
  void add(Waiter w) {
    waiters.put(w.request, w);
    Socket at = sockets.get(w.at);
    if (at != null) {
      at.waiting.put(w.request, w);
    }
  }

  /** Takes a request out, which is answered now. */
  void remove(Waiter w) {
    waiters.remove(w.request);
    Socket at = sockets.get(w.at);
    if (at != null) {
      at.waiting.remove(w.request);
    }
  }

  void save(StateWriter out) {
    out.version(VERSION).writeLong(beginning).writeLong(made);
    ports.save(out);
    outside.save(out);
    gathered.save(out);
    fetched.save(out);
    out.writeInt(rightsGone.size());
    rightsGone.forEach(out::writeLong);
    out.writeInt(sockets.size());
    for (int at = sockets.first(); at >= 0; at = sockets.next(at)) {
      sockets.value(at).save(out);
    }
    out.writeInt(waiters.size());
    for (int at = waiters.first(); at >= 0; at = waiters.next(at)) {
      waiters.value(at).save(out);
    }
  }

  /** Reads into this state, which is fresh. */
  void load(StateReader in) {
    in.version(VERSION);
    beginning = in.readLong();
    made = in.readLong();
    ports.load(in);
    outside.load(in);
    gathered.load(in);
    fetched.load(in);
    for (int left = in.readCount(8); left > 0; left--) {
      rightsGone.addLast(in.readLong());
    }
    for (int left = in.readCount(64); left > 0; left--) {
      Socket socket = Socket.load(in);
      sockets.put(socket.handle, socket);
      if (socket.key != null) {
        unixNames.enter(socket.key, socket);
      }
      ports.enter(socket);
    }
    for (int left = in.readCount(32); left > 0; left--) {
      add(Waiter.load(in));
    }
  }
}
