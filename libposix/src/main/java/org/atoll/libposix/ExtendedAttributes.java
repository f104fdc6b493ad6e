package org.atoll.libposix;

import org.atoll.abi.Errno;

/** Extended attributes: no file has any, and none can be given to one. */
final class ExtendedAttributes {

  private static final int NAME_BYTES_MAX = 255;
  private static final byte[] ITSELF = new byte[0];

  /** How a call names its file; a first call's number follows from it. */
  private enum By {
    PATH,
    LINK,
    DESCRIPTOR
  }

  private ExtendedAttributes() {}

  static void rows(Table t) {
    String[] prefixes = {"", "l", "f"};
    for (By by : By.values()) {
      String file = by == By.DESCRIPTOR ? "fd:fd" : "path:path";
      String prefix = prefixes[by.ordinal()];
      int i = by.ordinal();
      t.partial(
          5 + i,
          prefix + "setxattr",
          file + " name:string value:bytes[bytes] bytes:size flags:xattr-flags",
          "no file can have any: EOPNOTSUPP",
          c -> after(c, by, true, -Errno.EOPNOTSUPP));
      t.full(
          8 + i,
          prefix + "getxattr",
          file + " name:string value:>bytes bytes:size",
          c -> after(c, by, true, -Errno.ENODATA));
      t.full(
          11 + i,
          prefix + "listxattr",
          file + " list:>bytes bytes:size",
          c -> after(c, by, false, 0));
      t.full(
          14 + i,
          prefix + "removexattr",
          file + " name:string",
          c -> after(c, by, true, -Errno.ENODATA));
    }
  }

  /** The result, once the name is one and the file is there. */
  private static long after(Call c, By by, boolean named, long result) {
    if (c.step() > 0) {
      return result;
    }
    if (named && !isInNamespace(name(c))) {
      return -Errno.EOPNOTSUPP;
    }
    if (by == By.DESCRIPTOR) {
      return Attributes.stat(c, c.intArg(0), Names.AT_EMPTY_PATH, ITSELF);
    }
    int flags = by == By.LINK ? Names.AT_SYMLINK_NOFOLLOW : 0;
    return Attributes.stat(c, ExecRequest.AT_FDCWD, flags, c.guest().pathNotEmpty(c.arg(0)));
  }

  /** Fails with ERANGE. */
  private static String name(Call c) {
    StringBuilder name = new StringBuilder();
    byte[] one = c.guest().read(c.arg(1), 1);
    while (one[0] != 0 && name.length() <= NAME_BYTES_MAX) {
      name.append((char) (one[0] & 0xff));
      one = c.guest().read(c.arg(1) + name.length(), 1);
    }
    if (name.isEmpty() || name.length() > NAME_BYTES_MAX) {
      throw new Failure(Errno.ERANGE);
    }
    return name.toString();
  }

  private static boolean isInNamespace(String name) {
    return name.startsWith("user.") || name.startsWith("trusted.") || name.startsWith("security.");
  }
}
