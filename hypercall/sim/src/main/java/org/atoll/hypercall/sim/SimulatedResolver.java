package org.atoll.hypercall.sim;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A resolver of names (RFC 1035) that knows them all: each has the same IPv4 address and none of
 * IPv6, but those that end in {@code .invalid}, which do not exist.
 */
final class SimulatedResolver {

  /** In the network for benchmarks (RFC 2544), which is nobody's. */
  private static final int EVERYBODY = 198 << 24 | 18 << 16 | 1;

  private static final int HEAD_BYTES = 12;
  private static final int TYPE_A = 1;
  private static final int CLASS_IN = 1;
  private static final int ANSWERED = 0x8180;
  private static final int NO_SUCH_NAME = 3;
  private static final int NAME_OF_THE_QUESTION = 0xc00c;
  private static final int TTL_SECONDS = 60;
  private static final byte[] NOTHING = {};

  private SimulatedResolver() {}

  /** The answer to a question; nothing to what is none. */
  static byte[] answer(byte[] question) {
    try {
      return question.length < HEAD_BYTES ? NOTHING : answer(question, ByteBuffer.wrap(question));
    } catch (BufferUnderflowException malformed) {
      return NOTHING;
    }
  }

  private static byte[] answer(byte[] asked, ByteBuffer question) {
    short number = question.getShort();
    question.position(HEAD_BYTES);
    String name = name(question);
    int type = question.getShort();
    int network = question.getShort();
    boolean exists = !name.endsWith(".invalid.");
    boolean known = exists && type == TYPE_A && network == CLASS_IN;
    ByteBuffer answer = ByteBuffer.allocate(question.position() + 16);
    answer.putShort(number).putShort((short) (ANSWERED | (exists ? 0 : NO_SUCH_NAME)));
    answer.putShort((short) 1).putShort((short) (known ? 1 : 0)).putInt(0);
    answer.put(asked, HEAD_BYTES, question.position() - HEAD_BYTES);
    if (known) {
      answer.putShort((short) NAME_OF_THE_QUESTION).putShort((short) TYPE_A);
      answer.putShort((short) CLASS_IN).putInt(TTL_SECONDS).putShort((short) Integer.BYTES);
      answer.putInt(EVERYBODY);
    }
    byte[] bytes = new byte[answer.flip().remaining()];
    answer.get(bytes);
    return bytes;
  }

  private static String name(ByteBuffer question) {
    StringBuilder name = new StringBuilder();
    for (int bytes = question.get(); bytes != 0; bytes = question.get()) {
      byte[] label = new byte[bytes & 0x3f];
      question.get(label);
      name.append(new String(label, StandardCharsets.ISO_8859_1)).append('.');
    }
    return name.toString();
  }
}
