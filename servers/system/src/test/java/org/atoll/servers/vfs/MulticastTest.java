package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.atoll.abi.Errno;
import org.junit.jupiter.api.Test;

/** Groups of datagram sockets; the network server is loaded anew before every turn. */
final class MulticastTest {

  private static final int IP = 0;
  private static final int REUSE = 2;
  private static final int DEVICE = 32;
  private static final int LOOP = 34;
  private static final int JOIN = 35;
  private static final int LEAVE = 36;
  private static final int JOIN_GROUP = 42;
  private static final int ALL = 49;
  private static final int GROUP = 0xef01_0203;
  private static final int OTHER = 0xef01_0204;
  private static final int PORT = 7000;
  private static final String NOTHING = "E" + Errno.EAGAIN;

  private final TestVos vos = new TestVos().withNet();
  private final TestSockets s = new TestSockets(vos, vos.init());

  private long bound(int host) {
    long fd = s.socket(TestSockets.INET, TestSockets.DATAGRAM);
    s.set(fd, 1, REUSE, 1);
    assertEquals(0, s.bind(fd, TestSockets.at(host, PORT)));
    return fd;
  }

  private long join(long fd, int group, int host) {
    return s.set(fd, IP, JOIN, Integer.reverseBytes(group), Integer.reverseBytes(host));
  }

  private void send(long from, int group) {
    assertEquals(1, s.sendTo(from, "a", TestSockets.at(group, PORT)));
  }

  @Test
  void membersGetWhatIsSentToTheirGroup() {
    long member = bound(0);
    long other = bound(0);
    s.set(member, IP, ALL, 0);
    s.set(other, IP, ALL, 0);
    long from = s.socket(TestSockets.INET, TestSockets.DATAGRAM);
    assertEquals(0, join(member, GROUP, 0));
    assertEquals(0, join(other, OTHER, 0));
    send(from, GROUP);
    assertEquals("a", s.receive(member));
    assertEquals(NOTHING, s.receive(other));
    assertEquals(0, s.set(member, IP, LEAVE, Integer.reverseBytes(GROUP), 0));
    send(from, GROUP);
    assertEquals(NOTHING, s.receive(member));
  }

  @Test
  void whoTakesAllGetsWhatAnybodyHasJoined() {
    long member = bound(0);
    long other = bound(GROUP);
    long from = s.socket(TestSockets.INET, TestSockets.DATAGRAM);
    send(from, GROUP);
    assertEquals(NOTHING, s.receive(other));
    join(member, GROUP, 0);
    send(from, GROUP);
    assertEquals("a", s.receive(other));
  }

  @Test
  void groupsOfTwoInterfacesAreTwo() {
    long member = bound(0);
    long from = s.socket(TestSockets.INET, TestSockets.DATAGRAM);
    join(member, GROUP, TestSockets.LOOPBACK);
    send(from, GROUP);
    assertEquals(NOTHING, s.receive(member));
    int loopback = Integer.reverseBytes(TestSockets.LOOPBACK);
    assertEquals(0, s.set(from, IP, DEVICE, loopback));
    assertEquals(loopback, s.get(from, IP, DEVICE));
    send(from, GROUP);
    assertEquals("a", s.receive(member));
  }

  @Test
  void withoutALoopNobodyHereGetsWhatLeavesByTheNetwork() {
    long member = bound(0);
    join(member, GROUP, 0);
    long from = s.socket(TestSockets.INET, TestSockets.DATAGRAM);
    s.set(from, IP, LOOP, 0);
    send(from, GROUP);
    assertEquals(NOTHING, s.receive(member));
  }

  @Test
  void aGroupIsJoinedOnceAndByASocketOfMessages() {
    long member = bound(0);
    int[] request = new int[34];
    request[0] = 2;
    request[2] = TestSockets.INET;
    request[3] = Integer.reverseBytes(GROUP);
    assertEquals(0, s.set(member, IP, JOIN_GROUP, request));
    assertEquals(-Errno.EADDRINUSE, join(member, GROUP, 0));
    assertEquals(-Errno.EINVAL, join(member, TestSockets.LOOPBACK, 0));
    assertEquals(-Errno.ENODEV, join(member, OTHER, 0x0a01_0203));
    long stream = s.socket(TestSockets.INET, TestSockets.STREAM);
    assertEquals(-Errno.EPROTO, join(stream, GROUP, 0));
  }
}
