package org.atoll.servers.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.NetProtocol;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

/** Ping sockets and raw sockets; the server is replaced by load(save()) at each event. */
final class IcmpTest {

  private static final int VFS = 5;
  private static final long LOOPBACK = 0xffffL << 32 | 0x7f00_0001L;
  private static final byte[] ECHO = {8, 0, 0, 0, 0, 0, 0, 1, 'h', 'i'};

  private final TurnRecorder net =
      new TurnRecorder(10, () -> new ServerLoop(NetServer::new)).serve(Role.VFS, VFS);

  private long socket(int type, int protocol, int user) {
    return net.result(net.ask(VFS, NetProtocol.Call.SOCKET, Socket.INET, type, protocol, 1, user));
  }

  private long send(long s, byte[] message, long host) {
    byte[] address = new Address(0, host, 0).bytes(Socket.INET);
    byte[] in = Arrays.copyOf(address, address.length + message.length);
    System.arraycopy(message, 0, in, address.length, message.length);
    return net.result(
        net.askWith(
            VFS, in, 0, NetProtocol.Call.SEND, s, 0, Endpoint.NONE, address.length, 0, 1, 0));
  }

  private long receive(long s, int controlRoom) {
    return net.askWith(
        VFS, new byte[0], 300, NetProtocol.Call.RECEIVE, s, 100, NetProtocol.NO_WAIT, controlRoom);
  }

  @Test
  void anEchoComesBackToWhoAskedForIt() {
    long s = socket(Socket.DATAGRAM, Packet.ICMP, 1_000);
    long other = socket(Socket.DATAGRAM, Packet.ICMP, 1_000);
    assertEquals(ECHO.length, send(other, ECHO, LOOPBACK));
    assertEquals(ECHO.length, send(s, ECHO, LOOPBACK));
    long got = receive(s, 0);
    assertEquals(ECHO.length, net.result(got));
    assertEquals(0, net.out(got)[0]);
    assertEquals('i', net.out(got)[9]);
    assertEquals(-Errno.EAGAIN, net.result(receive(s, 0)));
  }

  @Test
  void aRawSocketSeesTheRequestAndTheAnswerWithTheirHeaders() {
    long s = socket(Socket.RAW, Packet.ICMP, 0);
    byte[] echo = new Packet(ECHO.clone(), Address.OWN, Address.OWN, 64, 0).summed().bytes();
    assertEquals(ECHO.length, send(s, echo, LOOPBACK));
    long request = receive(s, 0);
    long reply = receive(s, 0);
    assertEquals(20 + ECHO.length, net.result(request));
    assertEquals(8, net.out(request)[20]);
    assertEquals(20 + ECHO.length, net.result(reply));
    assertEquals(0, net.out(reply)[20]);
  }

  @Test
  void whoIsNotRootHasNoRawSocket() {
    assertEquals(-Errno.EPERM, socket(Socket.RAW, Packet.ICMP, 1_000));
    assertEquals(-Errno.EPROTONOSUPPORT, socket(Socket.RAW, Packet.ICMP_6, 0));
  }

  @Test
  void whatIsNotOfThisVosCannotBeReached() {
    long s = socket(Socket.DATAGRAM, Packet.ICMP, 0);
    assertEquals(-Errno.ENETUNREACH, send(s, ECHO, 0xffffL << 32 | 0xc000_0201L));
  }

  @Test
  void controlMessagesThatHaveNoRoomAreCutAndToldSo() {
    long s = socket(Socket.DATAGRAM, Packet.ICMP, 0);
    byte[] on = {1, 0, 0, 0};
    int recvTtl = 12;
    net.askWith(VFS, on, 0, NetProtocol.Call.SET_OPTION, s, 0, recvTtl, 0);
    send(s, ECHO, LOOPBACK);
    send(s, ECHO, LOOPBACK);
    long whole = receive(s, 24);
    assertEquals(24, net.word(whole, 1) >>> NetProtocol.CONTROL_SHIFT);
    long none = receive(s, 0);
    assertEquals(0x8, net.word(none, 1));
  }
}
