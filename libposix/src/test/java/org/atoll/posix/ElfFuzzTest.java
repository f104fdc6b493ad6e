package org.atoll.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.atoll.posix.layout.LittleEndian;
import org.junit.jupiter.api.Test;

/** Damaged ELF files end in an errno or in a program within user memory, never in an exception. */
class ElfFuzzTest {

  private static final int FILES = 10_000;
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
      p.files.put("/lib/ld.so", TestElf.program(TestElf.DYN, 0).bytes());
      p.first("/x", List.of("x"), List.of());
      assertEquals(1, p.turn.replies.size(), "file " + i + " of seed 7");
      if (p.turn.replies.getFirst() == 0) {
        ran++;
        assertTrue(p.machine.pc() >= 0 && p.machine.pc() < 1L << 38);
      } else {
        assertTrue(p.turn.replies.getFirst() < 0);
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
    return random.nextInt(20) == 0
        ? java.util.Arrays.copyOf(file, random.nextInt(file.length))
        : file;
  }
}
