package org.atoll.bench.ipc;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;

/**
 * Tells what its node has used so far: 0, bytes that its CPUs allocated, ns of its process, ms of
 * its compilers.
 */
final class Meter extends StrictTask {

  /** The only call. */
  static final int READ = 0x7f01;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Numbers of the CPUs' threads; none: the CPU is the thread that has the turn. */
  private final long[] cpus;

  /**
   * @param cpus the threads of a node of several
   */
  Meter(Thread... cpus) {
    this.cpus = Stream.of(cpus).mapToLong(Thread::threadId).toArray();
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    long bytes = allocatedBytes();
    Message used = turn.scratch();
    used.set(
        0, 0, bytes, process.getProcessCpuTime(), compilers.getTotalCompilationTime(), 0, 0, 0);
    turn.reply(request, used);
  }

  private long allocatedBytes() {
    if (cpus.length == 0) {
      return threads.getCurrentThreadAllocatedBytes();
    }
    long bytes = 0;
    for (long cpu : cpus) {
      bytes += threads.getThreadAllocatedBytes(cpu);
    }
    return bytes;
  }
}
