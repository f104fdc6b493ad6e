package org.atoll.abi;

/**
 * A process's virtual hardware: RV64GC harts, one for each thread, and the address space they run
 * in. One hart is the current one: registers are its, and it runs when guest code is to run. At
 * first there is one, with number 0. Owner: the process's own task, during its turn.
 */
public interface Machine {

  /** Program counter. */
  long pc();

  /** Sets the program counter. */
  void pc(long value);

  /** Integer register {@code x0} to {@code x31}. */
  long x(int register);

  /** Sets an integer register; {@code x0} stays zero. */
  void x(int register, long value);

  /** Floating-point register {@code f0} to {@code f31}, raw bits. */
  long f(int register);

  /** Sets a floating-point register. */
  void f(int register, long bits);

  /** Floating-point control and status register. */
  int fcsr();

  /** Sets the floating-point control and status register. */
  void fcsr(int value);

  /**
   * Makes a hart with the registers of the current one, which stays the current one.
   *
   * @return its number, from 0 on, or {@code -EAGAIN} when there are {@link Limits#THREADS_MAX}
   */
  int makeHart();

  /** Makes a hart the current one. */
  void selectHart(int hart);

  /** Ends a hart that is not the current one; its number is free again. */
  void dropHart(int hart);

  /** The address or instruction that the last trap is about. */
  long trapValue();

  /** All registers become zero, and the harts run instructions of guest memory again. */
  void reset();

  /**
   * From its next run on, the current hart runs a program that the host holds: see {@link
   * HostedProcess}. False when there is none for it.
   */
  boolean host();

  /** How many of {@code bytes} from {@code address} on are present and readable. */
  long readable(long address, long bytes);

  /** How many of {@code bytes} from {@code address} on are present and writable. */
  long writable(long address, long bytes);

  /** Copies from guest memory; stops at the first page that is not readable. Bytes copied. */
  int copyIn(long address, byte[] target, int offset, int bytes);

  /** Copies to guest memory; stops at the first page that is not writable. Bytes copied. */
  int copyOut(long address, byte[] source, int offset, int bytes);

  /** Whether the page of an address is present and one with that of other processes. */
  boolean shared(long address);

  /** Begins a call whose buffers are this process's memory, present and pinned while it lasts. */
  long call(int destination, Message m, long inAddress, int inBytes, long outAddress, int outBytes);

  /** Makes decoded instructions forget what was written (riscv_flush_icache). */
  void fenceInstructions();
}
