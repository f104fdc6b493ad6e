package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.abi.protocol.SocketProtocol.Call;
import org.atoll.abi.protocol.VfsProtocol;

/** The sockets of a process of a {@link TestVos}: socket calls as a program makes them. */
final class TestSockets {

  static final int UNIX = 1;
  static final int INET = 2;
  static final int INET6 = 10;
  static final int STREAM = 1;
  static final int DATAGRAM = 2;
  static final int SEQPACKET = 5;
  static final int NONBLOCK = 04000;
  static final int DONT_WAIT = 0x40;
  static final int LOOPBACK = 0x7f00_0001;
  static final int SO_ERROR = 4;

  private final TestVos vos;
  private final TestVos.Guest guest;

  TestSockets(TestVos vos, TestVos.Guest guest) {
    this.vos = vos;
    this.guest = guest;
  }

  /** The sockets of a child, which has this one's descriptors. */
  TestSockets fork() {
    return new TestSockets(vos, guest.fork());
  }

  TestMachine.Asked begin(Call call, byte[] in, int outBytes, long... words) {
    return guest.begin(call, in, outBytes, words);
  }

  long call(Call call, long... words) {
    return begin(call, new byte[0], 0, words).word(0);
  }

  // ---- made, named, connected

  long socket(int domain, int type) {
    return call(Call.SOCKET, domain, type, 0);
  }

  /** Two that are connected. */
  long[] pair(int type) {
    TestMachine.Asked asked = begin(Call.PAIR, new byte[0], 0, UNIX, type, 0);
    return new long[] {asked.word(0), asked.word(1)};
  }

  /** A listener on the loopback, and its port. */
  long listener(int port, int backlog) {
    long fd = socket(INET, STREAM);
    must(bind(fd, at(port)));
    must(listen(fd, backlog));
    return fd;
  }

  /** Two that are connected by TCP. */
  long[] tcp(int port) {
    long listener = listener(port, 5);
    long client = socket(INET, STREAM);
    must(connect(client, at(port)).word(0));
    long server = accept(listener).word(0);
    close(listener);
    return new long[] {client, server};
  }

  private static void must(long result) {
    if (result < 0) {
      throw new AssertionError("errno " + -result);
    }
  }

  /** A sockaddr_in on the loopback. */
  static byte[] at(int port) {
    return at(LOOPBACK, port);
  }

  static byte[] at(int host, int port) {
    ByteBuffer b = ByteBuffer.allocate(16).put((byte) INET).put((byte) 0);
    return b.putShort((short) port).putInt(host).array();
  }

  /** A sockaddr_in6; {@code last} is the last byte of an address of zeros. */
  static byte[] at6(int last, int port) {
    ByteBuffer b = ByteBuffer.allocate(28).put((byte) INET6).put((byte) 0);
    return b.putShort((short) port).put(23, (byte) last).array();
  }

  /** An abstract name. */
  static byte[] named(String name) {
    byte[] bytes = name.getBytes(ISO_8859_1);
    return ByteBuffer.allocate(3 + bytes.length)
        .put((byte) UNIX)
        .put(new byte[2])
        .put(bytes)
        .array();
  }

  long bind(long fd, byte[] address) {
    return begin(Call.BIND, address, 0, fd).word(0);
  }

  long listen(long fd, int backlog) {
    return call(Call.LISTEN, fd, backlog);
  }

  TestMachine.Asked connect(long fd, byte[] address) {
    return begin(Call.CONNECT, address, 0, fd);
  }

  TestMachine.Asked accept(long fd) {
    return begin(Call.ACCEPT, new byte[0], 128, fd, 0);
  }

  /** The port of a socket's own address. */
  int port(long fd) {
    byte[] name = begin(Call.NAME, new byte[0], 128, fd, 0).out;
    return (name[2] & 0xff) << 8 | name[3] & 0xff;
  }

  long close(long fd) {
    return guest.close(fd);
  }

  long shutdown(long fd, int how) {
    return call(Call.SHUTDOWN, fd, how);
  }

  // ---- what they carry

  TestMachine.Asked beginSend(long fd, byte[] data, int flags) {
    return begin(Call.SEND, data, 0, fd, flags, 0, 0);
  }

  long send(long fd, String text, int flags) {
    return beginSend(fd, TestVos.bytes(text), flags).word(0);
  }

  long send(long fd, String text) {
    return send(fd, text, 0);
  }

  long sendTo(long fd, String text, byte[] address) {
    byte[] data = joined(address, TestVos.bytes(text));
    return begin(Call.SEND, data, 0, fd, 0, 0, address.length).word(0);
  }

  /** Sends descriptors with a byte. */
  long sendRights(long fd, long... fds) {
    int length = 16 + 4 * fds.length;
    ByteBuffer control = ByteBuffer.allocate(length + 7 & ~7).order(ByteOrder.LITTLE_ENDIAN);
    control.putLong(length).putInt(1).putInt(1);
    for (long sent : fds) {
      control.putInt((int) sent);
    }
    byte[] in = joined(control.array(), new byte[1]);
    return begin(Call.SEND, in, 0, fd, DONT_WAIT, control.capacity(), 0).word(0);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  TestMachine.Asked beginReceive(long fd, int bytes, int flags) {
    return begin(Call.RECEIVE, new byte[0], bytes, fd, bytes, flags, 0);
  }

  /** What is received, or {@code E<errno>}. */
  String receive(long fd, int bytes, int flags) {
    return guest.text(beginReceive(fd, bytes, flags));
  }

  String receive(long fd) {
    return receive(fd, 100, DONT_WAIT);
  }

  String text(TestMachine.Asked asked) {
    return guest.text(asked);
  }

  // ---- options and readiness

  long set(long fd, int level, int name, int... values) {
    ByteBuffer value = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int each : values) {
      value.putInt(each);
    }
    return begin(Call.SET_OPTION, value.array(), 0, fd, level, name).word(0);
  }

  /** SO_RCVTIMEO or SO_SNDTIMEO. */
  void patience(long fd, int name, int seconds) {
    must(set(fd, 1, name, seconds, 0, 0, 0));
  }

  int get(long fd, int level, int name) {
    TestMachine.Asked asked = begin(Call.GET_OPTION, new byte[0], 16, fd, level, name);
    long bytes = asked.word(0);
    return bytes < 0
        ? (int) bytes
        : ByteBuffer.wrap(asked.out).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
  }

  /** The events that poll(2) reports now, of all that there are. */
  int ready(long fd) {
    ByteBuffer set = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    set.putInt((int) fd).putShort((short) 0x2007);
    TestMachine.Asked asked = guest.begin(VfsProtocol.Call.POLL, set.array(), 8, 1, 0);
    return asked.out[6] & 0xff | (asked.out[7] & 0xff) << 8;
  }
}
