package org.atoll.drivers.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a node can be connected to, as it tells the others: the machine that it runs on, and its
 * doors. In text the parts stand behind each other, with commas between them.
 *
 * @param machine names the machine; see {@link Machine}
 * @param doors at least one
 */
public record Doors(String machine, List<Door> doors) {

  /** Bytes of the encoded form, which is filled up with zeros. */
  public static final int BYTES = 512;

  public Doors {
    doors = List.copyOf(doors);
    if (doors.isEmpty()) {
      throw new IllegalArgumentException("a node without doors");
    }
  }

  /**
   * Reads what {@link #toString} made.
   *
   * @throws LinkBrokenException when it is something else
   */
  public static Doors parse(String text) throws LinkBrokenException {
    List<String> words = List.of(text.split(",", -1));
    if (words.size() < 2) {
      throw new LinkBrokenException("'" + text + "' names no place to connect to");
    }
    List<Door> doors = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      doors.add(Door.parse(word));
    }
    return new Doors(words.getFirst(), doors);
  }

  /** Takes {@link #encoded} bytes. */
  public static Doors take(ByteBuffer from) throws LinkBrokenException {
    byte[] bytes = new byte[BYTES];
    from.get(bytes);
    int length = BYTES;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return parse(new String(bytes, 0, length, UTF_8));
  }

  /** The form in which it is sent, {@link #BYTES} long. */
  public byte[] encoded() {
    byte[] text = toString().getBytes(UTF_8);
    if (text.length > BYTES) {
      throw new IllegalStateException(this + " is longer than " + BYTES + " bytes");
    }
    return Arrays.copyOf(text, BYTES);
  }

  @Override
  public String toString() {
    return machine + "," + doors.stream().map(Door::toString).collect(Collectors.joining(","));
  }
}
