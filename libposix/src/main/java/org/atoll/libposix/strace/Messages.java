package org.atoll.libposix.strace;

import java.util.Map;
import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;

/** Messages of raw IPC. */
final class Messages {

  private static final int WORDS_AT = 8;

  private Messages() {}

  static void kinds(Map<String, Kind> all) {
    all.put("message", (out, value, size, look) -> message(out, value, look));
    all.put("endpoint", (out, value, size, look) -> out.append(Endpoint.toString((int) value)));
    all.put(
        "request",
        (out, value, size, look) -> {
          if (value == 0) {
            out.append(0);
          } else {
            Numbers.HEX.print(out, value, size, look);
          }
        });
  }

  private static void message(StringBuilder out, long address, Look look) {
    Memory.of(
        out,
        address,
        Message.BYTES,
        look,
        m -> {
          out.append("{source=").append(Endpoint.toString(m.intAt(0))).append(", type=");
          type(out, m.intAt(4));
          for (int i = 0; i < Message.WORDS; i++) {
            out.append(i == 0 ? ", words=[" : ", ").append(m.longAt(WORDS_AT + 8 * i));
          }
          out.append("]}");
        });
  }

  private static void type(StringBuilder out, int type) {
    switch (type) {
      case BlockingIpc.NOTIFICATION -> out.append("ATOLL_NOTIFICATION");
      case BlockingIpc.CANCELLED -> out.append("ATOLL_CANCELLED");
      default -> out.append("0x").append(Integer.toHexString(type));
    }
  }
}
