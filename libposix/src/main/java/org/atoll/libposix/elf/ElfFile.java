package org.atoll.libposix.elf;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Limits;
import org.atoll.libposix.layout.LittleEndian;

/**
 * What an executable ELF file says about itself, as far as exec needs it (System V ABI, chapters 4
 * and 5). Every number in it comes from a file that may be hostile: what is constructed has been
 * checked, but for the interpreter.
 *
 * @param header the file header
 * @param segments what is to be loaded, in the file's order: later ones cover earlier ones; empty
 *     when there is nothing, or something that cannot be loaded
 * @param alignment of the load address, a power of two, at least the page size
 * @param interpreterOffset where the interpreter's path is in the file; anything when there is none
 * @param interpreterBytes its length with the NUL, -1 when there is none
 */
public record ElfFile(
    ElfHeader header,
    List<Segment> segments,
    long alignment,
    long interpreterOffset,
    long interpreterBytes) {

  private static final long NONE = -1;
  private static final int PT_LOAD = 1;
  private static final int PT_INTERP = 3;
  private static final int PAGE_MASK = Limits.PAGE_BYTES - 1;

  /**
   * A part of the file that is mapped.
   *
   * @param address where, before the load bias
   * @param offset from where in the file; congruent to the address modulo the page size
   * @param fileBytes bytes from the file
   * @param bytes bytes in memory, zeros after those from the file
   * @param protection PROT_READ 1, PROT_WRITE 2, PROT_EXEC 4
   */
  public record Segment(long address, long offset, long fileBytes, long bytes, int protection) {

    /** The first address after it. */
    public long end() {
      return address + bytes;
    }
  }

  /** A file that is no executable of this machine; the message says why. */
  public static final class Malformed extends Exception {

    private static final long serialVersionUID = 1;

    Malformed(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * Reads the program headers.
   *
   * @param table the bytes of {@code header.programHeaders()} at the start
   */
  public static ElfFile parse(ElfHeader header, byte[] table, int tableBytes) throws Malformed {
    if (tableBytes < header.tableBytes()) {
      throw new Malformed("program headers lie beyond the end of the file");
    }
    List<Segment> segments = new ArrayList<>();
    boolean loadable = true;
    long alignment = Limits.PAGE_BYTES;
    long interpreterOffset = -1;
    long interpreterBytes = NONE;
    for (int i = 0; i < header.programHeaders(); i++) {
      int at = i * ElfHeader.PROGRAM_HEADER_BYTES;
      int type = LittleEndian.getInt(table, at);
      if (type == PT_LOAD) {
        loadable &= add(segments, table, at);
        long wanted = LittleEndian.getLong(table, at + 48);
        boolean sane = Long.bitCount(wanted) == 1 && wanted > 0;
        alignment = sane ? Math.max(alignment, wanted) : alignment;
      } else if (type == PT_INTERP && interpreterBytes == NONE) {
        interpreterOffset = LittleEndian.getLong(table, at + 8);
        interpreterBytes = Math.max(0, LittleEndian.getLong(table, at + 32));
      }
    }
    List<Segment> loaded = loadable ? List.copyOf(segments) : List.of();
    return new ElfFile(header, loaded, alignment, interpreterOffset, interpreterBytes);
  }

  /** Adds a segment, unless it is empty; false when it cannot be loaded. */
  private static boolean add(List<Segment> segments, byte[] table, int at) {
    long offset = LittleEndian.getLong(table, at + 8);
    long address = LittleEndian.getLong(table, at + 16);
    long fileBytes = LittleEndian.getLong(table, at + 32);
    long bytes = LittleEndian.getLong(table, at + 40);
    if (bytes == 0 && fileBytes == 0) {
      return true;
    }
    boolean sane =
        bytes > 0
            && fileBytes >= 0
            && fileBytes <= bytes
            && offset >= 0
            && offset <= Long.MAX_VALUE - Limits.USER_ADDRESS_END
            && ((address ^ offset) & PAGE_MASK) == 0;
    boolean inUserMemory =
        address >= 0
            && bytes <= Limits.USER_ADDRESS_END
            && address <= Limits.USER_ADDRESS_END - bytes;
    if (!sane || !inUserMemory) {
      return false;
    }
    int protection = protection(LittleEndian.getInt(table, at + 4));
    segments.add(new Segment(address, offset, fileBytes, bytes, protection));
    return true;
  }

  private static int protection(int flags) {
    return (flags & 4) >> 2 | flags & 2 | (flags & 1) << 2;
  }

  /** Whether the file may be loaded anywhere. */
  public boolean positionIndependent() {
    return header.positionIndependent();
  }

  /** Whether it names an interpreter. */
  public boolean isInterpreted() {
    return interpreterBytes != NONE;
  }

  /** The first page's address, before the load bias. */
  public long start() {
    long first = segments.stream().mapToLong(Segment::address).min().orElseThrow();
    return first & -Limits.PAGE_BYTES;
  }

  /** The first page after it, before the load bias. */
  public long end() {
    return roundUp(segments.stream().mapToLong(Segment::end).max().orElseThrow());
  }

  /** Where the program headers are in memory, before the load bias; 0 when they are not loaded. */
  public long headersAddress() {
    for (Segment s : segments) {
      long into = header.tableOffset() - s.offset();
      if (into >= 0 && into < s.fileBytes()) {
        return s.address() + into;
      }
    }
    return 0;
  }

  static long roundUp(long address) {
    return address + PAGE_MASK & -Limits.PAGE_BYTES;
  }

  static void check(boolean condition, String otherwise) throws Malformed {
    if (!condition) {
      throw new Malformed(otherwise);
    }
  }
}
