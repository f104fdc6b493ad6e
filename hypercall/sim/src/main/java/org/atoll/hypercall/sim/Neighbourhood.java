package org.atoll.hypercall.sim;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.atoll.abi.Errno;
import org.atoll.hypercall.Network;

/**
 * An outside like the Internet in small: some addresses answer, some do not, and each answer takes
 * its time, which the seed chooses.
 *
 * <p>The networks for documentation (RFC 5737) are where things go wrong: nobody answers in
 * 192.0.2.0/24, there is no such host in 198.51.100.0/24, and no way to 203.0.113.0/24. Whoever
 * else there is has the ports of small servers: 7 (echo), 9 (discard), 19 (which says something and
 * then resets the connection) and 80, where each request is answered by its first line. Other ports
 * are refused. The host's resolver knows all names but those that end in {@code .invalid}. One
 * datagram in {@value #LOST_OF} is lost.
 */
final class Neighbourhood implements Outside {

  private static final int ECHO = 7;
  private static final int DISCARD = 9;
  private static final int CHATTER = 19;
  private static final int DNS = 53;
  private static final long RESOLVER = Network.MAPPED | Network.RESOLVER_ADDRESS & 0xffff_ffffL;
  private static final int HTTP = 80;
  private static final int NOBODY_ANSWERS = 0xc0_00_02;
  private static final int NO_SUCH_HOST = 0xc6_33_64;
  private static final int NO_WAY = 0xcb_00_71;
  private static final int LOST_OF = 50;
  private static final long MILLI = 1_000_000;
  private static final long ARP_NANOS = 3_000 * MILLI;

  /** Linux gives up after six retransmissions, which is after 127 s. */
  private static final long TIMEOUT_NANOS = 127_000 * MILLI;

  private static final long AWAY_NANOS_LEAST = MILLI / 5;
  private static final long AWAY_NANOS_MOST = 40 * MILLI;

  /** What a peer sends and nobody takes: then it takes nothing more. */
  private static final int UNTAKEN_BYTES_MAX = 65_536;

  private static final byte[] CHAT = "and then ".repeat(100).getBytes(StandardCharsets.US_ASCII);

  private final Agenda agenda;
  private final SeededGenerator chance;
  private final Map<SimulatedPeer, Line> lines = new HashMap<>();

  /** A connection: how far away its other end is, and what that one has read. */
  private static final class Line {
    private final long awayNanos;

    /** When what was sent last arrives: bytes do not overtake each other. */
    private long lastNanos;

    private int onTheWay;
    private String request = "";

    Line(long awayNanos) {
      this.awayNanos = awayNanos;
    }
  }

  Neighbourhood(Agenda agenda, SeededGenerator chance) {
    this.agenda = agenda;
    this.chance = chance;
  }

  private static int net(long[] address) {
    boolean four = address[0] == 0 && (address[1] & -1L << 32) == Network.MAPPED;
    return four ? (int) address[1] >>> 8 : 0;
  }

  private long away() {
    return chance.between(AWAY_NANOS_LEAST, AWAY_NANOS_MOST);
  }

  @Override
  public void connects(SimulatedPeer peer) {
    long[] to = peer.address();
    switch (net(to)) {
      case NO_WAY -> peer.connected(-Errno.ENETUNREACH);
      case NO_SUCH_HOST -> answers(peer, ARP_NANOS, -Errno.EHOSTUNREACH);
      case NOBODY_ANSWERS -> answers(peer, TIMEOUT_NANOS, -Errno.ETIMEDOUT);
      default -> {
        Line line = new Line(away());
        lines.put(peer, line);
        peer.room(UNTAKEN_BYTES_MAX);
        boolean serves = serves((int) to[2]);
        answers(peer, 2 * line.awayNanos, serves ? 0 : -Errno.ECONNREFUSED);
        if (to[2] == CHATTER) {
          says(peer, line, CHAT);
          then(line, () -> peer.fail(Errno.ECONNRESET));
        }
      }
    }
  }

  private void answers(SimulatedPeer peer, long nanos, int result) {
    agenda.at(agenda.nowNanos() + nanos, () -> peer.connected(result));
  }

  private static boolean serves(int port) {
    return port == ECHO || port == DISCARD || port == CHATTER || port == HTTP;
  }

  /** After all that was sent before. */
  private void then(Line line, Runnable event) {
    line.lastNanos = Math.max(line.lastNanos, agenda.nowNanos() + 2 * line.awayNanos);
    agenda.at(line.lastNanos, event);
  }

  private void says(SimulatedPeer peer, Line line, byte[] bytes) {
    line.onTheWay += bytes.length;
    then(
        line,
        () -> {
          line.onTheWay -= bytes.length;
          peer.send(bytes);
        });
  }

  @Override
  public void wrote(SimulatedPeer peer, byte[] bytes) {
    peer.forgetTaken();
    Line line = lines.get(peer);
    if (line == null) {
      return;
    }
    switch ((int) peer.address()[2]) {
      case ECHO -> {
        says(peer, line, bytes);
        took(peer);
      }
      case HTTP -> reads(peer, line, bytes);
      default -> {}
    }
  }

  @Override
  public void took(SimulatedPeer peer) {
    Line line = lines.get(peer);
    if (line != null && peer.address()[2] == ECHO) {
      peer.room(Math.max(0, UNTAKEN_BYTES_MAX - line.onTheWay - peer.untaken()));
    }
  }

  private void reads(SimulatedPeer peer, Line line, byte[] bytes) {
    String all = line.request + new String(bytes, StandardCharsets.ISO_8859_1);
    line.request = all.substring(0, Math.min(all.length(), UNTAKEN_BYTES_MAX));
    if (line.request.contains("\r\n\r\n")) {
      String body = line.request.substring(0, line.request.indexOf("\r\n")) + "\n";
      String answer =
          "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      line.request = "";
      says(peer, line, answer.getBytes(StandardCharsets.ISO_8859_1));
      then(line, peer::end);
    }
  }

  @Override
  public void shut(SimulatedPeer peer) {
    Line line = lines.get(peer);
    if (line != null) {
      then(line, peer::end);
    }
  }

  @Override
  public void left(SimulatedPeer peer) {
    lines.remove(peer);
  }

  @Override
  public void sent(SimulatedPeer socket, long[] to, byte[] datagram) {
    socket.forgetTaken();
    boolean resolver = to[1] == RESOLVER && to[2] == DNS;
    if (chance.below(LOST_OF) == 0 || !resolver && isWrong(net(to))) {
      return;
    }
    byte[] answer = resolver ? SimulatedResolver.answer(datagram) : datagram;
    if (answer.length > 0 && (resolver || to[2] == ECHO)) {
      agenda.at(agenda.nowNanos() + 2 * away(), () -> socket.send(answer, to));
    } else if (answer.length > 0 && !serves((int) to[2])) {
      agenda.at(agenda.nowNanos() + 2 * away(), () -> socket.fail(Errno.ECONNREFUSED));
    }
  }

  private static boolean isWrong(int net) {
    return net == NOBODY_ANSWERS || net == NO_SUCH_HOST || net == NO_WAY;
  }
}
