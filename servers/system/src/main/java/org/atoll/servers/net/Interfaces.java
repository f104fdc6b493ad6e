package org.atoll.servers.net;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network interfaces of the VOS, which are always the same: its loopback, and its own. */
final class Interfaces {

  /** Number of the loopback, over which everything goes that stays in the VOS. */
  static final int LOOPBACK = 1;

  /** Bytes of a name, with its zero (Linux {@code IFNAMSIZ}). */
  static final int NAME_BYTES = 16;

  private static final int UP = 0x1;
  private static final int BROADCAST = 0x2;
  private static final int IS_LOOPBACK = 0x8;
  private static final int RUNNING = 0x40;
  private static final int MULTICAST = 0x1000;

  /**
   * An interface.
   *
   * @param address of IPv4, as a number
   * @param prefix how many bits of that are the network's
   * @param kind of hardware (Linux {@code ARPHRD_*})
   * @param hardware its address there
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Interface(
      int index,
      String name,
      int flags,
      int mtu,
      int address,
      int prefix,
      int kind,
      byte[] hardware) {

    int mask() {
      return -1 << Integer.SIZE - prefix;
    }

    /** The address that is for all; 0 where there is none. */
    int broadcast() {
      return (flags & BROADCAST) == 0 ? 0 : address | ~mask();
    }

    boolean isLoopback() {
      return (flags & IS_LOOPBACK) != 0;
    }

    byte[] nameBytes() {
      byte[] bytes = new byte[NAME_BYTES];
      byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(text, 0, bytes, 0, text.length);
      return bytes;
    }
  }

  static final List<Interface> ALL =
      List.of(
          new Interface(
              LOOPBACK, "lo", UP | IS_LOOPBACK | RUNNING, 65_536, 0x7f00_0001, 8, 772, new byte[6]),
          new Interface(
              2,
              "eth0",
              UP | BROADCAST | RUNNING | MULTICAST,
              1_500,
              (int) Address.OWN.low(),
              16,
              1,
              new byte[] {2, 0, 10, 64, 0, 1}));

  /** How many packets may wait to be sent, where some would. */
  static final int QUEUE_LENGTH = 1_000;

  private Interfaces() {}

  static @Nullable Interface of(int index) {
    return index >= 1 && index <= ALL.size() ? ALL.get(index - 1) : null;
  }

  /** Whether a name is that of an address beside the first; there are none. */
  static boolean isAlias(byte[] name) {
    return text(name).indexOf(':') >= 0;
  }

  private static String text(byte[] bytes) {
    int most = Math.min(bytes.length, NAME_BYTES - 1);
    String name = new String(bytes, 0, most, StandardCharsets.ISO_8859_1);
    int zero = name.indexOf('\0');
    return zero < 0 ? name : name.substring(0, zero);
  }

  /** By a name that ends at its zero; what follows a colon is an alias of the same one. */
  static @Nullable Interface named(byte[] bytes) {
    String whole = text(bytes);
    int colon = whole.indexOf(':');
    String wanted = colon < 0 ? whole : whole.substring(0, colon);
    for (Interface known : ALL) {
      if (known.name.equals(wanted)) {
        return known;
      }
    }
    return null;
  }
}
