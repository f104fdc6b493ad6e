package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.SystemName;
import org.atoll.abi.protocol.IsProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.libposix.layout.LittleEndian;

/** What the system is: its name, its memory, its processor; random bytes. */
final class SystemInfo {

  private static final int NAME_BYTES = 65;
  private static final String[] NAMES = {
    SystemName.SYSTEM,
    SystemName.HOST,
    SystemName.RELEASE,
    SystemName.VERSION,
    SystemName.MACHINE,
    SystemName.DOMAIN
  };

  /** What of a personality outlives exec: all but the domain, which is Linux's again. */
  static final int PERSONALITY_FLAGS = ~0xff;

  private static final int SYSINFO_BYTES = 112;

  /** From PM's 2048ths to 65536ths (SI_LOAD_SHIFT). */
  private static final int LOAD_SHIFT = 16 - 11;

  private static final int RANDOM_FLAGS = 7;
  private static final int PROBE_BYTES = 16;
  private static final long BASE_BEHAVIOR_IMA = 1;
  private static final long EXTENSIONS_FD_C = 3;

  private SystemInfo() {}

  static void rows(Table t) {
    t.full(160, "uname", "names:>utsname", SystemInfo::uname);
    t.refused(161, "sethostname", "the name is the system's: EPERM", Errno.EPERM);
    t.refused(162, "setdomainname", "the name is the system's: EPERM", Errno.EPERM);
    t.full(179, "sysinfo", "info:>sysinfo", SystemInfo::sysinfo);
    t.full(278, "getrandom", "buffer:>hex bytes:size flags:random-flags", SystemInfo::getrandom);
    t.full(
        258,
        "riscv_hwprobe",
        "pairs:addr count:size cpuBytes:size cpus:addr flags:x",
        SystemInfo::hardwareProbe);
    t.partial(
        92, "personality", "persona:x =x", "kept; nothing goes by it", SystemInfo::personality);
  }

  private static long uname(Call c) {
    byte[] names = new byte[NAMES.length * NAME_BYTES];
    for (int i = 0; i < NAMES.length; i++) {
      byte[] name = ExecRequest.bytes(NAMES[i]);
      System.arraycopy(name, 0, names, i * NAME_BYTES, name.length);
    }
    c.guest().write(c.arg(0), names);
    return 0;
  }

  /**
   * Of all nodes: asks the information server for the memory, PM for the processes and the load;
   * words 0 to 2 keep the answers.
   */
  private static long sysinfo(Call c) {
    switch (c.step()) {
      case 0 -> {
        return c.ask(Role.IS, IsProtocol.Call.MEMORY.encode(c.message(), -1));
      }
      case 1 -> {
        for (int i = 0; i < 2; i++) {
          c.word(i, c.answer(i));
        }
        int bytes = Limits.BUFFER_BYTES_MAX / ProcessRecord.BYTES * ProcessRecord.BYTES;
        return c.ask(Role.PM, PmProtocol.Call.LIST.encode(c.message(), 0), bytes);
      }
      case 2 -> {
        c.word(2, c.answer(0));
        return c.ask(Role.PM, PmProtocol.Call.LOAD.encode(c.message()));
      }
      default -> {
        byte[] info = new byte[SYSINFO_BYTES];
        LittleEndian.putLong(info, 0, c.kernel().nowNanos() / Times.NANOS_PER_SECOND);
        for (int i = 1; i <= 3; i++) {
          LittleEndian.putLong(info, 8 * i, c.answer(i) << LOAD_SHIFT);
        }
        LittleEndian.putLong(info, 32, c.word(0));
        LittleEndian.putLong(info, 40, c.word(1));
        LittleEndian.putShort(info, 80, (int) c.word(2));
        LittleEndian.putInt(info, 104, 1);
        c.guest().write(c.arg(0), info);
        return 0;
      }
    }
  }

  private static long getrandom(Call c) {
    if ((c.intArg(2) & ~RANDOM_FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    long wanted = Math.min(Math.max(c.arg(1), 0), 0x1ff_ffffL);
    if (c.arg(1) < 0) {
      wanted = 0x1ff_ffffL;
    }
    while (c.progress() < wanted) {
      long address = c.arg(0) + c.progress();
      long piece = Math.min(wanted - c.progress(), Limits.BUFFER_BYTES_MAX);
      int bytes = (int) c.guest().reach(address, piece, KernelCalls.PAGE_WRITE);
      byte[] random = new byte[bytes];
      c.kernel().random(random, 0, bytes);
      c.guest().write(address, random);
      c.advance(bytes);
    }
    return wanted;
  }

  /** Linux's Documentation/arch/riscv/hwprobe.rst. */
  private static long hardwareProbe(Call c) {
    if (c.arg(4) != 0) {
      return -Errno.EINVAL;
    }
    long count = c.arg(1);
    if (count < 0 || count > Limits.BUFFER_BYTES_MAX / PROBE_BYTES) {
      return -Errno.EINVAL;
    }
    byte[] pairs = c.guest().read(c.arg(0), (int) count * PROBE_BYTES);
    for (int at = 0; at < pairs.length; at += PROBE_BYTES) {
      long key = LittleEndian.getLong(pairs, at);
      boolean known = key >= 0 && key <= 6;
      LittleEndian.putLong(pairs, at, known ? key : -1);
      LittleEndian.putLong(pairs, at + 8, known ? probed((int) key) : 0);
    }
    c.guest().write(c.arg(0), pairs);
    return 0;
  }

  /**
   * Vendor, architecture and implementation (0 to 2) are nobody's; misaligned access (5) is of
   * unknown speed; there is no cache block to zero (6).
   */
  private static long probed(int key) {
    return switch (key) {
      case 3 -> BASE_BEHAVIOR_IMA;
      case 4 -> EXTENSIONS_FD_C;
      default -> 0;
    };
  }

  private static long personality(Call c) {
    int before = c.process().personality;
    if (c.intArg(0) != -1) {
      c.process().personality = c.intArg(0);
    }
    return before & 0xffff_ffffL;
  }
}
