package org.atoll.abi;

/**
 * A call of a protocol: the number that is a message's type, and the names of its words.
 *
 * <p>Implemented by the enum of each protocol file, which is the only place that knows the number;
 * traces and the reference pages derive from it.
 */
public interface ProtocolCall {

  /** The message type, unique in the VOS; see the ranges in {@code docs/reference/ipc.md}. */
  int number();

  /** Name of the constant. */
  String name();

  /** What the words of request and answer mean. */
  Signature signature();

  /** Encodes a request without words. */
  default Message encode(Message m) {
    return m.set(number(), 0, 0, 0, 0, 0, 0, 0);
  }

  /** Encodes a request of one word. */
  default Message encode(Message m, long w0) {
    return m.set(number(), w0, 0, 0, 0, 0, 0, 0);
  }

  /** Encodes a request of two words. */
  default Message encode(Message m, long w0, long w1) {
    return m.set(number(), w0, w1, 0, 0, 0, 0, 0);
  }

  /** Encodes a request of three words. */
  default Message encode(Message m, long w0, long w1, long w2) {
    return m.set(number(), w0, w1, w2, 0, 0, 0, 0);
  }

  /** Encodes a request of four words. */
  default Message encode(Message m, long w0, long w1, long w2, long w3) {
    return m.set(number(), w0, w1, w2, w3, 0, 0, 0);
  }

  /** Encodes a request of five words. */
  default Message encode(Message m, long w0, long w1, long w2, long w3, long w4) {
    return m.set(number(), w0, w1, w2, w3, w4, 0, 0);
  }

  /** Encodes a request of six words. */
  default Message encode(Message m, long w0, long w1, long w2, long w3, long w4, long w5) {
    return m.set(number(), w0, w1, w2, w3, w4, w5, 0);
  }

  /** Encodes a request of seven words. */
  default Message encode(Message m, long w0, long w1, long w2, long w3, long w4, long w5, long w6) {
    return m.set(number(), w0, w1, w2, w3, w4, w5, w6);
  }
}
