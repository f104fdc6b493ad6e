package org.atoll.image.root;

import java.nio.charset.StandardCharsets;

/** The name of a file in a root: relative, without {@code .}, {@code ..} or empty components. */
public final class RootPath {
  /** Linux's PATH_MAX, without the closing NUL. */
  public static final int PATH_BYTES_MAX = 4095;

  /** Linux's NAME_MAX. */
  public static final int NAME_BYTES_MAX = 255;

  private RootPath() {}

  /**
   * Brings a name from an archive into its one form ({@code ./usr/bin/} is {@code usr/bin}); the
   * root itself is the empty string.
   *
   * @throws ImageException for an absolute name, one that climbs with {@code ..}, one that is too
   *     long, or one that is not UTF-8
   */
  public static String clean(String name) throws ImageException {
    if (name.startsWith("/")) {
      throw refused(name, "is absolute");
    }
    if (name.indexOf('\0') >= 0 || name.indexOf('\uFFFD') >= 0) {
      throw refused(name, "is not UTF-8 text");
    }
    StringBuilder clean = new StringBuilder(name.length());
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      checkPart(name, part);
      clean.append(clean.isEmpty() ? "" : "/").append(part);
    }
    if (bytes(clean.toString()) > PATH_BYTES_MAX) {
      throw refused(name.substring(0, 60) + "...", "is longer than " + PATH_BYTES_MAX + " bytes");
    }
    return clean.toString();
  }

  /** The directory that holds a clean path; empty for what is in the root itself. */
  public static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The last component of a clean path. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Puts a name into a clean directory path. */
  public static String join(String parent, String name) {
    return parent.isEmpty() ? name : parent + "/" + name;
  }

  private static void checkPart(String name, String part) throws ImageException {
    if (part.equals("..")) {
      throw refused(name, "climbs out of the root");
    }
    if (bytes(part) > NAME_BYTES_MAX) {
      throw refused(name, "has a component longer than " + NAME_BYTES_MAX + " bytes");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static ImageException refused(String name, String why) {
    return new ImageException("refused: the name '" + name + "' in the archive " + why);
  }
}
