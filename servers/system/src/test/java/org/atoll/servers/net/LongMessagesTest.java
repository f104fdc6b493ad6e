package org.atoll.servers.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.DeviceProtocol;
import org.atoll.abi.protocol.NetProtocol;
import org.atoll.abi.protocol.SocketProtocol;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

/** Messages in pieces; the server is replaced by load(save()) at each event. */
final class LongMessagesTest {

  private static final int VFS = 5;
  private static final int ROOM = 1_000;

  private final TurnRecorder net =
      new TurnRecorder(10, () -> new ServerLoop(NetServer::new)).serve(Role.VFS, VFS);
  private final long first;
  private final long second;

  LongMessagesTest() {
    long made = net.ask(VFS, NetProtocol.Call.PAIR, Socket.UNIX, Socket.DATAGRAM, 0, 1, 0);
    first = net.result(made);
    second = net.word(made, 1);
  }

  private static byte[] bytes(int count, int from) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private long send(byte[] data, long flags, long thread) {
    long said = flags | thread << SocketProtocol.MESSAGE_SHIFT;
    return net.askWith(VFS, data, 0, NetProtocol.Call.SEND, first, said, Endpoint.NONE, 0, 0, 1, 0);
  }

  private long receive(int wanted, long flags) {
    long said = flags | 7L << SocketProtocol.MESSAGE_SHIFT | NetProtocol.NO_WAIT;
    return net.askWith(VFS, new byte[0], ROOM, NetProtocol.Call.RECEIVE, second, wanted, said, 0);
  }

  @Test
  void piecesOfTwoThreadsBecomeTwoMessages() {
    long piece = send(bytes(100, 0), SocketProtocol.MORE, 1);
    assertEquals(SocketProtocol.GATHERED, net.word(piece, 1));
    send(bytes(50, 7), SocketProtocol.MORE, 2);
    assertEquals(-Errno.EAGAIN, net.result(receive(ROOM, 0)));
    assertEquals(20, net.result(send(bytes(20, 100), SocketProtocol.CONTINUES, 1)));
    assertEquals(10, net.result(send(bytes(10, 57), SocketProtocol.CONTINUES, 2)));
    long one = receive(ROOM, 0);
    assertEquals(120, net.result(one));
    assertArrayEquals(bytes(120, 0), Arrays.copyOf(net.out(one), 120));
    long two = receive(ROOM, 0);
    assertEquals(60, net.result(two));
    assertArrayEquals(bytes(60, 7), Arrays.copyOf(net.out(two), 60));
  }

  @Test
  void aMessageThatBeginsAnewForgetsWhatWasGatheredBefore() {
    send(bytes(100, 0), SocketProtocol.MORE, 1);
    send(bytes(30, 50), SocketProtocol.MORE, 1);
    send(bytes(5, 80), SocketProtocol.CONTINUES, 1);
    long got = receive(ROOM, 0);
    assertEquals(35, net.result(got));
    assertArrayEquals(bytes(35, 50), Arrays.copyOf(net.out(got), 35));
  }

  @Test
  void whatGoesOnWithoutABeginningIsNotSent() {
    assertEquals(-Errno.ENOBUFS, net.result(send(bytes(5, 0), SocketProtocol.CONTINUES, 1)));
    assertEquals(-Errno.EAGAIN, net.result(receive(ROOM, 0)));
  }

  @Test
  void aMessageThatIsLongerThanTheBufferIsFetchedInPieces() {
    send(bytes(1_000, 0), SocketProtocol.MORE, 1);
    send(bytes(500, 1_000), SocketProtocol.CONTINUES, 1);
    send(bytes(3, 9), 0, 1);
    long head = receive(2_000, 0);
    int there = ROOM - SocketProtocol.ADDRESS_BYTES_MAX;
    assertEquals(there, net.result(head));
    assertEquals(SocketProtocol.MORE, net.word(head, 1));
    long rest = receive(2_000 - there, SocketProtocol.CONTINUES);
    assertEquals(1_500 - there, net.result(rest));
    assertEquals(0, net.word(rest, 1));
    assertArrayEquals(bytes(1_500 - there, there), Arrays.copyOf(net.out(rest), 1_500 - there));
    assertEquals(3, net.result(receive(ROOM, 0)));
  }

  @Test
  void aSocketThatIsClosedLeavesNoPiecesBehind() {
    send(bytes(100, 0), SocketProtocol.MORE, 1);
    int free = net.memory().framesFree();
    net.ask(VFS, DeviceProtocol.Call.CLOSE, first);
    assertEquals(free + 1, net.memory().framesFree());
  }
}
