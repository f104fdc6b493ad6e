package org.atoll.libposix.elf;

import java.util.ArrayList;
import java.util.List;
import org.atoll.libposix.layout.LittleEndian;

/**
 * The first stack of a program (System V ABI, "Initial process stack", and Linux's auxiliary
 * vector): argument count, argument and environment pointers, auxiliary vector, strings.
 */
public final class StackImage {

  /** Auxiliary vector: end. */
  public static final int AT_NULL = 0;

  public static final int AT_PHDR = 3;
  public static final int AT_PHENT = 4;
  public static final int AT_PHNUM = 5;
  public static final int AT_PAGESZ = 6;
  public static final int AT_BASE = 7;
  public static final int AT_FLAGS = 8;
  public static final int AT_ENTRY = 9;
  public static final int AT_UID = 11;
  public static final int AT_EUID = 12;
  public static final int AT_GID = 13;
  public static final int AT_EGID = 14;
  public static final int AT_HWCAP = 16;
  public static final int AT_CLKTCK = 17;
  public static final int AT_SECURE = 23;
  public static final int AT_RANDOM = 25;
  public static final int AT_HWCAP2 = 26;
  public static final int AT_EXECFN = 31;
  public static final int AT_MINSIGSTKSZ = 51;

  /** AT_HWCAP: a bit for each letter of the single-letter extensions, here IMAFDC. */
  public static final long HWCAP = letters("IMAFDC");

  /** Bytes behind AT_RANDOM. */
  public static final int RANDOM_BYTES = 16;

  private final long stackPointer;
  private final byte[] bytes;

  private StackImage(long stackPointer, byte[] bytes) {
    this.stackPointer = stackPointer;
    this.bytes = bytes;
  }

  /** The first stack pointer, where the bytes go. */
  public long stackPointer() {
    return stackPointer;
  }

  /** What the stack holds from the stack pointer up to its top. */
  public byte[] bytes() {
    return bytes;
  }

  /** An auxiliary vector: types and values by turns; AT_RANDOM, AT_EXECFN, AT_NULL are added. */
  public static final class Auxiliary {
    private final List<Long> words = new ArrayList<>();

    /** Appends an entry. */
    public Auxiliary add(int type, long value) {
      words.add((long) type);
      words.add(value);
      return this;
    }
  }

  /**
   * Lays the stack out.
   *
   * @param top the end of the stack, page-aligned
   * @param random {@link #RANDOM_BYTES} bytes
   */
  public static StackImage of(
      long top,
      byte[] file,
      List<byte[]> arguments,
      List<byte[]> environment,
      Auxiliary auxiliary,
      byte[] random) {
    long strings = top - 8 - bytesOf(arguments) - bytesOf(environment) - file.length - 1;
    long randomAt = (strings & -16L) - RANDOM_BYTES;
    int words = 1 + arguments.size() + 1 + environment.size() + 1 + auxiliary.words.size() + 6;
    long sp = randomAt - 8L * words & -16L;
    StackImage image = new StackImage(sp, new byte[(int) (top - sp)]);
    Cursor to = image.new Cursor(sp);
    long at = strings;
    to.word(arguments.size());
    at = image.strings(arguments, at, to);
    at = image.strings(environment, at, to);
    image.put(file, at);
    image.put(random, randomAt);
    auxiliary.words.forEach(to::word);
    to.word(AT_RANDOM);
    to.word(randomAt);
    to.word(AT_EXECFN);
    to.word(at);
    return image;
  }

  private final class Cursor {
    private long at;

    Cursor(long at) {
      this.at = at;
    }

    void word(long value) {
      LittleEndian.putLong(bytes, (int) (at - stackPointer), value);
      at += 8;
    }
  }

  private long strings(List<byte[]> all, long from, Cursor pointers) {
    long at = from;
    for (byte[] text : all) {
      pointers.word(at);
      put(text, at);
      at += text.length + 1;
    }
    pointers.word(0);
    return at;
  }

  private void put(byte[] text, long at) {
    System.arraycopy(text, 0, bytes, (int) (at - stackPointer), text.length);
  }

  private static long bytesOf(List<byte[]> strings) {
    long bytes = 0;
    for (byte[] s : strings) {
      bytes += s.length + 1;
    }
    return bytes;
  }

  private static long letters(String extensions) {
    long bits = 0;
    for (int i = 0; i < extensions.length(); i++) {
      bits |= 1L << extensions.charAt(i) - 'A';
    }
    return bits;
  }
}
