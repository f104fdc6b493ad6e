package org.atoll.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.atoll.image.root.ImageException;

/**
 * What a pax header (POSIX, pax: "pax Extended Header") says about the entry after it, as far as
 * our writer uses it.
 *
 * @param path empty when the ustar header has it, as for linkPath
 * @param size -1 when the ustar header has it, as for uid and gid
 */
record PaxRecords(
    String path,
    String linkPath,
    long size,
    long uid,
    long gid,
    boolean hasMtime,
    long mtimeSeconds) {
  static final long BYTES_MAX = 64 * 1024;

  static PaxRecords none() {
    return new PaxRecords("", "", -1, -1, -1, false, 0);
  }

  /** Reads records of the form {@code "LENGTH KEY=VALUE\n"}. */
  static PaxRecords parse(ByteBuffer bytes, Path file) throws ImageException {
    byte[] all = new byte[bytes.remaining()];
    bytes.get(all);
    PaxRecords records = none();
    int at = 0;
    while (at < all.length) {
      int space = indexOf(all, ' ', at);
      int length = space < 0 ? 0 : decimal(all, at, space);
      int equals = space < 0 ? -1 : indexOf(all, '=', space);
      if (equals < 0 || at + length > all.length || at + length <= equals) {
        throw new ImageException(file + " has a damaged pax header");
      }
      String key = new String(all, space + 1, equals - space - 1, StandardCharsets.UTF_8);
      String value = new String(all, equals + 1, at + length - equals - 2, StandardCharsets.UTF_8);
      records = records.with(key, value, file);
      at += length;
    }
    return records;
  }

  private PaxRecords with(String key, String value, Path file) throws ImageException {
    try {
      return switch (key) {
        case "path" -> new PaxRecords(value, linkPath, size, uid, gid, hasMtime, mtimeSeconds);
        case "linkpath" -> new PaxRecords(path, value, size, uid, gid, hasMtime, mtimeSeconds);
        case "size" ->
            new PaxRecords(path, linkPath, Long.parseLong(value), uid, gid, hasMtime, mtimeSeconds);
        case "uid" ->
            new PaxRecords(
                path, linkPath, size, Long.parseLong(value), gid, hasMtime, mtimeSeconds);
        case "gid" ->
            new PaxRecords(
                path, linkPath, size, uid, Long.parseLong(value), hasMtime, mtimeSeconds);
        case "mtime" -> new PaxRecords(path, linkPath, size, uid, gid, true, Long.parseLong(value));
        default ->
            throw new ImageException(
                file + " has the pax record '" + key + "', which images do not use: import it");
      };
    } catch (NumberFormatException e) {
      throw new ImageException(file + " has a pax record " + key + " that is no number", e);
    }
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int decimal(byte[] bytes, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      boolean digit = bytes[i] >= '0' && bytes[i] <= '9';
      value = digit && value <= BYTES_MAX ? value * 10 + (bytes[i] - '0') : 0;
    }
    return value;
  }
}
