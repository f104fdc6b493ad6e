package org.atoll.libposix.strace;

import java.util.Map;

/** What system calls on processes and the system take and fill in. */
final class Processes {

  private static final int NAME_BYTES = 65;
  private static final int SYSINFO_BYTES = 112;
  private static final int SIGNAL = 0xff;
  private static final long CLONE_SETTLS = 0x80000;
  private static final long CLONE_PARENT_SETTID = 0x100000;
  private static final long CLONE_CHILD_TIDS = 0x1200000;
  private static final String[] UTSNAME = {
    "sysname", "nodename", "release", "version", "machine", "domainname"
  };

  private Processes() {}

  static void kinds(Map<String, Kind> all) {
    all.put("clone", Processes::clone);
    all.put("status", Processes::status);
    all.put("rlimit", (out, value, size, look) -> limit(out, value, look, "RLIM_INFINITY"));
    all.put("rlimit64", (out, value, size, look) -> limit(out, value, look, "RLIM64_INFINITY"));
    all.put("utsname", Processes::names);
    all.put("sysinfo", Processes::system);
  }

  private static void clone(StringBuilder out, long flags, long size, Look look) {
    Numbers.address(out.append("child_stack="), look.argument(1));
    out.append(", flags=");
    int start = out.length();
    long left = Symbols.more(out, "clone-flags", flags & ~SIGNAL & 0xffff_ffffL, "");
    String bar = out.length() == start ? "" : "|";
    if (left != 0) {
      Numbers.hex(out.append(bar), left);
    }
    int signal = (int) flags & SIGNAL;
    out.append(signal == 0 && out.length() > start ? "" : bar + SignalNames.of(signal));
    if ((flags & CLONE_PARENT_SETTID) != 0) {
      Numbers.address(out.append(", parent_tid="), look.argument(2));
    }
    if ((flags & CLONE_SETTLS) != 0) {
      Numbers.address(out.append(", tls="), look.argument(3));
    }
    if ((flags & CLONE_CHILD_TIDS) != 0) {
      Numbers.address(out.append(", child_tidptr="), look.argument(4));
    }
  }

  private static void status(StringBuilder out, long address, long result, Look look) {
    if (result == 0) {
      Numbers.address(out, address);
      return;
    }
    Memory.of(out, address, 4, look, m -> status(out.append("[{"), m.intAt(0)).append("}]"));
  }

  private static StringBuilder status(StringBuilder out, int status) {
    if (status == 0xffff) {
      return out.append("WIFCONTINUED(s)");
    }
    int signal = status & 0x7f;
    if (signal == 0) {
      return out.append("WIFEXITED(s) && WEXITSTATUS(s) == ").append(status >> 8 & 0xff);
    }
    if ((status & 0xff) == 0x7f) {
      String stop = SignalNames.of(status >> 8 & 0xff);
      return out.append("WIFSTOPPED(s) && WSTOPSIG(s) == ").append(stop);
    }
    out.append("WIFSIGNALED(s) && WTERMSIG(s) == ").append(SignalNames.of(signal));
    return out.append((status & 0x80) != 0 ? " && WCOREDUMP(s)" : "");
  }

  private static void limit(StringBuilder out, long address, Look look, String infinity) {
    Memory.of(
        out,
        address,
        16,
        look,
        m -> {
          amount(out.append("{rlim_cur="), m.longAt(0), infinity);
          amount(out.append(", rlim_max="), m.longAt(8), infinity);
          out.append('}');
        });
  }

  private static void amount(StringBuilder out, long value, String infinity) {
    if (value == -1) {
      out.append(infinity);
    } else if (value > 1024 && value % 1024 == 0) {
      out.append(value / 1024).append("*1024");
    } else {
      out.append(Long.toUnsignedString(value));
    }
  }

  private static void names(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        NAME_BYTES * UTSNAME.length,
        look,
        m -> {
          for (int i = 0; i < 3; i++) {
            out.append(i == 0 ? "{" : ", ").append(UTSNAME[i]).append('=');
            Strings.string(out, address + (long) NAME_BYTES * i, look, NAME_BYTES);
          }
          out.append(", ...}");
        });
  }

  private static void system(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        SYSINFO_BYTES,
        look,
        m -> {
          out.append("{uptime=").append(m.longAt(0)).append(", loads=[").append(m.longAt(8));
          out.append(", ").append(m.longAt(16)).append(", ").append(m.longAt(24)).append(']');
          out.append(", totalram=").append(m.longAt(32)).append(", freeram=").append(m.longAt(40));
          out.append(", sharedram=")
              .append(m.longAt(48))
              .append(", bufferram=")
              .append(m.longAt(56));
          out.append(", totalswap=")
              .append(m.longAt(64))
              .append(", freeswap=")
              .append(m.longAt(72));
          out.append(", procs=").append(m.shortAt(80)).append(", totalhigh=").append(m.longAt(88));
          out.append(", freehigh=").append(m.longAt(96)).append(", mem_unit=").append(m.intAt(104));
          out.append('}');
        });
  }
}
