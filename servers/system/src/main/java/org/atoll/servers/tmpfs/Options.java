package org.atoll.servers.tmpfs;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * What mount(8) says after {@code -o} to a tmpfs (Linux Documentation/filesystems/tmpfs.rst), on
 * top of what was there before. A value that was not given is {@link #NOT_GIVEN}.
 */
final class Options {

  static final long NOT_GIVEN = -1;

  private static final int DEFAULT_MODE = 01777;
  private static final int PERMISSIONS = 07777;
  private static final String SUFFIXES = "kmgtpe";
  private static final int PERCENT = 100;

  /** Most frames. */
  long frames = NOT_GIVEN;

  /** Most inodes. */
  long inodes = NOT_GIVEN;

  private int mode = DEFAULT_MODE;
  private int uid;
  private int gid;

  /** Reads options that a comma separates; 0, or the negated errno when one is none. */
  int read(KernelCalls kernel, String text) {
    for (String option : text.split(",")) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      String value = equals < 0 ? "" : option.substring(equals + 1);
      try {
        if (!option.isEmpty() && !read(kernel, name, value)) {
          return -Errno.EINVAL;
        }
      } catch (NumberFormatException e) {
        return -Errno.EINVAL;
      }
    }
    return 0;
  }

  private boolean read(KernelCalls kernel, String name, String value) {
    switch (name) {
      case "size" -> frames = framesOf(kernel, value);
      case "nr_blocks" -> frames = number(value);
      case "nr_inodes" -> inodes = number(value);
      case "mode" -> mode = Integer.parseInt(value, 8) & PERMISSIONS;
      case "uid" -> uid = Integer.parseUnsignedInt(value);
      case "gid" -> gid = Integer.parseUnsignedInt(value);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Bytes, or a part of the node's memory. */
  private static long framesOf(KernelCalls kernel, String value) {
    if (value.endsWith("%")) {
      long percent = Long.parseLong(value.substring(0, value.length() - 1));
      return (long) kernel.framesTotal() * Math.clamp(percent, 0, PERCENT) / PERCENT;
    }
    return (number(value) + Limits.PAGE_BYTES - 1) / Limits.PAGE_BYTES;
  }

  /** A number with the suffixes of sizes; what it multiplies to fits. */
  private static long number(String value) {
    char last = value.isEmpty() ? ' ' : Character.toLowerCase(value.charAt(value.length() - 1));
    int power = SUFFIXES.indexOf(last) + 1;
    long number = Long.parseLong(power == 0 ? value : value.substring(0, value.length() - 1));
    int shift = 10 * power;
    if (number < 0 || number > Long.MAX_VALUE >> shift + 1) {
      throw new NumberFormatException(value);
    }
    return number << shift;
  }

  /** Gives the root directory its mode and owner. */
  void apply(Inode root) {
    root.mode = Inode.DIRECTORY | mode;
    root.uid = uid;
    root.gid = gid;
  }

  /** As {@code /proc/mounts} shows them: those that are not what they are without a word. */
  String shown() {
    StringBuilder text = new StringBuilder();
    add(text, "size=", frames, frames * (Limits.PAGE_BYTES / 1_024) + "k");
    add(text, "nr_inodes=", inodes, String.valueOf(inodes));
    add(text, "mode=", mode == DEFAULT_MODE ? NOT_GIVEN : mode, Integer.toOctalString(mode));
    add(text, "uid=", uid == 0 ? NOT_GIVEN : uid, Integer.toUnsignedString(uid));
    add(text, "gid=", gid == 0 ? NOT_GIVEN : gid, Integer.toUnsignedString(gid));
    return text.toString();
  }

  void save(StateWriter out) {
    out.writeLong(frames).writeLong(inodes).writeInt(mode).writeInt(uid).writeInt(gid);
  }

  static Options load(StateReader in) {
    Options options = new Options();
    options.frames = in.readLong();
    options.inodes = in.readLong();
    options.mode = in.readInt();
    options.uid = in.readInt();
    options.gid = in.readInt();
    return options;
  }

  private static void add(StringBuilder text, String name, long given, String value) {
    if (given != NOT_GIVEN) {
      text.append(text.isEmpty() ? "" : ",").append(name).append(value);
    }
  }
}
