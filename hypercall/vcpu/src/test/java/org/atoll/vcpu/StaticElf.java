package org.atoll.vcpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The smallest executable with one segment of code and one of data. */
final class StaticElf {
  private static final int HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int PAGE = 4096;

  private StaticElf() {}

  static byte[] of(byte[] code, int codeAddress, byte[] data, int dataAddress) {
    int dataAt = PAGE + (code.length + PAGE - 1) / PAGE * PAGE;
    var elf = ByteBuffer.allocate(dataAt + data.length).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    elf.putShort((short) 2).putShort((short) 243).putInt(1);
    elf.putLong(codeAddress).putLong(HEADER).putLong(0).putInt(5);
    elf.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 2);
    elf.position(HEADER);
    segment(elf, 5, PAGE, codeAddress, code.length);
    segment(elf, 6, dataAt, dataAddress, data.length);
    elf.put(PAGE, code).put(dataAt, data);
    return elf.array();
  }

  private static void segment(ByteBuffer elf, int flags, int offset, long address, long length) {
    elf.putInt(1).putInt(flags).putLong(offset).putLong(address).putLong(address);
    elf.putLong(length).putLong(length).putLong(PAGE);
  }
}
