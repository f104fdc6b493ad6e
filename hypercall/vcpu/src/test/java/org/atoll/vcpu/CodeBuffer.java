package org.atoll.vcpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Machine code under construction, with the few instructions that programs need around the rest.
 */
final class CodeBuffer {
  static final int ZERO = 0;
  static final int A0 = 10;
  static final int A1 = 11;
  static final int A2 = 12;
  static final int A7 = 17;

  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

  int size() {
    return bytes.position();
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  CodeBuffer word(int bits) {
    bytes.putInt(bits);
    return this;
  }

  CodeBuffer half(int bits) {
    bytes.putShort((short) bits);
    return this;
  }

  CodeBuffer append(CodeBuffer other) {
    bytes.put(other.bytes.array(), 0, other.size());
    return this;
  }

  CodeBuffer r(int opcode, int f3, int f7, int rd, int rs1, int rs2) {
    return word(f7 << 25 | rs2 << 20 | rs1 << 15 | f3 << 12 | rd << 7 | opcode);
  }

  CodeBuffer i(int opcode, int f3, int rd, int rs1, int imm) {
    return word(imm << 20 | rs1 << 15 | f3 << 12 | rd << 7 | opcode);
  }

  CodeBuffer s(int opcode, int f3, int rs1, int rs2, int imm) {
    return word(imm >> 5 << 25 | rs2 << 20 | rs1 << 15 | f3 << 12 | (imm & 31) << 7 | opcode);
  }

  CodeBuffer branch(int f3, int rs1, int rs2, int offset) {
    return word(
        (offset >>> 12 & 1) << 31
            | (offset >>> 5 & 63) << 25
            | rs2 << 20
            | rs1 << 15
            | f3 << 12
            | (offset >>> 1 & 15) << 8
            | (offset >>> 11 & 1) << 7
            | 0x63);
  }

  CodeBuffer jal(int rd, int offset) {
    return word(
        (offset >>> 20 & 1) << 31
            | (offset >>> 1 & 1023) << 21
            | (offset >>> 11 & 1) << 20
            | (offset >>> 12 & 255) << 12
            | rd << 7
            | 0x6f);
  }

  CodeBuffer lui(int rd, int value) {
    return word(value & 0xffff_f000 | rd << 7 | 0x37);
  }

  CodeBuffer addi(int rd, int rs1, int imm) {
    return i(0x13, 0, rd, rs1, imm);
  }

  /** A value of 32 bits, sign-extended. */
  CodeBuffer li(int rd, int value) {
    int low = value << 20 >> 20;
    lui(rd, value - low);
    return i(0x1b, 0, rd, rd, low);
  }

  CodeBuffer ecall() {
    return word(0x73);
  }

  CodeBuffer ebreak() {
    return word(0x0010_0073);
  }

  CodeBuffer write(int address, int bytes) {
    return addi(A0, ZERO, 1).li(A1, address).li(A2, bytes).addi(A7, ZERO, 64).ecall();
  }

  CodeBuffer exit() {
    return addi(A0, ZERO, 0).addi(A7, ZERO, 93).ecall();
  }
}
