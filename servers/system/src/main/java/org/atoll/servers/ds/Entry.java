package org.atoll.servers.ds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Endpoint;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.DsProtocol;

/**
 * What is under a name. Never changed, only replaced.
 *
 * @param type one of the types of {@link DsProtocol}
 * @param value of a number or label, otherwise 0
 * @param bytes of a string or memory, otherwise none
 * @param owner the task that published it
 * @param uid user of the process that published it, or as in {@link Caller}
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
record Entry(String name, int type, long value, byte[] bytes, int owner, long uid) {

  private static final int SHOWN_BYTES_MAX = 40;

  /** What it counts for its owner. */
  int size() {
    return name.length() + bytes.length;
  }

  boolean isOfProcess() {
    return uid >= 0;
  }

  /** A row of the listing. */
  String row() {
    return String.join(
        " ",
        name,
        typeName(),
        Endpoint.toString(owner),
        isOfProcess() ? String.valueOf(uid) : "-",
        String.valueOf(bytes.length),
        shown() + "\n");
  }

  private String typeName() {
    return switch (type) {
      case DsProtocol.U32 -> "u32";
      case DsProtocol.U64 -> "u64";
      case DsProtocol.STRING -> "string";
      case DsProtocol.LABEL -> "label";
      default -> "memory";
    };
  }

  private String shown() {
    return switch (type) {
      case DsProtocol.U32, DsProtocol.U64 -> Long.toUnsignedString(value);
      case DsProtocol.LABEL -> Endpoint.toString((int) value);
      case DsProtocol.STRING -> text();
      default -> "-";
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(bytes.length, SHOWN_BYTES_MAX); i++) {
      boolean control = bytes[i] >= 0 && bytes[i] < ' ' || bytes[i] == 0x7f;
      text.append(control ? "?" : new String(bytes, i, 1, ISO_8859_1));
    }
    return text.toString();
  }

  void save(StateWriter out) {
    out.writeBytes(name.getBytes(ISO_8859_1)).writeInt(type).writeLong(value).writeBytes(bytes);
    out.writeInt(owner).writeLong(uid);
  }

  static Entry load(StateReader in) {
    String name = new String(in.readBytes(), ISO_8859_1);
    return new Entry(
        name, in.readInt(), in.readLong(), in.readBytes(), in.readInt(), in.readLong());
  }
}
