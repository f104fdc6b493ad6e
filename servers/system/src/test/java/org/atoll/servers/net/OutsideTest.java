package org.atoll.servers.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.ArrivalProtocol;
import org.atoll.abi.protocol.DeviceProtocol;
import org.atoll.abi.protocol.NetProtocol;
import org.atoll.abi.protocol.OutsideProtocol;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sockets whose other end is outside; the server is replaced by load(save()) at each event. */
final class OutsideTest {

  private static final int VFS = 5;
  private static final int DRIVER = 6;
  private static final int STRANGER = 7;
  private static final long HANDLE = 4_711;
  private static final long MAPPED = 0xffffL << 32;
  private static final long CLIENT = MAPPED | 192L << 24 | 2 << 8 | 7;
  private static final int BOTH = ArrivalProtocol.CONNECTS | ArrivalProtocol.DATAGRAMS;

  private final TurnRecorder net =
      new TurnRecorder(10, () -> new ServerLoop(NetServer::new))
          .serve(Role.VFS, VFS)
          .serve(Role.NET_DRIVER, DRIVER);
  private long attached;

  @BeforeEach
  void attach() {
    attached = net.ask(DRIVER, ArrivalProtocol.Call.ATTACH, BOTH);
  }

  // ---- what VFS asks

  private long socket(int type) {
    return net.result(net.ask(VFS, NetProtocol.Call.SOCKET, Socket.INET, type, 0, 1, 0));
  }

  private static byte[] address(long low, int port) {
    return new Address(0, low, port).bytes(Socket.INET);
  }

  private long listener(int port) {
    long s = socket(Socket.STREAM);
    long bound =
        net.askWith(VFS, address(MAPPED, port), 0, NetProtocol.Call.BIND, s, Endpoint.NONE, 0);
    assertEquals(0, net.result(bound));
    assertEquals(0, net.result(net.ask(VFS, NetProtocol.Call.LISTEN, s, 5, 1, 0)));
    return s;
  }

  private long connect(long s, int flags) {
    return net.askWith(
        VFS, address(CLIENT, 99), 0, NetProtocol.Call.CONNECT, s, Endpoint.NONE, 0, flags);
  }

  private long send(long s, byte[] data) {
    return net.askWith(VFS, data, 0, NetProtocol.Call.SEND, s, 0, Endpoint.NONE);
  }

  private long receive(long s, int bytes) {
    return net.askWith(VFS, new byte[0], bytes, NetProtocol.Call.RECEIVE, s, bytes, 0);
  }

  // ---- what the driver does

  private long arrive(int port) {
    return net.ask(DRIVER, ArrivalProtocol.Call.CONNECTION, HANDLE, port, 0, CLIENT, 1_234);
  }

  private static int lent(Sent call) {
    int bytes = 0;
    for (int i = 1; i <= OutsideProtocol.SPANS; i++) {
      bytes += OutsideProtocol.bytes(call.word(i));
    }
    return bytes;
  }

  private void fill(byte[] data) {
    Sent call = net.expect(OutsideProtocol.Call.FILL);
    int grant = OutsideProtocol.grant(call.word(1));
    net.memory().safecopyTo(10, grant, 0, data, 0, data.length);
    net.answer(call, data.length);
  }

  private byte[] transmitted() {
    Sent call = net.expect(OutsideProtocol.Call.TRANSMIT);
    byte[] data = new byte[OutsideProtocol.bytes(call.word(1))];
    net.memory().safecopyFrom(10, OutsideProtocol.grant(call.word(1)), 0, data, 0, data.length);
    net.answer(call, data.length);
    return data;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private long accepted(int port) {
    long listener = listener(port);
    assertEquals(0, net.result(arrive(port)));
    return net.result(net.askWith(VFS, new byte[0], 28, NetProtocol.Call.ACCEPT, listener, 0));
  }

  private long connected() {
    long s = socket(Socket.STREAM);
    long request = connect(s, 0);
    net.answer(net.expect(OutsideProtocol.Call.CONNECT), HANDLE);
    assertEquals(0, net.result(request));
    return s;
  }

  private void close(long s) {
    net.ask(VFS, DeviceProtocol.Call.CLOSE, s);
  }

  // ---- arrivals

  @Test
  void whatArrivesIsAcceptedWithTheAddressItCameFrom() {
    long listener = listener(80);
    assertEquals(0, net.result(arrive(80)));
    long accept = net.askWith(VFS, new byte[0], 28, NetProtocol.Call.ACCEPT, listener, 0);
    assertTrue(net.result(accept) > 0);
    assertArrayEquals(address(CLIENT, 1_234), Arrays.copyOf(net.out(accept), Address.BYTES_4));
  }

  @Test
  void whereNobodyListensAnArrivalIsRefused() {
    assertEquals(-Errno.ECONNREFUSED, net.result(arrive(80)));
  }

  @Test
  void anArrivalWaitsForRoomAndIsRefusedWhenItsListenerEnds() {
    long listener = listener(80);
    for (int waiting = 0; waiting <= 5; waiting++) {
      assertEquals(0, net.result(arrive(80)));
    }
    long one = arrive(80);
    assertFalse(net.isAnswered(one));
    close(listener);
    assertEquals(-Errno.ECONNREFUSED, net.result(one));
  }

  @Test
  void aStrangerIsNotTheDriver() {
    listener(80);
    long asked = net.ask(STRANGER, ArrivalProtocol.Call.CONNECTION, HANDLE, 80, 0, CLIENT, 1);
    assertEquals(-Errno.EPERM, net.result(asked));
  }

  // ---- bytes

  @Test
  void bytesAreReadWhereTheDriverPutsThem() {
    long s = accepted(80);
    long waiting = receive(s, 100);
    fill(bytes("hello"));
    assertEquals(5, net.result(waiting));
    assertArrayEquals(bytes("hello"), Arrays.copyOf(net.out(waiting), 5));
    fill(bytes("again"));
    assertEquals(5, net.result(receive(s, 100)));
  }

  @Test
  void bytesAreSentOutOfTheRingUntilTheyAreTaken() {
    long s = connected();
    assertEquals(5, net.result(send(s, bytes("hello"))));
    Sent call = net.expect(OutsideProtocol.Call.TRANSMIT);
    net.answer(call, 2);
    assertArrayEquals(bytes("llo"), transmitted());
    assertFalse(net.sentAny(OutsideProtocol.Call.TRANSMIT));
  }

  @Test
  void noMoreIsLentThanTheBufferHasRoomForUntilSomethingIsRead() {
    long s = accepted(80);
    int all = 0;
    while (net.sentAny(OutsideProtocol.Call.FILL)) {
      Sent call = net.expect(OutsideProtocol.Call.FILL);
      all += lent(call);
      net.answer(call, lent(call));
    }
    assertEquals(Limits.SOCKET_BYTES, all);
    assertEquals(10_000, net.result(receive(s, 10_000)));
    assertEquals(10_000, lent(net.expect(OutsideProtocol.Call.FILL)));
  }

  @Test
  void aWriterWaitsWhenNobodyOutsideReads() {
    long s = connected();
    byte[] much = new byte[60_000];
    long last = 0;
    for (int written = 0; written < 4; written++) {
      last = send(s, much);
    }
    assertFalse(net.isAnswered(last));
    while (net.sentAny(OutsideProtocol.Call.TRANSMIT)) {
      Sent call = net.expect(OutsideProtocol.Call.TRANSMIT);
      net.answer(call, lent(call));
    }
    assertEquals(60_000, net.result(last));
  }

  // ---- the end

  @Test
  void theEndOfOneDirectionIsToldWhenEverythingIsSent() {
    long s = connected();
    send(s, bytes("hello"));
    net.ask(VFS, NetProtocol.Call.SHUTDOWN, s, 1);
    assertFalse(net.sentAny(OutsideProtocol.Call.END));
    transmitted();
    assertEquals(HANDLE, net.expect(OutsideProtocol.Call.END).word(0));
    fill(bytes("still"));
    assertEquals(5, net.result(receive(s, 100)));
    net.answer(net.expect(OutsideProtocol.Call.FILL), 0);
    assertEquals(0, net.result(receive(s, 100)));
  }

  @Test
  void whatWasWrittenBeforeTheCloseStillGoesOut() {
    long s = connected();
    send(s, bytes("hello"));
    close(s);
    assertFalse(net.sentAny(OutsideProtocol.Call.RELEASE));
    assertArrayEquals(bytes("hello"), transmitted());
    assertEquals(0, net.expect(OutsideProtocol.Call.RELEASE).word(1));
  }

  @Test
  void whoClosesWithUnreadBytesResetsTheConnection() {
    long s = connected();
    fill(bytes("hello"));
    close(s);
    assertEquals(1, net.expect(OutsideProtocol.Call.RELEASE).word(1));
  }

  @Test
  void whatIsResetOutsideIsResetHere() {
    long s = connected();
    long waiting = receive(s, 100);
    net.answer(net.expect(OutsideProtocol.Call.FILL), -Errno.ECONNRESET);
    assertEquals(-Errno.ECONNRESET, net.result(waiting));
    assertEquals(-Errno.EPIPE, net.result(send(s, bytes("hello"))));
  }

  @Test
  void atTheEndNothingIsLentAndNoFrameIsHeld() {
    long s = connected();
    send(s, bytes("hello"));
    transmitted();
    fill(bytes("hello"));
    close(s);
    net.answer(net.expect(OutsideProtocol.Call.FILL), -Errno.ECONNABORTED);
    assertEquals(0, net.memory().grantCount());
    assertEquals(0, net.memory().frameCount());
  }

  @Test
  void theDriversEndResetsItsConnections() {
    long s = connected();
    long waiting = receive(s, 100);
    net.cancelRequest(attached);
    assertEquals(-Errno.ECONNRESET, net.result(waiting));
    assertEquals(-Errno.ENETUNREACH, net.result(connect(socket(Socket.STREAM), 0)));
  }

  // ---- connect

  @Test
  void aFailedConnectTellsWhyAndTheSocketCanTryAgain() {
    long s = socket(Socket.STREAM);
    long request = connect(s, 0);
    net.answer(net.expect(OutsideProtocol.Call.CONNECT), -Errno.EHOSTUNREACH);
    assertEquals(-Errno.EHOSTUNREACH, net.result(request));
    long again = connect(s, 0);
    net.answer(net.expect(OutsideProtocol.Call.CONNECT), HANDLE);
    assertEquals(0, net.result(again));
  }

  @Test
  void aConnectThatDoesNotWaitIsToldLater() {
    long s = socket(Socket.STREAM);
    assertEquals(-Errno.EINPROGRESS, net.result(connect(s, NetProtocol.NO_WAIT)));
    assertEquals(-Errno.EALREADY, net.result(connect(s, NetProtocol.NO_WAIT)));
    long watch = net.ask(VFS, DeviceProtocol.Call.WATCH, s, 4, 0);
    assertFalse(net.isAnswered(watch));
    net.answer(net.expect(OutsideProtocol.Call.CONNECT), HANDLE);
    assertEquals(4, net.result(watch));
    assertEquals(0, net.result(connect(s, NetProtocol.NO_WAIT)));
  }

  @Test
  void aSocketThatIsClosedBeforeItIsConnectedIsReleased() {
    long s = socket(Socket.STREAM);
    connect(s, NetProtocol.NO_WAIT);
    Sent call = net.expect(OutsideProtocol.Call.CONNECT);
    close(s);
    assertEquals(1, net.cancelledCalls().size());
    net.answer(call, HANDLE);
    assertEquals(HANDLE, net.expect(OutsideProtocol.Call.RELEASE).word(0));
  }

  // ---- datagrams

  @Test
  void aDatagramGoesOutUnderItsSocketAndAnAnswerComesToThat() {
    long s = socket(Socket.DATAGRAM);
    byte[] to = address(CLIENT, 53);
    byte[] message = Arrays.copyOf(to, to.length + 3);
    long request =
        net.askWith(VFS, message, 0, NetProtocol.Call.SEND, s, 0, Endpoint.NONE, to.length);
    Sent call = net.expect(OutsideProtocol.Call.SEND);
    assertEquals(s, call.word(0));
    assertEquals(3, call.in().length);
    net.answer(call, 3);
    assertEquals(3, net.result(request));
    net.askWith(DRIVER, bytes("back"), 0, ArrivalProtocol.Call.DATAGRAM, s, 0, 0, CLIENT, 53);
    assertEquals(4, net.result(receive(s, 100)));
    close(s);
    assertEquals(s, net.expect(OutsideProtocol.Call.FORGET).word(0));
  }

  @Test
  void whereNobodyHasThePortADatagramIsRefused() {
    long request =
        net.askWith(DRIVER, bytes("x"), 0, ArrivalProtocol.Call.DATAGRAM, 0, 53, 0, CLIENT, 9);
    assertEquals(-Errno.ECONNREFUSED, net.result(request));
  }
}
