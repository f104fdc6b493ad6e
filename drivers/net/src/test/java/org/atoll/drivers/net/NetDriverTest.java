package org.atoll.drivers.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.ArrivalProtocol;
import org.atoll.abi.protocol.OutsideProtocol;
import org.atoll.hypercall.Network;
import org.atoll.hypercall.sim.SimulatedNetwork;
import org.atoll.hypercall.sim.SimulatedPeer;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

/** The front on a simulated outside; it is replaced by load(save()) before each event. */
final class NetDriverTest {

  private static final int NET = 7;
  private static final long MAPPED = 0xffffL << 32;
  private static final long FAR = MAPPED | 0xc000_0207L;
  private static final long[] FROM = {0, FAR, 1_234};

  private SimulatedNetwork outside = new SimulatedNetwork(true);
  private TurnRecorder driver = fresh();

  private TurnRecorder fresh() {
    return new TurnRecorder(10, () -> NetDriver.create(outside)).serve(Role.NET, NET);
  }

  private Sent begin() {
    driver.notifyServer(Endpoint.HOST);
    return driver.expect(ArrivalProtocol.Call.ATTACH);
  }

  private void only(boolean outgoing) {
    outside = new SimulatedNetwork(outgoing);
    driver = fresh();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private long connect() {
    return driver.ask(NET, OutsideProtocol.Call.CONNECT, 0, FAR, 80);
  }

  private long connected() {
    begin();
    long request = connect();
    outside.newest().connected(0);
    driver.notifyServer(Endpoint.HOST);
    return driver.result(request);
  }

  /** A frame of the network server's, lent: its grant is the first word, its number the second. */
  private int[] lend(String text, int rights) {
    KernelCalls kernel = driver.memory();
    int frame = kernel.frameAllocate();
    kernel.frameWrite(frame, 0, bytes(text), 0, text.length());
    return new int[] {kernel.grantFrame(10, frame, 0, 4_096, rights), frame};
  }

  private long transmit(long handle, String text) {
    int grant = lend(text, KernelCalls.GRANT_READ)[0];
    long span = OutsideProtocol.span(grant, 0, text.length());
    return driver.ask(NET, OutsideProtocol.Call.TRANSMIT, handle, span);
  }

  @Test
  void itAttachesWithWhatItsHostAllows() {
    assertEquals(ArrivalProtocol.CONNECTS | ArrivalProtocol.DATAGRAMS, begin().word(0));
    only(false);
    assertEquals(0, begin().word(0));
    only(false);
    outside.publish(Network.DATAGRAM, 53);
    assertEquals(ArrivalProtocol.DATAGRAMS, begin().word(0));
  }

  @Test
  void aConnectIsAnsweredWhenOutsideHasAnswered() {
    begin();
    long request = connect();
    assertFalse(driver.isAnswered(request));
    outside.newest().connected(0);
    driver.notifyServer(Endpoint.HOST);
    assertTrue(driver.result(request) > 0);
    long refused = connect();
    SimulatedPeer peer = outside.newest();
    peer.connected(-Errno.ECONNREFUSED);
    driver.notifyServer(Endpoint.HOST);
    assertEquals(-Errno.ECONNREFUSED, driver.result(refused));
    assertEquals(Network.AFTER_ALL, peer.leftBy());
  }

  @Test
  void aConnectThatNobodyWaitsForIsGivenUp() {
    begin();
    long request = connect();
    SimulatedPeer peer = outside.newest();
    driver.cancelRequest(request);
    assertEquals(-Errno.EINTR, driver.result(request));
    assertEquals(Network.RESET, peer.leftBy());
  }

  @Test
  void nothingGoesOutWhereItIsNotAllowed() {
    only(false);
    begin();
    assertEquals(-Errno.ENETUNREACH, driver.result(connect()));
    long sent =
        driver.askWith(NET, bytes("x"), 0, OutsideProtocol.Call.SEND, 9, 53, 0, 0, FAR, 1_234);
    assertEquals(-Errno.ENETUNREACH, driver.result(sent));
  }

  @Test
  void bytesComeIntoTheFramesThatAreLent() {
    long handle = connected();
    int[] lent = lend("", KernelCalls.GRANT_WRITE);
    long span = OutsideProtocol.span(lent[0], 0, 4_096);
    long request = driver.ask(NET, OutsideProtocol.Call.FILL, handle, span);
    assertFalse(driver.isAnswered(request));
    outside.newest().send(bytes("hello"));
    driver.notifyServer(Endpoint.HOST);
    assertEquals(5, driver.result(request));
    byte[] got = new byte[5];
    driver.memory().frameRead(lent[1], 0, got, 0, 5);
    assertArrayEquals(bytes("hello"), got);
  }

  @Test
  void whatIsTakenOutsideIsAnsweredAndTheRestIsNot() {
    long handle = connected();
    outside.newest().room(3);
    assertEquals(3, driver.result(transmit(handle, "hello")));
    long waiting = transmit(handle, "lo");
    assertFalse(driver.isAnswered(waiting));
    outside.newest().room(100);
    driver.notifyServer(Endpoint.HOST);
    assertEquals(2, driver.result(waiting));
    assertArrayEquals(bytes("hello"), outside.newest().taken());
  }

  @Test
  void aReleasedConnectionAnswersWhatWaitsAndIsNotKnownAnyMore() {
    long handle = connected();
    SimulatedPeer peer = outside.newest();
    long span = OutsideProtocol.span(lend("", KernelCalls.GRANT_WRITE)[0], 0, 4_096);
    long waiting = driver.ask(NET, OutsideProtocol.Call.FILL, handle, span);
    assertEquals(0, driver.result(driver.ask(NET, OutsideProtocol.Call.END, handle)));
    assertTrue(peer.isShut());
    assertEquals(0, driver.result(driver.ask(NET, OutsideProtocol.Call.RELEASE, handle, 1)));
    assertEquals(-Errno.ECONNABORTED, driver.result(waiting));
    assertEquals(Network.RESET, peer.leftBy());
    assertEquals(-Errno.EBADF, driver.result(driver.ask(NET, OutsideProtocol.Call.END, handle)));
  }

  @Test
  void whatArrivesIsToldAndResetWhenItIsRefused() {
    long port = outside.publish(Network.STREAM, 80);
    begin();
    SimulatedPeer peer = outside.arrive(port, FROM);
    driver.notifyServer(Endpoint.HOST);
    Sent call = driver.expect(ArrivalProtocol.Call.CONNECTION);
    assertEquals(80, call.word(1));
    assertEquals(FAR, call.word(3));
    driver.answer(call, -Errno.ECONNREFUSED);
    assertEquals(Network.RESET, peer.leftBy());
  }

  @Test
  void whoSentADatagramIsAnsweredFromTheSamePortAndNobodyElse() {
    only(false);
    long port = outside.publish(Network.DATAGRAM, 53);
    begin();
    SimulatedPeer socket = outside.peer(port);
    socket.send(bytes("question"), FROM);
    driver.notifyServer(Endpoint.HOST);
    Sent call = driver.expect(ArrivalProtocol.Call.DATAGRAM);
    assertArrayEquals(bytes("question"), call.in());
    driver.answer(call, 0);
    long answer =
        driver.askWith(NET, bytes("answer"), 0, OutsideProtocol.Call.SEND, 9, 53, 0, 0, FAR, 1_234);
    assertEquals(6, driver.result(answer));
    assertArrayEquals(bytes("answer"), socket.taken());
    long other =
        driver.askWith(NET, bytes("x"), 0, OutsideProtocol.Call.SEND, 9, 53, 0, 0, FAR, 1_235);
    assertEquals(-Errno.ENETUNREACH, driver.result(other));
  }

  @Test
  void theEndOfTheNetworkServerClosesEverythingAndItAttachesAgain() {
    Sent attached = begin();
    long request = connect();
    driver.answer(attached, -Errno.EDEADSRCDST);
    assertEquals(-Errno.ECONNABORTED, driver.result(request));
    driver.answer(driver.expect(ArrivalProtocol.Call.ATTACH), -Errno.EDEADSRCDST);
    assertTrue(driver.sentAny(ArrivalProtocol.Call.ATTACH));
  }

  @Test
  void aServerThatIsNoMoreIsNotAwaitedForEver() {
    Sent attached = begin();
    int times = 0;
    while (times < 100) {
      driver.answer(attached, -Errno.EDEADSRCDST);
      if (!driver.sentAny(ArrivalProtocol.Call.ATTACH)) {
        break;
      }
      attached = driver.expect(ArrivalProtocol.Call.ATTACH);
      times++;
    }
    assertEquals(5, times);
  }

  @Test
  void aStrangerIsRefused() {
    begin();
    assertEquals(
        -Errno.EPERM, driver.result(driver.ask(8, OutsideProtocol.Call.CONNECT, 0, FAR, 80)));
  }
}
