package org.atoll.libposix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.atoll.libposix.layout.LittleEndian;

/** An ELF file made by a test. */
final class TestElf {

  static final int RISCV = 243;
  static final int EXEC = 2;
  static final int DYN = 3;
  static final int LOAD = 1;
  static final int INTERP = 3;
  static final int HEADERS = 64;

  private final byte[] header = new byte[64];
  private final List<byte[]> table = new ArrayList<>();
  private byte[] contents = new byte[0x2000];

  TestElf(int type, int machine, long entry) {
    LittleEndian.putInt(header, 0, 0x464c457f);
    header[4] = 2;
    header[5] = 1;
    header[6] = 1;
    LittleEndian.putShort(header, 16, type);
    LittleEndian.putShort(header, 18, machine);
    LittleEndian.putInt(header, 20, 1);
    LittleEndian.putLong(header, 24, entry);
    LittleEndian.putLong(header, 32, HEADERS);
    LittleEndian.putShort(header, 52, 64);
    LittleEndian.putShort(header, 54, 56);
  }

  TestElf segment(int type, int flags, long offset, long address, long fileBytes, long bytes) {
    byte[] row = new byte[56];
    LittleEndian.putInt(row, 0, type);
    LittleEndian.putInt(row, 4, flags);
    LittleEndian.putLong(row, 8, offset);
    LittleEndian.putLong(row, 16, address);
    LittleEndian.putLong(row, 24, address);
    LittleEndian.putLong(row, 32, fileBytes);
    LittleEndian.putLong(row, 40, bytes);
    LittleEndian.putLong(row, 48, 0x1000);
    table.add(row);
    return this;
  }

  TestElf interpreter(String path) {
    byte[] text = TestProcess.bytes(path + "\0");
    System.arraycopy(text, 0, contents, 0x1800, text.length);
    return segment(INTERP, 4, 0x1800, 0x1800, text.length, text.length);
  }

  /** A program of text, data and 0x500 bytes of zeros. */
  static TestElf program(int type, long base) {
    return new TestElf(type, RISCV, base + 0x100)
        .segment(LOAD, 5, 0, base, 0x1200, 0x1200)
        .segment(LOAD, 6, 0x1200, base + 0x2200, 0x100, 0x600);
  }

  byte[] bytes() {
    byte[] file = Arrays.copyOf(contents, contents.length);
    LittleEndian.putShort(header, 56, table.size());
    System.arraycopy(header, 0, file, 0, 64);
    for (int i = 0; i < table.size(); i++) {
      System.arraycopy(table.get(i), 0, file, HEADERS + 56 * i, 56);
    }
    return file;
  }
}
