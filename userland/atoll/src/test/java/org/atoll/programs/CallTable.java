package org.atoll.programs;

import static org.atoll.programs.Assembler.*;

import java.nio.charset.StandardCharsets;

/**
 * A guest program that makes the system calls of a table, one record after the other, and ends with
 * status 0.
 *
 * <p>A record is eight 64-bit words: the number, six arguments, and where the result is put. Two
 * numbers are none of a system call: {@link #POKE} and {@link #COPY}.
 */
public final class CallTable {

  /** Words of a record. */
  public static final int RECORD_WORDS = 8;

  /** The word of a record that takes the result. */
  public static final int RESULT_WORD = 7;

  /** As a number: the word at the first argument becomes the second. */
  public static final long POKE = -1;

  /** As a number: the word at the first argument becomes the one at the second. */
  public static final long COPY = -2;

  /** Where the bytes that begin with the table are, while the program runs. */
  public static final int IMAGE = SPACE + 0x2_0000;

  /** Where there is room for anything, and how much. */
  public static final int SCRATCH = SPACE;

  /** Bytes of {@link #SCRATCH}, all of them zero at first. */
  public static final int SCRATCH_BYTES = 0x2_0000;

  /** A signal handler that just returns: the second instruction of the program. */
  public static final int HANDLER = 0x1_0000 + 64 + 2 * 56 + 4;

  private static final int A4 = 14;
  private static final int A5 = 15;
  private static final int EXIT_GROUP = 94;
  private static final int RECORD_BYTES = 8 * RECORD_WORDS;

  private CallTable() {}

  /**
   * The program's file.
   *
   * @param image little-endian: the records, and whatever they point to
   * @param records how many records it begins with
   */
  public static byte[] executable(byte[] image, int records) {
    Assembler a = new Assembler();
    a.string("image", new String(image, StandardCharsets.ISO_8859_1));
    a.j("start").ret();
    a.label("start").la(T0, "image").li(T1, IMAGE).li(T2, IMAGE + image.length);
    a.label("load").ld(A0, 0, T0).sd(A0, 0, T1).addi(T0, T0, 8).addi(T1, T1, 8);
    a.bltu(T1, T2, "load");
    a.li(S0, IMAGE).li(S1, IMAGE + records * RECORD_BYTES);
    a.label("next").bltu(S0, S1, "record").li(A0, 0).ecall(EXIT_GROUP);
    a.label("record").ld(A7, 0, S0).ld(A0, 8, S0).ld(A1, 16, S0).ld(A2, 24, S0);
    a.ld(A3, 32, S0).ld(A4, 40, S0).ld(A5, 48, S0);
    a.li(T0, (int) POKE).beq(A7, T0, "poke").li(T0, (int) COPY).beq(A7, T0, "copy");
    a.ecall().sd(A0, 8 * RESULT_WORD, S0).j("over");
    a.label("copy").ld(A1, 0, A1);
    a.label("poke").sd(A1, 0, A0);
    a.label("over").addi(S0, S0, RECORD_BYTES).j("next");
    return a.executable(IMAGE - SPACE + image.length + 0x1000);
  }
}
