package org.atoll.abi;

import java.util.function.IntConsumer;

/**
 * A process, as a program sees it that the host holds and runs in the place of guest instructions:
 * system calls, guest memory, signals. To everybody else it is a process like any other.
 *
 * <p>Owner: the program's thread, which runs only while a CPU waits for it. Every method may unwind
 * it by an error that nothing must keep: then the process is over, or runs another program.
 */
public interface HostedProcess {

  /** Words that stand for the program's code (0) and for its signal handlers (their numbers). */
  int PLACES = 65;

  /** What a program is. */
  @FunctionalInterface
  interface Body {

    /**
     * Runs the program to its end.
     *
     * @return the process's exit status
     */
    int run(HostedProcess process);
  }

  /** The stack pointer at the program's begin: argument count, arguments, environment. */
  long stackPointer();

  /**
   * Makes a system call of riscv64 Linux, blocking as long as it does.
   *
   * @param arguments up to six
   * @return the result or a negated errno
   */
  long call(int number, long... arguments);

  /**
   * Forks a child that makes the system calls of a table, until one fails: 7 words of 8 bytes each,
   * the number and the arguments 0 to 5. Of the one that fails it writes the negated errno, 8
   * bytes, to a descriptor, and exits with status 127.
   *
   * @return the child's pid or a negated errno
   */
  long fork(long table, int failures);

  /** Copies from guest memory; a page that cannot be read is the process's SIGSEGV. */
  void read(long address, byte[] target, int offset, int bytes);

  /** Copies to guest memory; a page that cannot be written is the process's SIGSEGV. */
  void write(long address, byte[] source, int offset, int bytes);

  /**
   * Names the handler of a signal, 1 to 64.
   *
   * @return its address, for rt_sigaction
   */
  long handler(int signal, IntConsumer handler);

  /**
   * The program has run for a while: others may have their turn.
   *
   * @return whether they had
   */
  boolean poll(int instructions);
}
