package org.atoll.servers.net;

import java.util.ArrayDeque;
import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/**
 * A socket: its names, its peer, what came for it, who waits for it.
 *
 * <p>Invariant: a socket with a peer is {@link #connected}, or is being connected to outside; of
 * two connected streams each is the other's peer until one is closed.
 */
final class Socket {

  static final int UNIX = 1;
  static final int INET = 2;
  static final int INET6 = 10;
  static final int NETLINK = 16;

  static final int STREAM = 1;
  static final int DATAGRAM = 2;
  static final int RAW = 3;
  static final int SEQPACKET = 5;

  static final int TCP = 6;
  static final int UDP = 17;

  private static final byte[] NO_NAME = new byte[0];

  final long handle;
  final int domain;
  final int type;
  final int protocol;

  /** Who made it, or had it listen. */
  long pid;

  long ids;

  /** What SO_PEERCRED tells. */
  long peerPid;

  long peerIds = -1;

  /** Its name in the table of Unix names, or null. */
  @Nullable String key;

  /** A name in the file system is being made for it. */
  boolean reserved;

  /** Of a Unix socket, its address as getsockname(2) gives it; empty without a name. */
  byte[] name = NO_NAME;

  /** Of a Unix socket that is connected, its peer's. */
  byte[] peerName = NO_NAME;

  /** Of the Internet families: its own address, null before it has a port. */
  @Nullable Address local;

  /** Whether the port of that is its own; a connection that was accepted has its listener's. */
  boolean hasPort;

  /** The address that it is connected to. */
  @Nullable Address remote;

  /** Of a netlink socket, its number there, or 0. */
  int port;

  /** Handle of the peer; 0 when there is none, or none any more. */
  long peer;

  boolean connected;
  boolean listening;

  /** Connections that may wait. */
  int backlog;

  /** Connections that wait to be accepted. */
  final ArrayDeque<Long> arrived = new ArrayDeque<>();

  /** How many connections ever came to it. */
  long connectionsCome;

  /** TCP sockets that want to connect and wait for room, the oldest first. */
  final ArrayDeque<Long> asking = new ArrayDeque<>();

  /** TCP: the listener that has had no room for it yet, or 0. */
  long asked;

  /** Of a connection that waits, who listens; 0 once it is accepted. */
  long listener;

  /** Nothing more will come (RCV_SHUTDOWN). */
  boolean readOff;

  /** Nothing more may be sent (SEND_SHUTDOWN). */
  boolean writeOff;

  /** An errno that the next call is told, once (SO_ERROR). */
  int error;

  /** An attempt to connect has begun that the program has not been told the end of. */
  boolean connecting;

  /** It stands for the far end of a connection to outside; no program has it. */
  boolean outside;

  final ReceiveQueue queue = new ReceiveQueue();
  final Urgent urgent = new Urgent();
  final Memberships groups = new Memberships();
  final Options options;
  final News news = new News();

  /** Who waits for something to happen here, oldest first; rebuilt at a load. */
  final LongTable<Waiter> waiting = new LongTable<>();

  Socket(long handle, int domain, int type, int protocol) {
    this.handle = handle;
    this.domain = domain;
    this.type = type;
    this.protocol = protocol;
    this.options = new Options();
  }

  boolean isUnix() {
    return domain == UNIX;
  }

  boolean isStream() {
    return type == STREAM;
  }

  /** Whether it sends messages without a connection: datagram and raw. */
  boolean isDatagram() {
    return type == DATAGRAM || type == RAW;
  }

  boolean isNetlink() {
    return domain == NETLINK;
  }

  boolean isRaw() {
    return type == RAW && !isNetlink();
  }

  boolean isUdp() {
    return type == DATAGRAM && protocol == UDP;
  }

  /** A ping socket, or a raw socket for ICMP. */
  boolean isIcmp() {
    return isDatagram() && (protocol == Packet.ICMP || protocol == Packet.ICMP_6);
  }

  /** Whether it has connections: stream and seqpacket. */
  boolean connects() {
    return !isDatagram();
  }

  boolean isTcp() {
    return !isUnix() && isStream();
  }

  /** Whether it is let in by a listener of this VOS that it asks; others let themselves in. */
  boolean isLetIn() {
    return isTcp() && !outside;
  }

  /** The error that the next call is told; it is told once. */
  int takeError() {
    int told = error;
    error = 0;
    return told;
  }

  /** Whether one more connection may wait to be accepted. */
  boolean hasRoom() {
    return arrived.size() <= backlog;
  }

  /** Bytes that it may have under way to its peer. */
  int sendLimit() {
    return Math.min(options.sendBytes, Limits.SOCKET_BYTES_MAX);
  }

  /** Its own address in the form of its family. */
  byte[] nameBytes() {
    if (isNetlink()) {
      return Netlink.address(port);
    }
    return isUnix() ? UnixNames.bytes(name) : Address.orAny(local, domain).bytes(domain);
  }

  /** Its peer's. */
  byte[] peerBytes() {
    if (isNetlink()) {
      return Netlink.address(0);
    }
    return isUnix() ? UnixNames.bytes(peerName) : Address.orAny(remote, domain).bytes(domain);
  }

  void save(StateWriter out) {
    out.writeLong(handle).writeInt(domain).writeInt(type).writeInt(protocol);
    out.writeLong(pid).writeLong(ids).writeLong(peerPid).writeLong(peerIds);
    out.writeString(key == null ? "" : key).writeBoolean(reserved);
    out.writeBytes(name).writeBytes(peerName);
    out.writeBoolean(hasPort);
    Address.save(out, local);
    Address.save(out, remote);
    out.writeInt(port);
    out.writeLong(peer).writeBoolean(connected).writeBoolean(listening).writeInt(backlog);
    out.writeInt(arrived.size());
    arrived.forEach(out::writeLong);
    out.writeInt(asking.size());
    asking.forEach(out::writeLong);
    out.writeLong(asked).writeLong(connectionsCome);
    out.writeLong(listener).writeBoolean(readOff).writeBoolean(writeOff).writeInt(error);
    out.writeBoolean(connecting).writeBoolean(outside);
    queue.save(out);
    urgent.save(out);
    options.save(out);
    groups.save(out);
    news.save(out);
  }

  static Socket load(StateReader in) {
    Socket s = new Socket(in.readLong(), in.readInt(), in.readInt(), in.readInt());
    s.pid = in.readLong();
    s.ids = in.readLong();
    s.peerPid = in.readLong();
    s.peerIds = in.readLong();
    String key = in.readString();
    s.key = key.isEmpty() ? null : key;
    s.reserved = in.readBoolean();
    s.name = in.readBytes();
    s.peerName = in.readBytes();
    s.hasPort = in.readBoolean();
    s.local = Address.load(in);
    s.remote = Address.load(in);
    s.port = in.readInt();
    s.peer = in.readLong();
    s.connected = in.readBoolean();
    s.listening = in.readBoolean();
    s.backlog = in.readInt();
    for (int left = in.readCount(8); left > 0; left--) {
      s.arrived.addLast(in.readLong());
    }
    for (int left = in.readCount(8); left > 0; left--) {
      s.asking.addLast(in.readLong());
    }
    s.asked = in.readLong();
    s.connectionsCome = in.readLong();
    s.listener = in.readLong();
    s.readOff = in.readBoolean();
    s.writeOff = in.readBoolean();
    s.error = in.readInt();
    s.connecting = in.readBoolean();
    s.outside = in.readBoolean();
    s.queue.load(in);
    s.urgent.load(in);
    s.options.load(in);
    s.groups.load(in);
    s.news.load(in);
    return s;
  }
}
