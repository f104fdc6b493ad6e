package org.atoll.drivers.link.tls;

import java.io.ByteArrayOutputStream;

/** The encoding of what a certificate consists of (X.690, definite lengths). */
final class Der {

  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OBJECT = 0x06;
  static final int UTF8 = 0x0c;
  static final int UTC_TIME = 0x17;
  static final int GENERAL_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  /** Context tag 0, constructed. */
  static final int FIRST = 0xa0;

  private static final int SHORT_MAX = 0x7f;
  private static final int BYTE_MAX = 0xff;

  private Der() {}

  /** A tag, a length, and the parts one after the other. */
  static byte[] of(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    length(whole, content.size());
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  private static void length(ByteArrayOutputStream to, int bytes) {
    if (bytes <= SHORT_MAX) {
      to.write(bytes);
    } else if (bytes <= BYTE_MAX) {
      to.write(0x81);
      to.write(bytes);
    } else {
      to.write(0x82);
      to.write(bytes >> 8);
      to.write(bytes);
    }
  }
}
