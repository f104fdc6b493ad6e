package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.protocol.SocketProtocol.Call;
import org.junit.jupiter.api.Test;

/** Who may have which address and port, how many there are, and what /proc/net tells of them. */
final class SocketNamesTest {

  private static final int PORT = 7000;
  private static final int REUSE_ADDRESS = 2;
  private static final int REUSE_PORT = 15;
  private static final int IPV6 = 41;
  private static final int V6_ONLY = 26;
  private static final int PORTS = 60_999 - 32_768 + 1;

  private final TestPm.World world = new TestPm.World();
  private final TestVos vos = new TestVos().withProc(world).withNet();
  private final TestVos.Guest guest = vos.init();
  private final TestSockets s = new TestSockets(vos, guest);

  @Test
  void anAddressIsReusedWhenBothSaySoAndNobodyListens() {
    long first = s.socket(TestSockets.INET, TestSockets.STREAM);
    long second = s.socket(TestSockets.INET, TestSockets.STREAM);
    s.set(first, 1, REUSE_ADDRESS, 1);
    assertEquals(0, s.bind(first, TestSockets.at(PORT)));
    assertEquals(-Errno.EADDRINUSE, s.bind(second, TestSockets.at(PORT)));
    s.set(second, 1, REUSE_ADDRESS, 1);
    assertEquals(0, s.bind(second, TestSockets.at(PORT)));
    assertEquals(0, s.listen(first, 1));
    assertEquals(-Errno.EADDRINUSE, s.listen(second, 1));
  }

  @Test
  void twoListenersShareAPortWhenBothSaySo() {
    long first = s.socket(TestSockets.INET, TestSockets.STREAM);
    long second = s.socket(TestSockets.INET, TestSockets.STREAM);
    s.set(first, 1, REUSE_PORT, 1);
    s.set(second, 1, REUSE_PORT, 1);
    assertEquals(0, s.bind(first, TestSockets.at(PORT)));
    assertEquals(0, s.listen(first, 1));
    assertEquals(0, s.bind(second, TestSockets.at(PORT)));
    assertEquals(0, s.listen(second, 1));
  }

  @Test
  void aListenerOfIpv6AloneLeavesThePortOfIpv4() {
    long six = s.socket(TestSockets.INET6, TestSockets.STREAM);
    assertEquals(0, s.set(six, IPV6, V6_ONLY, 1));
    assertEquals(0, s.bind(six, TestSockets.at6(0, PORT)));
    assertEquals(-Errno.EINVAL, s.set(six, IPV6, V6_ONLY, 0));
    assertEquals(0, s.listen(six, 1));
    long client = s.socket(TestSockets.INET, TestSockets.STREAM);
    assertEquals(-Errno.ECONNREFUSED, s.connect(client, TestSockets.at(PORT)).word(0));
    assertTrue(s.listener(PORT, 1) > 0);
  }

  @Test
  void aListenerOfBothFamiliesTakesThePortOfBoth() {
    long six = s.socket(TestSockets.INET6, TestSockets.STREAM);
    s.bind(six, TestSockets.at6(0, PORT));
    long four = s.socket(TestSockets.INET, TestSockets.STREAM);
    assertEquals(-Errno.EADDRINUSE, s.bind(four, TestSockets.at(PORT)));
  }

  @Test
  void aPortBelow1024IsRoots() {
    guest.become(1000, 1000);
    long fd = s.socket(TestSockets.INET, TestSockets.STREAM);
    assertEquals(-Errno.EACCES, s.bind(fd, TestSockets.at(80)));
  }

  @Test
  void portsThatAreUsedUpAreSaidToBe() {
    vos.machine.swaps = false;
    for (int port = 0; port < PORTS && s.bind(unnamed(), TestSockets.at(0)) == 0; port++) {
      if (port % 500 == 499) {
        // So that no process has more descriptors than it may have.
        TestSockets holder = s.fork();
        closeAll();
        assertTrue(holder.socket(TestSockets.UNIX, TestSockets.STREAM) > 0);
      }
    }
    assertEquals(-Errno.EADDRINUSE, s.bind(unnamed(), TestSockets.at(0)));
  }

  private long unnamed() {
    return s.socket(TestSockets.INET, TestSockets.DATAGRAM);
  }

  private void closeAll() {
    for (int fd = 3; fd < 600; fd++) {
      s.close(fd);
    }
  }

  @Test
  void descriptorsInMessagesThatNobodyReceivesAreBounded() {
    vos.machine.swaps = false;
    long sent = 0;
    long result = 0;
    while (result >= 0 && sent <= Limits.RIGHTS_IN_FLIGHT_MAX) {
      long[] both = s.pair(TestSockets.STREAM);
      result = s.sendRights(both[0], both[1]);
      for (int i = 0; i < 200 && result >= 0; i++) {
        sent++;
        result = s.sendRights(both[0], 0);
      }
    }
    assertEquals(-Errno.ETOOMANYREFS, result);
  }

  @Test
  void anOptionOfIpMayBeAByte() {
    long fd = s.socket(TestSockets.INET, TestSockets.STREAM);
    byte[] ttl = {9};
    assertEquals(0, s.begin(Call.SET_OPTION, ttl, 0, fd, 0, 2).word(0));
    assertEquals(9, s.get(fd, 0, 2));
    assertEquals(-Errno.EINVAL, s.begin(Call.SET_OPTION, ttl, 0, fd, 6, 1).word(0));
  }

  @Test
  void datagramsGoToWhoNamesTheAddress() {
    long any = s.socket(TestSockets.INET, TestSockets.DATAGRAM);
    long named = s.socket(TestSockets.INET, TestSockets.DATAGRAM);
    s.set(any, 1, REUSE_ADDRESS, 1);
    s.set(named, 1, REUSE_ADDRESS, 1);
    assertEquals(0, s.bind(any, TestSockets.at(0, PORT)));
    assertEquals(0, s.bind(named, TestSockets.at(PORT)));
    assertEquals(1, s.sendTo(unnamed(), "x", TestSockets.at(PORT)));
    assertEquals("x", s.receive(named));
    assertEquals("E" + Errno.EAGAIN, s.receive(any));
  }

  @Test
  void procListsWhoListensAndWhoIsConnected() {
    world.users.put(guest.endpoint, 0);
    s.listener(PORT, 5);
    long client = s.socket(TestSockets.INET, TestSockets.STREAM);
    s.connect(client, TestSockets.at(PORT));
    String text = guest.get("/proc/self/net/tcp");
    assertTrue(text.contains("0: 0100007F:1B58 00000000:0000 0A "), text);
    assertTrue(text.contains("1: 0100007F:8000 0100007F:1B58 01 "), text);
    assertEquals("self/net", guest.readlink("/proc/net"));
    assertTrue(guest.get("/proc/self/net/sockstat").startsWith("sockets: used 3\nTCP: inuse 3 "));
  }
}
