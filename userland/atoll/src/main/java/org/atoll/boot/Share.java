package org.atoll.boot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;

/**
 * A folder or file of the host that the VOS shares.
 *
 * @param host its path on the host
 * @param guest where it is mounted: an absolute path, one char for each byte
 * @param readOnly whether the VOS may only read it
 */
public record Share(Path host, String guest, boolean readOnly) {

  /** What {@code -v} takes: HOST:GUEST, HOST:GUEST:ro or HOST:GUEST:rw. */
  public static Share parse(String text) {
    String[] parts = text.split(":", -1);
    boolean readOnly = parts.length == 3 && parts[2].equals("ro");
    boolean known = parts.length == 2 || readOnly || parts.length == 3 && parts[2].equals("rw");
    if (!known || parts[0].isEmpty()) {
      throw new IllegalArgumentException(
          "-v takes HOST:GUEST, HOST:GUEST:ro or HOST:GUEST:rw, and not '" + text + "'");
    }
    if (!parts[1].startsWith("/") || parts[1].chars().allMatch(c -> c == '/')) {
      throw new IllegalArgumentException(
          "-v " + text + ": the guest's path must begin with / and name a folder below it");
    }
    return new Share(
        Path.of(parts[0]).toAbsolutePath().normalize(),
        new String(parts[1].getBytes(UTF_8), ISO_8859_1),
        readOnly);
  }
}
