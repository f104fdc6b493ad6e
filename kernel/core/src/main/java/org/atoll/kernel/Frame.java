package org.atoll.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.jspecify.annotations.Nullable;

/**
 * A frame between two kernels: an envelope, a message, and the bytes that travel with it. A
 * flyweight that is filled from a buffer or written to one; little-endian.
 *
 * <pre>
 *  0  kind, version, hops, patient  (4 bytes)
 *  4  destination                   (4) an endpoint
 *  8  request                       (8) caller and call, 0 for what is no call
 * 16  message                      (64) source, type, seven words
 * 80  bytes                         (4) of the payload behind the envelope
 * 84  room or offset                (4) of a request's out-buffer; where an answer's bytes begin
 * 88  payload
 * </pre>
 */
final class Frame {

  /** A call, its in-buffer as payload. */
  static final int REQUEST = 1;

  /** Its answer, what was written of the out-buffer as payload. */
  static final int ANSWER = 2;

  /** A one-way message. */
  static final int MESSAGE = 3;

  /** A notification. */
  static final int NOTIFY = 4;

  /** The wish to end a call; w0 is 1 when its caller is dead. */
  static final int CANCEL = 5;

  /** A request once more, whose payload was asked for. */
  static final int BYTES = 6;

  /** A task that had left its home is no more. */
  static final int GONE = 7;

  /** The VOS ends with status w0. */
  static final int HALT = 8;

  /** A task may be sent no more messages (w0 is 1), or may again (0). */
  static final int FULL = 9;

  /** A patient request came, and there was no room for its payload: there is now. */
  static final int FETCH = 10;

  /** Bytes before the payload. */
  static final int HEAD_BYTES = 88;

  /** How often a frame may be passed on. */
  static final int HOPS_MAX = 4;

  private static final int VERSION = 2;

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  int kind;
  int hops;

  /** Of a request: its payload can be asked for, and what comes behind it may overtake it. */
  boolean patient;

  int destination;
  long request;
  final Message message = new Message();
  int bytes;
  int room;

  /** Sets everything but payload and source; the message is all zeros. */
  Frame set(int kind, int destination, long request) {
    message.set(0, 0, 0, 0, 0, 0, 0, 0);
    message.source = 0;
    return head(kind, destination, request);
  }

  /** Sets everything but the payload. */
  Frame set(int kind, int destination, long request, Message m) {
    message.copyFrom(m);
    return head(kind, destination, request);
  }

  private Frame head(int kind, int destination, long request) {
    this.kind = kind;
    this.hops = 0;
    this.patient = false;
    this.destination = destination;
    this.request = request;
    this.bytes = 0;
    this.room = 0;
    return this;
  }

  /**
   * The task behind whose earlier frames it is to come: who sends it, or whom news are of. What a
   * task has sent comes before the news that it is no more.
   */
  int sender() {
    return isNews(kind) ? destination : message.source;
  }

  /** The same of a frame that is written, from where the buffer is. */
  static int sender(ByteBuffer written) {
    int at = written.position();
    int kind = (int) (long) LONG.get(written, at) & 0xff;
    long word = (long) LONG.get(written, isNews(kind) ? at : at + 16);
    return (int) (isNews(kind) ? word >>> Integer.SIZE : word);
  }

  private static boolean isNews(int kind) {
    return kind >= GONE;
  }

  /** Size of the whole frame. */
  int size() {
    return HEAD_BYTES + bytes;
  }

  /**
   * Writes the head; the payload follows. In words of 64 bits, two fields in some: each access
   * checks again where it is. By a handle, for those are compiled into their callers at any depth.
   */
  void writeHead(ByteBuffer to) {
    int at = to.position();
    LONG.set(to, at, word(kind | VERSION << 8 | hops << 16 | (patient ? 1 << 24 : 0), destination));
    LONG.set(to, at + 8, request);
    LONG.set(to, at + 16, word(message.source, message.type));
    LONG.set(to, at + 24, message.w0);
    LONG.set(to, at + 32, message.w1);
    LONG.set(to, at + 40, message.w2);
    LONG.set(to, at + 48, message.w3);
    LONG.set(to, at + 56, message.w4);
    LONG.set(to, at + 64, message.w5);
    LONG.set(to, at + 72, message.w6);
    LONG.set(to, at + 80, word(bytes, room));
    to.position(at + HEAD_BYTES);
  }

  /** Two fields, the first one in the low half. */
  private static long word(int first, int second) {
    return (long) second << Integer.SIZE | first & 0xffff_ffffL;
  }

  /**
   * Reads and checks a head; the payload is what remains.
   *
   * @return what is wrong with the frame, or null
   */
  @Nullable String readHead(ByteBuffer from) {
    if (from.remaining() < HEAD_BYTES) {
      return from.remaining() + " bytes, expected at least " + HEAD_BYTES;
    }
    int at = from.position();
    long head = (long) LONG.get(from, at);
    kind = (int) head & 0xff;
    int version = (int) head >>> 8 & 0xff;
    hops = (int) head >>> 16 & 0xff;
    int patience = (int) head >>> 24;
    patient = patience == 1;
    destination = (int) (head >>> Integer.SIZE);
    request = (long) LONG.get(from, at + 8);
    readMessage(from, at + 16);
    long sizes = (long) LONG.get(from, at + 80);
    bytes = (int) sizes;
    room = (int) (sizes >>> Integer.SIZE);
    from.position(at + HEAD_BYTES);
    if (version != VERSION) {
      return "version " + version + ", expected " + VERSION;
    }
    return patience > 1 ? "patience " + patience : wrong(from.remaining());
  }

  private void readMessage(ByteBuffer from, int at) {
    long first = (long) LONG.get(from, at);
    message.source = (int) first;
    message.set(
        (int) (first >>> Integer.SIZE),
        (long) LONG.get(from, at + 8),
        (long) LONG.get(from, at + 16),
        (long) LONG.get(from, at + 24),
        (long) LONG.get(from, at + 32),
        (long) LONG.get(from, at + 40),
        (long) LONG.get(from, at + 48),
        (long) LONG.get(from, at + 56));
  }

  private @Nullable String wrong(int payload) {
    if (kind < REQUEST || kind > FETCH) {
      return "kind " + kind;
    }
    if (bytes != payload || bytes > Limits.BUFFER_BYTES_MAX) {
      return "a payload of " + payload + " bytes that says " + bytes;
    }
    if (hops > HOPS_MAX) {
      return hops + " hops";
    }
    if (destination < 0 || !isNews(kind) && message.source < 0) {
      return "endpoints " + message.source + " and " + destination;
    }
    if (room < 0 || room > Limits.BUFFER_BYTES_MAX) {
      return "room for " + room + " bytes";
    }
    return switch (kind) {
      case REQUEST, BYTES -> wrongRequest();
      case ANSWER -> wrongAnswer();
      case CANCEL -> bytes != 0 || room != 0 || (int) request <= 0 ? "a cancel of nothing" : null;
      case FETCH -> bytes != 0 || room != 0 || (int) request <= 0 ? "bytes of nothing" : null;
      case FULL -> message.w0 < 0 || message.w0 > 1 ? "full " + message.w0 : null;
      case HALT -> message.w0 < 0 || message.w0 > 255 ? "status " + message.w0 : null;
      default -> bytes != 0 || room != 0 || request != 0 ? "kind " + kind + " with a call" : null;
    };
  }

  private @Nullable String wrongRequest() {
    if ((int) (request >>> 32) != message.source || (int) request <= 0) {
      return "request " + Long.toHexString(request) + " of " + Endpoint.toString(message.source);
    }
    return message.type < 0 ? "a request with the type of an answer" : null;
  }

  private @Nullable String wrongAnswer() {
    if ((int) (request >>> 32) != destination || (int) request <= 0) {
      return "answer " + Long.toHexString(request) + " to " + Endpoint.toString(destination);
    }
    if (room > Limits.BUFFER_BYTES_MAX - bytes) {
      return "bytes " + room + "+" + bytes;
    }
    return message.type >= 0 ? "an answer with the type of a request" : null;
  }
}
