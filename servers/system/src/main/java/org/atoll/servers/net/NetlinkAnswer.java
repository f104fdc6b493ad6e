package org.atoll.servers.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.atoll.abi.Errno;
import org.atoll.servers.net.Interfaces.Interface;

/** The messages that answer a question by rtnetlink(7): headers, fixed parts, attributes. */
final class NetlinkAnswer {

  private static final int HEADER_BYTES = 16;
  private static final int MANY = 0x2;
  private static final int ERROR = 2;
  private static final int DONE = 3;
  private static final int NEW_LINK = 16;
  private static final int NEW_ADDRESS = 20;
  private static final int NEW_ROUTE = 24;

  private static final int LOWER_UP = 0x1_0000;
  private static final int PERMANENT = 0x80;
  private static final int SCOPE_GLOBAL = 0;
  private static final int SCOPE_LINK = 253;
  private static final int SCOPE_HOST = 254;
  private static final int MAIN_TABLE = 254;
  private static final int BY_KERNEL = 2;
  private static final int STATISTICS_BYTES = 96;
  private static final int UNKNOWN_STATE = 0;
  private static final int IS_UP = 6;
  private static final byte[] EVERYBODY = {-1, -1, -1, -1, -1, -1};
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private final ByteBuffer question;
  private final int port;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  NetlinkAnswer(ByteBuffer question, int port) {
    this.question = question;
    this.port = port;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  // ---- pieces

  private static byte[] ints(int... values) {
    byte[] bytes = new byte[Integer.BYTES * values.length];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
    return bytes;
  }

  private static byte[] big(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static byte[] text(String value) {
    return (value + "\0").getBytes(StandardCharsets.ISO_8859_1);
  }

  private void attribute(int type, byte[] value) {
    int bytes = Integer.BYTES + value.length;
    body.writeBytes(ints(bytes | type << Short.SIZE));
    body.writeBytes(value);
    body.writeBytes(new byte[-bytes & 3]);
  }

  private void end(int type, int flags) {
    byte[] whole = body.toByteArray();
    body.reset();
    int kind = type | flags << Short.SIZE;
    out.writeBytes(ints(HEADER_BYTES + whole.length, kind, question.getInt(8), port));
    out.writeBytes(whole);
  }

  // ---- messages

  /** No more follows. */
  NetlinkAnswer done() {
    body.writeBytes(ints(0));
    end(DONE, MANY);
    return this;
  }

  /** An errno, or 0; with what was asked for. */
  NetlinkAnswer error(int error) {
    body.writeBytes(ints(error));
    int bytes = error == 0 ? HEADER_BYTES : question.capacity();
    byte[] asked = new byte[bytes];
    question.get(0, asked);
    body.writeBytes(asked);
    end(ERROR, 0);
    return this;
  }

  /** Always 0. */
  int links() {
    Interfaces.ALL.forEach(known -> link(known, MANY));
    return 0;
  }

  /** The link of a number; 0 or a negated errno. */
  int link(ByteBuffer in) {
    int index = in.capacity() >= HEADER_BYTES + 8 ? in.getInt(HEADER_BYTES + 4) : 0;
    Interface known = Interfaces.of(index);
    if (known == null) {
      return index == 0 ? -Errno.EINVAL : -Errno.ENODEV;
    }
    link(known, 0);
    return 0;
  }

  private void link(Interface known, int flags) {
    body.writeBytes(ints(known.kind() << Short.SIZE, known.index(), known.flags() | LOWER_UP, 0));
    attribute(3, text(known.name()));
    attribute(13, ints(Interfaces.QUEUE_LENGTH));
    attribute(16, new byte[] {(byte) (known.isLoopback() ? UNKNOWN_STATE : IS_UP)});
    attribute(17, new byte[1]);
    attribute(4, ints(known.mtu()));
    attribute(27, ints(0));
    attribute(6, text("noqueue"));
    attribute(1, known.hardware());
    attribute(2, known.isLoopback() ? new byte[6] : EVERYBODY);
    attribute(7, new byte[STATISTICS_BYTES]);
    end(NEW_LINK, flags);
  }

  /** Of a family, or of both with 0. Always 0. */
  int addresses(int family) {
    if (family == 0 || family == Socket.INET) {
      Interfaces.ALL.forEach(this::address4);
    }
    if (family == 0 || family == Socket.INET6) {
      fixed(Socket.INET6, 128, SCOPE_HOST, Interfaces.LOOPBACK);
      attribute(1, LOOPBACK_6);
      lasting();
    }
    return 0;
  }

  private void address4(Interface known) {
    int scope = known.isLoopback() ? SCOPE_HOST : SCOPE_GLOBAL;
    fixed(Socket.INET, known.prefix(), scope, known.index());
    attribute(1, big(known.address()));
    attribute(2, big(known.address()));
    if (known.broadcast() != 0) {
      attribute(4, big(known.broadcast()));
    }
    attribute(3, text(known.name()));
    lasting();
  }

  private void fixed(int family, int prefix, int scope, int index) {
    body.writeBytes(ints(family | prefix << 8 | PERMANENT << 16 | scope << 24, index));
  }

  /** An address that stays. */
  private void lasting() {
    attribute(8, ints(PERMANENT));
    attribute(6, ints(-1, -1, 0, 0));
    end(NEW_ADDRESS, MANY);
  }

  /** The networks of interfaces that are no loopback. Always 0. */
  int routes(int family) {
    for (Interface known : Interfaces.ALL) {
      if (!known.isLoopback() && family != Socket.INET6) {
        int unicast = 1;
        int first = Socket.INET | known.prefix() << 8;
        int second = MAIN_TABLE | BY_KERNEL << 8 | SCOPE_LINK << 16 | unicast << 24;
        body.writeBytes(ints(first, second, 0));
        attribute(15, ints(MAIN_TABLE));
        attribute(1, big(known.address() & known.mask()));
        attribute(7, big(known.address()));
        attribute(4, ints(known.index()));
        end(NEW_ROUTE, MANY);
      }
    }
    return 0;
  }
}
