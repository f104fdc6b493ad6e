package org.atoll.bench;

/**
 * A layout of guest memory under comparison: how processes are made and how they reach their bytes.
 *
 * <p>A process is a number. All of them start as copies of process 0, which has {@link
 * GuestMemoryBenchmark#PAGES} pages.
 */
interface GuestMemory {
  /** Makes a process a copy of another, lazily. */
  void fork(int parent, int child);

  /** First access of a process to a page after its fork. */
  void touch(int process, int page, boolean write);

  /** Throws a process's memory away and maps pages of a file and zero pages in its place. */
  void exec(int process, int filePages, int zeroPages);

  /** Ends a process. */
  void exit(int process);

  /** Reads every {@code stride}-th long of a span of process 0, {@code n} in all; sums them. */
  long scan(int spanBytes, int stride, int n);

  /** Follows a chain of addresses in process 0, {@code n} links; answers where it ends. */
  long chase(int n);

  /** Stores a long of process 0. */
  void set(long address, long value);
}
