package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import java.util.Objects;
import org.atoll.posix.gate.Bytes;
import org.atoll.posix.gate.Gate;
import org.atoll.posix.gate.Scratch;

/**
 * What only Atoll has: nodes, and messages to services and to other programs. The same as {@code
 * atoll.h} has for C, so that a server in one language answers clients in the other.
 *
 * <p>A message is a number, which says what is asked, and seven words. Numbers from {@link
 * #FIRST_OWN} on are free. A call waits for the answer, whose first word is the result; it may lend
 * the callee a buffer to read and one to fill, of up to {@link #BUFFER_BYTES_MAX} bytes each.
 */
public final class Atoll {

  /** The first number of a message that is not the system's. */
  public static final int FIRST_OWN = 0x4000;

  /** The most bytes of a buffer. */
  public static final int BUFFER_BYTES_MAX = 65_536;

  /** Instead of a source, for {@link #receive}. */
  public static final int ANY = -2;

  /** Type of what {@link #receive} gives: the source has notified, once or several times. */
  public static final int NOTIFICATION = -1;

  /** Type of what {@link #receive} gives: nobody waits for the answer to request {@code w[0]}. */
  public static final int CANCELLED = -2;

  /** Instead of a timeout. */
  public static final long FOREVER = -1;

  private static final int ONNODE = 0xA7001;
  private static final int NODE = 0xA7002;
  private static final int SENDREC = 0xA7010;
  private static final int RECEIVE = 0xA7011;
  private static final int REPLY = 0xA7012;
  private static final int NOTIFY = 0xA7013;
  private static final int COPY_IN = 0xA7014;
  private static final int COPY_OUT = 0xA7015;
  private static final int IN_BYTES = 0xA7016;
  private static final int OUT_BYTES = 0xA7017;
  private static final int SELF = 0xA7018;
  private static final int ENDPOINT = 0xA7019;
  private static final int PUBLISH = 0xA701A;
  private static final int LOOKUP = 0xA701B;
  private static final int WITHDRAW = 0xA701C;
  private static final byte[] NOTHING = {};

  private Atoll() {}

  /** A message: 64 bytes. In an answer {@code w[0]} is the result or a negated errno. */
  public static final class Message {

    private static final int BYTES = 64;
    private static final int WORDS_AT = 8;

    /** The endpoint that sent it; the kernel fills it in. */
    public int source;

    /** What is asked. */
    public int type;

    /** Seven words. */
    public final long[] w = new long[7];

    /** An empty message. */
    public Message() {}

    /** A message with its first words. */
    public Message(int type, long... words) {
      this.type = type;
      System.arraycopy(words, 0, w, 0, words.length);
    }

    /** The result that an answer has. Errors: what it is instead, as the callee has it. */
    public long result() {
      return check("sendrec", w[0]);
    }

    private byte[] encode() {
      byte[] bytes = new byte[BYTES];
      Bytes.putInt(bytes, 0, source);
      Bytes.putInt(bytes, 4, type);
      for (int i = 0; i < w.length; i++) {
        Bytes.putLong(bytes, WORDS_AT + Long.BYTES * i, w[i]);
      }
      return bytes;
    }

    private void decode(byte[] bytes) {
      source = Bytes.getInt(bytes, 0);
      type = Bytes.getInt(bytes, 4);
      for (int i = 0; i < w.length; i++) {
        w[i] = Bytes.getLong(bytes, WORDS_AT + Long.BYTES * i);
      }
    }
  }

  // ---- nodes

  /** The node that the process runs on, from 0. */
  public static int node() {
    return (int) call("node", NODE);
  }

  /** The next successful exec runs on that node. Errors: ENXIO (no such node, or it is down). */
  public static void onnode(int node) {
    call("onnode", ONNODE, node);
  }

  // ---- names

  /** This process as a task. */
  public static int self() {
    return (int) call("self", SELF);
  }

  /** Another process as a task. Errors: ESRCH. */
  public static int endpoint(int pid) {
    return (int) call("endpoint", ENDPOINT, pid);
  }

  /**
   * From now on a name, which begins with {@code user/}, means this process, until it ends or takes
   * the name back. Errors: EEXIST, EPERM (another beginning), EINVAL, ENAMETOOLONG.
   */
  public static void publish(String name) {
    named(PUBLISH, name);
  }

  /** The task that a name means: a service's, or one that was published. Errors: ENOENT. */
  public static int lookup(String name) {
    return (int) named(LOOKUP, name);
  }

  /** Takes a name back. Errors: ENOENT, EPERM (another's). */
  public static void withdraw(String name) {
    named(WITHDRAW, name);
  }

  // ---- calling

  /**
   * Calls a task and waits for its answer, which replaces the message. Errors: ESRCH (no such task,
   * or it ended before it answered), EPERM (a number of the system's, or a kernel), EINTR (a signal
   * handler ran; the callee may have acted all the same).
   */
  public static void sendrec(int to, Message m) {
    sendrec(to, m, NOTHING, NOTHING);
  }

  /**
   * The same, with a buffer that the callee may read and one that it may fill. Errors: as above,
   * and EMSGSIZE.
   */
  public static void sendrec(int to, Message m, byte[] in, byte[] out) {
    try (Scratch s = Scratch.open()) {
      long message = s.copy(m.encode());
      long room = s.copy(out);
      check("sendrec", s.call(SENDREC, to, message, s.copy(in), in.length, room, out.length));
      m.decode(s.bytes(message, Message.BYTES));
      s.read(room, out, 0, out.length);
    }
  }

  /** Tells a task that there is something to look at. Errors: ESRCH, EPERM. */
  public static void notify(int to) {
    call("notify", NOTIFY, to);
  }

  // ---- being called

  /**
   * Waits for what comes from a task, or from {@link #ANY}, for at most so many nanoseconds (0: not
   * at all; {@link #FOREVER}). The result is the request, which is to be answered once with {@link
   * #reply}; or 0 when the message is a one-way message, {@link #NOTIFICATION} or {@link
   * #CANCELLED}. Errors: ETIMEDOUT, EINTR.
   */
  public static long receive(int from, Message m, long timeoutNanos) {
    try (Scratch s = Scratch.open()) {
      long message = s.copy(m.encode());
      long request = check("receive", s.call(RECEIVE, from, message, timeoutNanos));
      m.decode(s.bytes(message, Message.BYTES));
      return request;
    }
  }

  /** Answers a request with the words. Errors: ESRCH (nobody waits for it). */
  public static void reply(long request, Message m) {
    try (Scratch s = Scratch.open()) {
      check("reply", s.call(REPLY, request, s.copy(m.encode())));
    }
  }

  /**
   * Copies from the buffer that a request lent to be read; answers how many bytes, fewer at its
   * end. Errors: ESRCH, EINVAL (an offset behind the end).
   */
  public static int copyIn(long request, long offset, byte[] target, int from, int bytes) {
    Objects.checkFromIndexSize(from, bytes, target.length);
    try (Scratch s = Scratch.open()) {
      long room = s.room(bytes);
      int got = (int) check("copyIn", s.call(COPY_IN, request, offset, room, bytes));
      s.read(room, target, from, got);
      return got;
    }
  }

  /**
   * Copies into the buffer that a request lent to be filled, without holes; answers how many bytes,
   * fewer at its end. Errors: ESRCH, EINVAL (an offset behind the end).
   */
  public static int copyOut(long request, long offset, byte[] source, int from, int bytes) {
    Objects.checkFromIndexSize(from, bytes, source.length);
    try (Scratch s = Scratch.open()) {
      long room = s.copy(source, from, bytes);
      return (int) check("copyOut", s.call(COPY_OUT, request, offset, room, bytes));
    }
  }

  /** The size of the buffer to read. Errors: ESRCH. */
  public static int inBytes(long request) {
    return (int) call("inBytes", IN_BYTES, request);
  }

  /** The size of the buffer to fill. Errors: ESRCH. */
  public static int outBytes(long request) {
    return (int) call("outBytes", OUT_BYTES, request);
  }

  private static long call(String name, int number, long... arguments) {
    return check(name, Gate.current().process().call(number, arguments));
  }

  private static long named(int number, String name) {
    try (Scratch s = Scratch.open()) {
      return check(name, s.call(number, s.string(name)));
    }
  }
}
