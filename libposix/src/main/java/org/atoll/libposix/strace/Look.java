package org.atoll.libposix.strace;

import org.jspecify.annotations.Nullable;

/** What a decoder may look at: the call's arguments, its result, and the process's memory. */
public interface Look {

  /** Argument 0 to 5 as the register has it. */
  long argument(int index);

  /** The result; 0 before there is one. */
  long result();

  /** Whether the call was answered with an errno. */
  boolean failed();

  /** The stack pointer. */
  long stackPointer();

  /** That many bytes of memory, or null when not all of them can be read. */
  byte @Nullable [] memory(long address, int bytes);

  /** How many bytes of a string are shown. */
  int stringBytes();
}
