package org.atoll.servers.vm;

import static org.atoll.abi.KernelCalls.PAGE_EXECUTE;
import static org.atoll.abi.KernelCalls.PAGE_READ;
import static org.atoll.abi.KernelCalls.PAGE_WRITE;

/** The numbers of mmap(2) and its kin: Linux's for riscv64. */
final class Protection {

  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int PROT_EXEC = 4;

  /** All that a protection may hold. */
  static final int PROT_ALL = PROT_READ | PROT_WRITE | PROT_EXEC;

  static final int MAP_SHARED = 1;
  static final int MAP_PRIVATE = 2;
  static final int MAP_SHARED_VALIDATE = 3;
  static final int MAP_TYPE = 0xf;
  static final int MAP_FIXED = 0x10;
  static final int MAP_ANONYMOUS = 0x20;
  static final int MAP_GROWSDOWN = 0x100;
  static final int MAP_NORESERVE = 0x4000;
  static final int MAP_POPULATE = 0x8000;
  static final int MAP_HUGETLB = 0x4_0000;
  static final int MAP_FIXED_NOREPLACE = 0x10_0000;

  private Protection() {}

  /** PAGE_ rights of a PROT_ mask. */
  static int rights(long protection) {
    return ((protection & PROT_READ) != 0 ? PAGE_READ : 0)
        | ((protection & PROT_WRITE) != 0 ? PAGE_WRITE : 0)
        | ((protection & PROT_EXEC) != 0 ? PAGE_EXECUTE : 0);
  }
}
