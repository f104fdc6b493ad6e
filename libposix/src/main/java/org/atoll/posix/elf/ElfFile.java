package org.atoll.posix.elf;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Limits;
import org.atoll.posix.layout.LittleEndian;

/**
 * What an executable ELF file says about itself, as far as exec needs it (System V ABI, chapters 4
 * and 5). Every number in it comes from a file that may be hostile: what is constructed has been
 * checked.
 *
 * @param header the file header
 * @param segments what is to be loaded, in ascending order of addresses, without overlap
 * @param interpreterOffset where the interpreter's path is in the file, or -1
 * @param interpreterBytes its length with the NUL
 */
public record ElfFile(
    ElfHeader header, List<Segment> segments, long interpreterOffset, int interpreterBytes) {

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
    long interpreterOffset = -1;
    int interpreterBytes = 0;
    for (int i = 0; i < header.programHeaders(); i++) {
      int at = i * ElfHeader.PROGRAM_HEADER_BYTES;
      int type = LittleEndian.getInt(table, at);
      if (type == PT_LOAD) {
        add(segments, table, at);
      } else if (type == PT_INTERP && interpreterOffset < 0) {
        interpreterOffset = LittleEndian.getLong(table, at + 8);
        interpreterBytes = interpreterBytes(LittleEndian.getLong(table, at + 32));
        check(interpreterOffset >= 0, "interpreter path outside the file");
      }
    }
    check(!segments.isEmpty(), "nothing to load");
    return new ElfFile(header, List.copyOf(segments), interpreterOffset, interpreterBytes);
  }

  private static int interpreterBytes(long bytes) throws Malformed {
    check(bytes >= 2 && bytes <= Limits.PATH_BYTES_MAX, "length of interpreter path");
    return (int) bytes;
  }

  private static void add(List<Segment> segments, byte[] table, int at) throws Malformed {
    long offset = LittleEndian.getLong(table, at + 8);
    long address = LittleEndian.getLong(table, at + 16);
    long fileBytes = LittleEndian.getLong(table, at + 32);
    long bytes = LittleEndian.getLong(table, at + 40);
    if (bytes == 0) {
      return;
    }
    check(bytes > 0 && fileBytes >= 0 && fileBytes <= bytes, "sizes of a segment");
    check(offset >= 0 && offset <= Long.MAX_VALUE - Limits.USER_ADDRESS_END, "segment offset");
    check(
        address >= 0
            && bytes <= Limits.USER_ADDRESS_END
            && address <= Limits.USER_ADDRESS_END - bytes,
        "segment outside user memory");
    check(((address ^ offset) & PAGE_MASK) == 0, "segment not aligned to pages");
    if (!segments.isEmpty()) {
      check(
          roundUp(segments.getLast().end()) <= (address & -Limits.PAGE_BYTES),
          "segments overlap or are out of order");
    }
    int protection = protection(LittleEndian.getInt(table, at + 4));
    segments.add(new Segment(address, offset, fileBytes, bytes, protection));
  }

  private static int protection(int flags) {
    return (flags & 4) >> 2 | flags & 2 | (flags & 1) << 2;
  }

  /** Whether the file may be loaded anywhere. */
  public boolean positionIndependent() {
    return header.positionIndependent();
  }

  /** The first page's address, before the load bias. */
  public long start() {
    return segments.getFirst().address() & -Limits.PAGE_BYTES;
  }

  /** The first page after it, before the load bias. */
  public long end() {
    return roundUp(segments.getLast().end());
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
