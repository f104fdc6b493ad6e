package org.atoll.kernel;

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
 *  0  kind, version, hops, 0        (4 bytes)
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

  /** A task that had left its home is no more. */
  static final int GONE = 6;

  /** The VOS ends with status w0. */
  static final int HALT = 7;

  /** A task may be sent no more messages (w0 is 1), or may again (0). */
  static final int FULL = 8;

  /** Bytes before the payload. */
  static final int HEAD_BYTES = 88;

  /** How often a frame may be passed on. */
  static final int HOPS_MAX = 4;

  private static final int VERSION = 1;

  int kind;
  int hops;
  int destination;
  long request;
  final Message message = new Message();
  int bytes;
  int room;

  /** Sets everything but message and payload. */
  Frame set(int kind, int destination, long request) {
    this.kind = kind;
    this.hops = 0;
    this.destination = destination;
    this.request = request;
    this.bytes = 0;
    this.room = 0;
    message.set(0, 0, 0, 0, 0, 0, 0, 0);
    message.source = 0;
    return this;
  }

  /** Size of the whole frame. */
  int size() {
    return HEAD_BYTES + bytes;
  }

  /** Writes the head; the payload follows. */
  void writeHead(ByteBuffer to) {
    to.put((byte) kind).put((byte) VERSION).put((byte) hops).put((byte) 0);
    to.putInt(destination).putLong(request);
    to.putInt(message.source).putInt(message.type);
    to.putLong(message.w0).putLong(message.w1).putLong(message.w2).putLong(message.w3);
    to.putLong(message.w4).putLong(message.w5).putLong(message.w6);
    to.putInt(bytes).putInt(room);
  }

  /**
   * Reads and checks a head; the payload is what remains.
   *
   * @return what is wrong with the frame, or null
   */
  @Nullable String readHead(ByteBuffer from) {
    from.order(ByteOrder.LITTLE_ENDIAN);
    if (from.remaining() < HEAD_BYTES) {
      return from.remaining() + " bytes, expected at least " + HEAD_BYTES;
    }
    kind = from.get() & 0xff;
    int version = from.get() & 0xff;
    hops = from.get() & 0xff;
    int zero = from.get();
    destination = from.getInt();
    request = from.getLong();
    message.source = from.getInt();
    int type = from.getInt();
    message.set(
        type,
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong());
    bytes = from.getInt();
    room = from.getInt();
    if (version != VERSION || zero != 0) {
      return "version " + version + ", expected " + VERSION;
    }
    return wrong(from.remaining());
  }

  private @Nullable String wrong(int payload) {
    if (kind < REQUEST || kind > FULL) {
      return "kind " + kind;
    }
    if (bytes != payload || bytes > Limits.BUFFER_BYTES_MAX) {
      return "a payload of " + payload + " bytes that says " + bytes;
    }
    if (hops > HOPS_MAX) {
      return hops + " hops";
    }
    if (destination < 0 || kind < GONE && message.source < 0) {
      return "endpoints " + message.source + " and " + destination;
    }
    if (room < 0 || room > Limits.BUFFER_BYTES_MAX) {
      return "room for " + room + " bytes";
    }
    return switch (kind) {
      case REQUEST -> wrongRequest();
      case ANSWER -> wrongAnswer();
      case CANCEL -> bytes != 0 || room != 0 || (int) request <= 0 ? "a cancel of nothing" : null;
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
