package org.atoll.abi.protocol;

/** One mapping as VM lists it: little-endian fields of 64 bits at fixed offsets. */
public final class RegionRecord {

  /** Offset: first page. */
  public static final int START = 0;

  /** Offset: page after the last. */
  public static final int END = 8;

  /** Offset: PAGE_ rights of {@code KernelCalls} and the flags of this class. */
  public static final int FLAGS = 16;

  /** Offset: page of the file that is at the start. */
  public static final int OFFSET = 24;

  /** Offset: VFS's handle of the file, or 0. */
  public static final int HANDLE = 32;

  /** Offset: the file system that has the file. */
  public static final int FS = 40;

  /** Offset: its inode there. */
  public static final int INODE = 48;

  /** Offset: pages that are present. */
  public static final int RESIDENT = 56;

  /** Offset: pages that are present, and in no other address space. */
  public static final int PRIVATE = 64;

  /** Size of a record. */
  public static final int BYTES = 72;

  /** Flag: others see what is written. */
  public static final int SHARED = 0x100;

  /** Flag: the stack. */
  public static final int STACK = 0x200;

  /** Flag: between the program's end and its break. */
  public static final int HEAP = 0x400;

  private RegionRecord() {}
}
