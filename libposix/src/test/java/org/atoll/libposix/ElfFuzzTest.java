package org.atoll.libposix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.atoll.abi.Errno;
import org.atoll.libposix.layout.LittleEndian;
import org.junit.jupiter.api.Test;

/** Damaged ELF files end in an errno or in a program within user memory, never in an exception. */
class ElfFuzzTest {

  private static final int FILES = 10_000;

  /** What execve may answer, as Linux does. ENOENT: the interpreter has another name. */
  private static final Set<Integer> ERRNOS =
      Set.of(Errno.ENOEXEC, Errno.ELIBBAD, Errno.EIO, Errno.EINVAL, Errno.ENOENT, Errno.ELOOP);

  private static final long[] NASTY = {
    0,
    1,
    -1,
    63,
    64,
    0xfff,
    0x1000,
    0x7fff_ffff,
    0x8000_0000L,
    0xffff_ffffL,
    1L << 38,
    (1L << 38) - 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 0xfff
  };

  @Test
  void tenThousandDamagedFiles() {
    Random random = new Random(7);
    int ran = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] file = damaged(random);
      TestProcess p = new TestProcess();
      p.files.put("/x", file);
      boolean sound = random.nextInt(4) > 0;
      p.files.put("/lib/ld.so", sound ? TestElf.program(TestElf.DYN, 0).bytes() : damaged(random));
      p.first("/x", List.of("x"), List.of());
      assertEquals(1, p.turn.replies.size(), "file " + i + " of seed 7");
      if (p.turn.replies.getFirst() == 0) {
        ran++;
        assertTrue(p.machine.pc() >= 0 && p.machine.pc() < 1L << 38);
      } else {
        int errno = (int) -p.turn.replies.getFirst();
        assertTrue(ERRNOS.contains(errno), Errno.name(errno) + " of file " + i + " of seed 7");
      }
    }
    assertTrue(ran > FILES / 100, "some are harmless: " + ran);
  }

  private static byte[] damaged(Random random) {
    TestElf elf = TestElf.program(random.nextBoolean() ? TestElf.DYN : TestElf.EXEC, 0x10000);
    byte[] file = (random.nextBoolean() ? elf.interpreter("/lib/ld.so") : elf).bytes();
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(64 + 3 * 56 - 8) & -(1 << random.nextInt(4));
      switch (random.nextInt(3)) {
        case 0 -> file[at] = (byte) random.nextInt();
        case 1 -> LittleEndian.putShort(file, at, random.nextInt());
        default -> LittleEndian.putLong(file, at, NASTY[random.nextInt(NASTY.length)]);
      }
    }
    return switch (random.nextInt(20)) {
      case 0 -> Arrays.copyOf(file, random.nextInt(file.length));
      case 1 -> noise(random, 0);
      case 2 -> noise(random, 4);
      case 3 -> noise(random, 20);
      default -> file;
    };
  }

  /** Random bytes behind so many of a good header. */
  private static byte[] noise(Random random, int good) {
    byte[] file = TestElf.program(TestElf.EXEC, 0x10000).bytes();
    byte[] noise = new byte[random.nextInt(good, 4096)];
    random.nextBytes(noise);
    System.arraycopy(file, 0, noise, 0, good);
    return noise;
  }
}
