package org.atoll.programs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Assembles the few RV64I instructions that our guest programs need into a static ELF executable
 * (RISC-V Unprivileged ISA, chapters 2 and 34; System V ABI for ELF64).
 *
 * <p>One read-execute segment holds code and strings; one page-aligned zeroed segment behind it is
 * the program's writable space ({@link #SPACE}).
 */
final class Assembler {

  static final int ZERO = 0;
  static final int RA = 1;
  static final int SP = 2;
  static final int T0 = 5;
  static final int T1 = 6;
  static final int T2 = 7;
  static final int S0 = 8;
  static final int S1 = 9;
  static final int A0 = 10;
  static final int A1 = 11;
  static final int A2 = 12;
  static final int A3 = 13;
  static final int A4 = 14;
  static final int A5 = 15;
  static final int A7 = 17;
  static final int S2 = 18;
  static final int S3 = 19;
  static final int S4 = 20;
  static final int S5 = 21;

  /** Where a program's writable space begins. */
  static final int SPACE = 0x20_0000;

  private static final int BASE = 0x1_0000;
  private static final int HEADERS = 64 + 2 * 56;

  private interface Late {
    int encode(int at);
  }

  private final List<Late> code = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<String, byte[]> strings = new HashMap<>();
  private final List<String> stringOrder = new ArrayList<>();

  /** Names the next instruction. */
  Assembler label(String name) {
    if (labels.put(name, address(code.size())) != null) {
      throw new IllegalArgumentException("label twice: " + name);
    }
    return this;
  }

  /** A string in the code's segment, ended by a NUL; its label is {@code name}. */
  Assembler string(String name, String text) {
    strings.put(name, (text + "\0").getBytes(StandardCharsets.ISO_8859_1));
    stringOrder.add(name);
    return this;
  }

  /** rd = rs + immediate (-2048 to 2047). */
  Assembler addi(int rd, int rs, int immediate) {
    return emit(immediate << 20 | rs << 15 | rd << 7 | 0x13);
  }

  /** rd = rs. */
  Assembler mv(int rd, int rs) {
    return addi(rd, rs, 0);
  }

  /** rd = rs1 + rs2. */
  Assembler add(int rd, int rs1, int rs2) {
    return emit(rs2 << 20 | rs1 << 15 | rd << 7 | 0x33);
  }

  /** rd = rs1 - rs2. */
  Assembler sub(int rd, int rs1, int rs2) {
    return emit(0x20 << 25 | rs2 << 20 | rs1 << 15 | rd << 7 | 0x33);
  }

  /** rd = rs1 / rs2, unsigned. */
  Assembler divu(int rd, int rs1, int rs2) {
    return emit(1 << 25 | rs2 << 20 | rs1 << 15 | 5 << 12 | rd << 7 | 0x33);
  }

  /** rd = rs1 % rs2, unsigned. */
  Assembler remu(int rd, int rs1, int rs2) {
    return emit(1 << 25 | rs2 << 20 | rs1 << 15 | 7 << 12 | rd << 7 | 0x33);
  }

  /** rd = rs1 * rs2. */
  Assembler mul(int rd, int rs1, int rs2) {
    return emit(1 << 25 | rs2 << 20 | rs1 << 15 | rd << 7 | 0x33);
  }

  /** rd = rs << amount. */
  Assembler slli(int rd, int rs, int amount) {
    return emit(amount << 20 | rs << 15 | 1 << 12 | rd << 7 | 0x13);
  }

  /** rd = a 32-bit constant. */
  Assembler li(int rd, int value) {
    int high = value + 0x800 >>> 12;
    int low = value << 20 >> 20;
    if (high == 0) {
      return addi(rd, ZERO, low);
    }
    emit(high << 12 | rd << 7 | 0x37);
    return emit(low << 20 | rd << 15 | rd << 7 | 0x1b);
  }

  /** rd = the address of a string. */
  Assembler la(int rd, String string) {
    code.add(pc -> upper(stringAddress(string)) << 12 | rd << 7 | 0x37);
    code.add(pc -> stringAddress(string) << 20 | rd << 15 | rd << 7 | 0x13);
    return this;
  }

  /** rd = the address of an instruction. */
  Assembler here(int rd, String label) {
    code.add(pc -> upper(labelAddress(label)) << 12 | rd << 7 | 0x37);
    code.add(pc -> labelAddress(label) << 20 | rd << 15 | rd << 7 | 0x13);
    return this;
  }

  /** rd = 64-bit word at rs + offset. */
  Assembler ld(int rd, int offset, int rs) {
    return emit(offset << 20 | rs << 15 | 3 << 12 | rd << 7 | 0x03);
  }

  /** rd = sign-extended 32-bit word at rs + offset. */
  Assembler lw(int rd, int offset, int rs) {
    return emit(offset << 20 | rs << 15 | 2 << 12 | rd << 7 | 0x03);
  }

  /** rd = byte at rs + offset. */
  Assembler lbu(int rd, int offset, int rs) {
    return emit(offset << 20 | rs << 15 | 4 << 12 | rd << 7 | 0x03);
  }

  /** Byte at rs + offset = source. */
  Assembler sb(int source, int offset, int rs) {
    return emit(offset >> 5 << 25 | source << 20 | rs << 15 | (offset & 31) << 7 | 0x23);
  }

  /** 64-bit word at rs + offset = source. */
  Assembler sd(int source, int offset, int rs) {
    return emit(offset >> 5 << 25 | source << 20 | rs << 15 | 3 << 12 | (offset & 31) << 7 | 0x23);
  }

  Assembler beq(int rs1, int rs2, String target) {
    return branch(0, rs1, rs2, target);
  }

  Assembler bne(int rs1, int rs2, String target) {
    return branch(1, rs1, rs2, target);
  }

  Assembler blt(int rs1, int rs2, String target) {
    return branch(4, rs1, rs2, target);
  }

  Assembler bge(int rs1, int rs2, String target) {
    return branch(5, rs1, rs2, target);
  }

  Assembler bltu(int rs1, int rs2, String target) {
    return branch(6, rs1, rs2, target);
  }

  /** Jumps. */
  Assembler j(String target) {
    return jal(ZERO, target);
  }

  /** Calls a routine; the return address is in ra. */
  Assembler call(String target) {
    return jal(RA, target);
  }

  /** Returns to ra. */
  Assembler ret() {
    return emit(RA << 15 | 0x67);
  }

  /** System call {@code number}. */
  Assembler ecall(int number) {
    return li(A7, number).ecall();
  }

  /** The system call whose number is in a7. */
  Assembler ecall() {
    return emit(0x73);
  }

  private Assembler branch(int condition, int rs1, int rs2, String target) {
    code.add(pc -> {
      int d = labelAddress(target) - pc;
      return (d >> 12 & 1) << 31
          | (d >> 5 & 0x3f) << 25
          | rs2 << 20
          | rs1 << 15
          | condition << 12
          | (d >> 1 & 0xf) << 8
          | (d >> 11 & 1) << 7
          | 0x63;
    });
    return this;
  }

  private Assembler jal(int rd, String target) {
    code.add(pc -> {
      int d = labelAddress(target) - pc;
      return (d >> 20 & 1) << 31
          | (d >> 1 & 0x3ff) << 21
          | (d >> 11 & 1) << 20
          | (d >> 12 & 0xff) << 12
          | rd << 7
          | 0x6f;
    });
    return this;
  }

  private Assembler emit(int instruction) {
    code.add(pc -> instruction);
    return this;
  }

  private static int address(int index) {
    return BASE + HEADERS + 4 * index;
  }

  private static int upper(int address) {
    return address + 0x800 >>> 12;
  }

  private int labelAddress(String name) {
    Integer address = labels.get(name);
    if (address == null) {
      throw new IllegalArgumentException("no such label: " + name);
    }
    return address;
  }

  private int stringAddress(String name) {
    int address = address(code.size());
    for (String each : stringOrder) {
      byte[] bytes = strings.get(each);
      if (each.equals(name)) {
        return address;
      }
      address += bytes == null ? 0 : bytes.length;
    }
    throw new IllegalArgumentException("no such string: " + name);
  }

  /** The executable: starts at the first instruction, with {@code spaceBytes} of writable space. */
  byte[] executable(int spaceBytes) {
    int textBytes =
        HEADERS + 4 * code.size() + strings.values().stream().mapToInt(s -> s.length).sum();
    ByteBuffer elf = ByteBuffer.allocate(textBytes).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    elf.putShort((short) 2).putShort((short) 243).putInt(1); // executable, RISC-V
    elf.putLong(address(0)).putLong(64).putLong(0); // entry, program headers, no sections
    elf.putInt(4).putShort((short) 64).putShort((short) 56).putShort((short) 2); // double float ABI
    elf.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    segment(elf, 5, BASE, textBytes, textBytes);
    segment(elf, 6, SPACE, 0, spaceBytes);
    for (int i = 0; i < code.size(); i++) {
      elf.putInt(code.get(i).encode(address(i)));
    }
    for (String name : stringOrder) {
      byte[] bytes = strings.get(name);
      if (bytes != null) {
        elf.put(bytes);
      }
    }
    return elf.array();
  }

  private static void segment(ByteBuffer elf, int flags, int address, int inFile, int inMemory) {
    elf.putInt(1).putInt(flags).putLong(0).putLong(address).putLong(address);
    elf.putLong(inFile).putLong(inMemory).putLong(4096);
  }
}
