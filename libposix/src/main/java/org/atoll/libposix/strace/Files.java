package org.atoll.libposix.strace;

import java.util.Map;

/** What system calls on files take and fill in. */
final class Files {

  private static final int O_CREAT = 0x40;
  private static final int O_TMPFILE = 0x410000;
  private static final int O_ACCMODE = 3;
  private static final int MAP_TYPE = 15;
  private static final int STATX_SYNC = 0x6000;
  private static final int S_IFMT = 0170000;
  private static final int S_IFCHR = 0020000;
  private static final int S_IFBLK = 0060000;
  private static final int STAT_BYTES = 128;
  private static final int STATX_BYTES = 256;
  private static final int STATFS_BYTES = 120;
  private static final int ENTRY_LENGTH = 16;
  private static final int MREMAP_FIXED = 2;

  private Files() {}

  static void kinds(Map<String, Kind> all) {
    all.put("open-flags", (out, value, size, look) -> openFlags(out, value));
    all.put(
        "open-mode",
        ((Kind) (out, value, size, look) -> Numbers.octal(out, value))
            .when(look -> creates(look.argument(2))));
    all.put(
        "mmap-flags",
        (out, value, size, look) -> Symbols.mixed(out, "mmap-type", MAP_TYPE, "mmap-rest", value));
    all.put("mremap-address", Numbers.ADDRESS.when(look -> (look.argument(3) & MREMAP_FIXED) != 0));
    all.put("access", Files::access);
    all.put("statx-flags", Files::statxFlags);
    all.put("mode", (out, value, size, look) -> mode(out, (int) value));
    all.put(
        "node-device",
        ((Kind) (out, value, size, look) -> device(out, value))
            .when(look -> special((int) look.argument(2))));
    all.put("stat", Files::stat);
    all.put("statx", Files::statx);
    all.put("statfs", Files::statfs);
    all.put("entries", Files::entries);
  }

  static void openFlags(StringBuilder out, long value) {
    Symbols.mixed(out, "open-access", O_ACCMODE, "open-rest", value & 0xffff_ffffL);
  }

  private static boolean creates(long flags) {
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
  }

  private static void access(StringBuilder out, long value, long size, Look look) {
    if (value == 0) {
      out.append("F_OK");
    } else {
      Symbols.flags(out, "access", value & 0xffff_ffffL);
    }
  }

  private static void statxFlags(StringBuilder out, long value, long size, Look look) {
    if ((value & STATX_SYNC) == 0) {
      out.append("AT_STATX_SYNC_AS_STAT");
      long left = Symbols.more(out, "statx-rest", value, "|");
      if (left != 0) {
        Numbers.hex(out.append('|'), left);
      }
    } else {
      Symbols.flags(out, "statx-rest", value);
    }
  }

  /** Type and permissions. */
  static void mode(StringBuilder out, int mode) {
    String type = Symbols.find("file-type", mode & S_IFMT);
    out.append(type == null ? "" : type + "|");
    Numbers.octal(out, type == null ? mode : mode & ~S_IFMT);
  }

  private static boolean special(int mode) {
    return (mode & S_IFMT) == S_IFCHR || (mode & S_IFMT) == S_IFBLK;
  }

  private static void device(StringBuilder out, long number) {
    long major = number >>> 8 & 0xfff | number >>> 32 & ~0xfffL;
    long minor = number & 0xff | number >>> 12 & ~0xffL;
    makedev(out, major, minor);
  }

  private static void makedev(StringBuilder out, long major, long minor) {
    Numbers.hex(out.append("makedev("), major);
    Numbers.hex(out.append(", "), minor);
    out.append(')');
  }

  private static void stat(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        STAT_BYTES,
        look,
        m -> {
          mode(out.append("{st_mode="), m.intAt(16));
          if (special(m.intAt(16))) {
            device(out.append(", st_rdev="), m.longAt(32));
          } else {
            out.append(", st_size=").append(m.longAt(48));
          }
          out.append(", ...}");
        });
  }

  private static void statx(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        STATX_BYTES,
        look,
        m -> {
          Symbols.flags(out.append("{stx_mask="), "statx-mask", m.unsignedAt(0));
          Numbers.hex(out.append(", stx_attributes="), m.longAt(8));
          mode(out.append(", stx_mode="), m.shortAt(28));
          if (special(m.shortAt(28))) {
            makedev(out.append(", stx_rdev="), m.unsignedAt(128), m.unsignedAt(132));
          } else {
            out.append(", stx_size=").append(m.longAt(40));
          }
          out.append(", ...}");
        });
  }

  private static void statfs(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        STATFS_BYTES,
        look,
        m -> {
          Symbols.name(out.append("{f_type="), "magic", m.longAt(0));
          out.append(", f_bsize=").append(m.longAt(8));
          out.append(", f_blocks=").append(m.longAt(16));
          out.append(", f_bfree=").append(m.longAt(24));
          out.append(", f_bavail=").append(m.longAt(32));
          out.append(", f_files=").append(m.longAt(40));
          out.append(", f_ffree=").append(m.longAt(48));
          Numbers.hex(out.append(", f_fsid={val=["), m.unsignedAt(56));
          Numbers.hex(out.append(", "), m.unsignedAt(60));
          out.append("]}, f_namelen=").append(m.longAt(64));
          out.append(", f_frsize=").append(m.longAt(72));
          Symbols.flags(out.append(", f_flags="), "statfs-flags", m.longAt(80));
          out.append('}');
        });
  }

  /** How many directory entries a buffer was filled with. */
  private static void entries(StringBuilder out, long address, long size, Look look) {
    Numbers.address(out, address);
    byte[] filled = look.memory(address, Math.clamp(size, 0, 1 << 24));
    if (filled == null) {
      return;
    }
    int count = 0;
    for (int at = 0; at + ENTRY_LENGTH + 2 < filled.length; count++) {
      at += Math.max(1, new Memory(filled, at).shortAt(ENTRY_LENGTH));
    }
    out.append(" /* ").append(count).append(count == 1 ? " entry */" : " entries */");
  }
}
