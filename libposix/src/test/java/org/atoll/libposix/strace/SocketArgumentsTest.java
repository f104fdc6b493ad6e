package org.atoll.libposix.strace;

import static org.atoll.libposix.strace.TestLook.BASE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.atoll.libposix.Reference;
import org.junit.jupiter.api.Test;

/** Calls about sockets in strace's words. */
class SocketArgumentsTest {

  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int ADDRESS = 0;
  private static final int SIZE = 128;
  private static final int LOOPBACK = 0x0100_007f;

  private static String print(String call, TestLook look) {
    return look.print(java.util.Objects.requireNonNull(Reference.calls().get(call)));
  }

  @Test
  void aSocketIsNamedByFamilyTypeAndProtocol() {
    TestLook inet = new TestLook(2, 1 | SOCK_CLOEXEC, 6).answered(3);
    assertEquals("AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP = 3", print("socket", inet));
    TestLook unix = new TestLook(1, 2, 0).answered(-24);
    assertEquals("AF_UNIX, SOCK_DGRAM, 0 = -1 EMFILE (Too many open files)", print("socket", unix));
    TestLook pair = new TestLook(1, 5, 0, BASE).put32(0, 3, 4);
    assertEquals("AF_UNIX, SOCK_SEQPACKET, 0, [3, 4] = 0", print("socketpair", pair));
  }

  @Test
  void anAddressOfEachFamilyIsTakenApart() {
    TestLook inet = new TestLook(3, BASE, 16).put32(ADDRESS, 0x5000_0002, LOOPBACK);
    assertEquals(
        "3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr(\"127.0.0.1\")}, 16 = 0",
        print("bind", inet));
    TestLook inet6 = new TestLook(3, BASE, 28).put32(ADDRESS, 0x5000_000a).put32(20, 0x0100_0000);
    assertEquals(
        "3, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6,"
            + " \"::1\", &sin6_addr), sin6_scope_id=0}, 28 = 0",
        print("connect", inet6));
    TestLook path = new TestLook(3, BASE, 110).text(ADDRESS, "\1\0/run/x");
    assertEquals("3, {sa_family=AF_UNIX, sun_path=\"/run/x\"}, 110 = 0", print("bind", path));
    TestLook name = new TestLook(3, BASE, 6).text(ADDRESS, "\1\0\0abc");
    assertEquals("3, {sa_family=AF_UNIX, sun_path=@\"abc\"}, 6 = 0", print("bind", name));
    TestLook none = new TestLook(3, BASE, 2).text(ADDRESS, "\1\0");
    assertEquals("3, {sa_family=AF_UNIX}, 2 = 0", print("bind", none));
  }

  @Test
  void theZerosOfAnAddressAreLeftOutWhereTheyAreMost() {
    TestLook look = new TestLook(3, BASE, 28).put32(ADDRESS, 10);
    look.put32(8, 0xb80d_0120, 0, 0x0100, 0x0200_0000);
    assertEquals(
        "3, {sa_family=AF_INET6, sin6_port=htons(0), sin6_flowinfo=htonl(0), inet_pton(AF_INET6,"
            + " \"2001:db8::1:0:0:2\", &sin6_addr), sin6_scope_id=0}, 28 = 0",
        print("bind", look));
    look.put32(8, 0, 0, 0xffff_0000, LOOPBACK);
    assertEquals(
        "3, {sa_family=AF_INET6, sin6_port=htons(0), sin6_flowinfo=htonl(0), inet_pton(AF_INET6,"
            + " \"::ffff:127.0.0.1\", &sin6_addr), sin6_scope_id=0}, 28 = 0",
        print("bind", look));
  }

  @Test
  void whoConnectedIsShownWhenItIsKnown() {
    TestLook look = new TestLook(3, BASE, BASE + SIZE, 0x800);
    look.put32(ADDRESS, 0x5000_0002, LOOPBACK).put32(SIZE, 16).answered(4);
    assertEquals(
        "3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr(\"127.0.0.1\")}, [16],"
            + " SOCK_NONBLOCK = 4",
        print("accept4", look));
    assertEquals("3, NULL, NULL = 4", print("accept", new TestLook(3, 0, 0).answered(4)));
  }

  @Test
  void aTransferHasItsFlags() {
    TestLook sent = new TestLook(3, BASE, 2, 0x4040, 0, 0).text(0, "hi").answered(2);
    assertEquals("3, \"hi\", 2, MSG_DONTWAIT|MSG_NOSIGNAL, NULL, 0 = 2", print("sendto", sent));
    TestLook got = new TestLook(3, BASE, 9, 2, 0, 0).text(0, "hi").answered(2);
    assertEquals("3, \"hi\", 9, MSG_PEEK, NULL, NULL = 2", print("recvfrom", got));
  }

  private static TestLook message(int controlBytes) {
    return new TestLook(3, BASE, 0)
        .put64(0, 0, 0, BASE + 64, 1, BASE + 96, controlBytes, 0)
        .put64(64, BASE + 200, 2)
        .text(200, "hi");
  }

  @Test
  void aMessageIsShownWithItsControlMessages() {
    assertEquals(
        "3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"hi\", iov_len=2}], msg_iovlen=1,"
            + " msg_controllen=0, msg_flags=0}, 0 = 2",
        print("sendmsg", message(0).answered(2)));
    TestLook rights = message(24).put64(96, 24).put32(104, 1, 1, 5, 6).answered(2);
    assertEquals(
        "3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"hi\", iov_len=2}], msg_iovlen=1,"
            + " msg_control=[{cmsg_len=24, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS,"
            + " cmsg_data=[5, 6]}], msg_controllen=24, msg_flags=0}, 0 = 2",
        print("recvmsg", rights));
    TestLook who = message(28).put64(96, 28).put32(104, 1, 2, 7, 0, 1).answered(2);
    assertEquals(
        "3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"hi\", iov_len=2}], msg_iovlen=1,"
            + " msg_control=[{cmsg_len=28, cmsg_level=SOL_SOCKET, cmsg_type=SCM_CREDENTIALS,"
            + " cmsg_data={pid=7, uid=0, gid=1}}], msg_controllen=28, msg_flags=0}, 0 = 2",
        print("recvmsg", who));
  }

  @Test
  void aControlMessageThatLiesAboutItsSizeEndsWithItsBuffer() {
    TestLook look = message(16).put64(96, -1L).put32(104, 1, 1).answered(2);
    assertEquals(
        "3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"hi\", iov_len=2}], msg_iovlen=1,"
            + " msg_control=[{cmsg_len=-1, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS,"
            + " cmsg_data=[]}], msg_controllen=16, msg_flags=0}, 0 = 2",
        print("sendmsg", look));
  }

  @Test
  void anOptionIsNamedByItsLevelAndShowsItsValue() {
    TestLook on = new TestLook(3, 1, 2, BASE, 4).put32(0, 1);
    assertEquals("3, SOL_SOCKET, SO_REUSEADDR, [1], 4 = 0", print("setsockopt", on));
    TestLook delay = new TestLook(3, 6, 1, BASE, 4).put32(0, 1);
    assertEquals("3, SOL_TCP, TCP_NODELAY, [1], 4 = 0", print("setsockopt", delay));
    TestLook linger = new TestLook(3, 1, 13, BASE, 8).put32(0, 1, 5);
    assertEquals(
        "3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, 8 = 0", print("setsockopt", linger));
    TestLook error = new TestLook(3, 1, 4, BASE, BASE + 8).put32(0, 111).put32(8, 4);
    assertEquals("3, SOL_SOCKET, SO_ERROR, [111], [4] = 0", print("getsockopt", error));
    TestLook time = new TestLook(3, 1, 20, BASE, 16).text(0, "\24");
    assertEquals(
        "3, SOL_SOCKET, SO_RCVTIMEO_OLD, \"\\24\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\", 16 = 0",
        print("setsockopt", time));
  }

  @Test
  void theHalvesOfAConnectionHaveNames() {
    assertEquals("3, SHUT_WR = 0", print("shutdown", new TestLook(3, 1)));
  }
}
