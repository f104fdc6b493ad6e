package org.atoll.libposix.elf;

import org.atoll.abi.Limits;
import org.atoll.libposix.layout.LittleEndian;

/**
 * The header of an ELF file of 64 bits, little-endian, type EXEC or DYN.
 *
 * @param machine e_machine
 * @param positionIndependent type DYN
 * @param entry where it begins, before the load bias
 * @param tableOffset where its program headers are in the file
 * @param programHeaders how many
 */
public record ElfHeader(
    int machine, boolean positionIndependent, long entry, long tableOffset, int programHeaders) {

  /** Bytes of the header. */
  public static final int BYTES = 64;

  /** Bytes of a program header. */
  public static final int PROGRAM_HEADER_BYTES = 56;

  /** Program headers that are read: those that fit in one buffer, as on Linux. */
  public static final int PROGRAM_HEADERS_MAX = Limits.BUFFER_BYTES_MAX / PROGRAM_HEADER_BYTES;

  private static final int MACHINE_386 = 3;
  private static final int MACHINE_ARM = 40;
  private static final int MACHINE_X86_64 = 62;
  private static final int MACHINE_AARCH64 = 183;
  private static final int MACHINE_RISCV = 243;

  private static final int CLASS_64 = 2;
  private static final int TYPE_EXEC = 2;
  private static final int TYPE_DYN = 3;

  /** Whether a file's first bytes are those of an ELF file. */
  public static boolean isElf(byte[] head, int bytes) {
    return bytes >= 4 && LittleEndian.getInt(head, 0) == 0x464c457f;
  }

  /** Reads the header of an ELF file of any 64-bit machine. */
  public static ElfHeader parse(byte[] head, int bytes) throws ElfFile.Malformed {
    ElfFile.check(isElf(head, bytes), "no ELF file");
    ElfFile.check(bytes >= BYTES, "shorter than an ELF header");
    int machine = LittleEndian.getShort(head, 18);
    boolean riscv = machine == MACHINE_RISCV;
    ElfFile.check(!riscv || head[4] == CLASS_64, "not of 64 bits");
    int type = LittleEndian.getShort(head, 16);
    ElfFile.check(type == TYPE_EXEC || type == TYPE_DYN, "neither executable nor shared object");
    long entry = LittleEndian.getLong(head, 24);
    long tableOffset = LittleEndian.getLong(head, 32);
    int count = LittleEndian.getShort(head, 56);
    if (riscv) {
      ElfFile.check(
          LittleEndian.getShort(head, 54) == PROGRAM_HEADER_BYTES, "size of a program header");
      ElfFile.check(count >= 1 && count <= PROGRAM_HEADERS_MAX, "number of program headers");
      ElfFile.check(
          tableOffset >= 0 && tableOffset <= Long.MAX_VALUE - Limits.BUFFER_BYTES_MAX,
          "program headers outside the file");
    }
    return new ElfHeader(machine, type == TYPE_DYN, entry, tableOffset, count);
  }

  /** Whether it is a program of this machine. */
  public boolean isRiscv() {
    return machine == MACHINE_RISCV;
  }

  /** The name of its machine, when it is a common one. */
  public String machineName() {
    return switch (machine) {
      case MACHINE_386 -> "i386";
      case MACHINE_ARM -> "arm";
      case MACHINE_X86_64 -> "x86-64";
      case MACHINE_AARCH64 -> "aarch64";
      case MACHINE_RISCV -> "riscv64";
      default -> "ELF machine " + machine;
    };
  }

  /** Bytes of the program headers. */
  public int tableBytes() {
    return programHeaders * PROGRAM_HEADER_BYTES;
  }
}
