package org.atoll.libposix;

/**
 * Guest memory that a step needs and that is not present: VM is asked for it, then the step runs
 * again from its start. Carries no stack trace.
 */
final class Absent extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The first byte that is missing. */
  final long address;

  /** Bytes wanted from there on. */
  final long bytes;

  /** PAGE_READ or PAGE_WRITE of {@link org.atoll.abi.KernelCalls}. */
  final int access;

  Absent(long address, long bytes, int access) {
    super("page not present", null, false, false);
    this.address = address;
    this.bytes = bytes;
    this.access = access;
  }
}
