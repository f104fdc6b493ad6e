package org.atoll.abi;

/**
 * A message: 64 bytes, which are a source, a type and seven 64-bit words.
 *
 * <p>A flyweight: instances live in ring slots, reply slots and scratch places, are filled in place
 * and copied by value; no message refers to an object. On the wire a message is little-endian, in
 * the order of the fields.
 *
 * <p>An answer has the type of its request with {@link #ANSWER} set, and its result in {@code w0}:
 * zero or positive, or a negated {@link Errno}.
 */
public final class Message {

  /** Words in a message. */
  public static final int WORDS = 7;

  /** Size of a message in a ring slot and on the wire. */
  public static final int BYTES = 64;

  /** Set in the type of an answer. */
  public static final int ANSWER = 1 << 31;

  /** Endpoint of the sender, stamped by the kernel. */
  public int source;

  /** Number of the call in its protocol, see {@link ProtocolCall#number()}. */
  public int type;

  public long w0;
  public long w1;
  public long w2;
  public long w3;
  public long w4;
  public long w5;
  public long w6;

  /** Takes over source, type and words of another message. */
  public void copyFrom(Message other) {
    source = other.source;
    type = other.type;
    w0 = other.w0;
    w1 = other.w1;
    w2 = other.w2;
    w3 = other.w3;
    w4 = other.w4;
    w5 = other.w5;
    w6 = other.w6;
  }

  /** Sets type and all seven words; the source is the kernel's to stamp. */
  public Message set(int type, long w0, long w1, long w2, long w3, long w4, long w5, long w6) {
    this.type = type;
    this.w0 = w0;
    this.w1 = w1;
    this.w2 = w2;
    this.w3 = w3;
    this.w4 = w4;
    this.w5 = w5;
    this.w6 = w6;
    return this;
  }

  /** Word {@code index}, 0 to 6. */
  public long word(int index) {
    return switch (index) {
      case 0 -> w0;
      case 1 -> w1;
      case 2 -> w2;
      case 3 -> w3;
      case 4 -> w4;
      case 5 -> w5;
      case 6 -> w6;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  /** Sets word {@code index}, 0 to 6. */
  public void word(int index, long value) {
    switch (index) {
      case 0 -> w0 = value;
      case 1 -> w1 = value;
      case 2 -> w2 = value;
      case 3 -> w3 = value;
      case 4 -> w4 = value;
      case 5 -> w5 = value;
      case 6 -> w6 = value;
      default -> throw new IndexOutOfBoundsException(index);
    }
  }
}
