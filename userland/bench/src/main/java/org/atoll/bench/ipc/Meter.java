package org.atoll.bench.ipc;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;

/**
 * Tells what its node has used so far: 0, bytes that its CPU allocated, ns of its process, ms of
 * its compilers.
 */
final class Meter extends StrictTask {

  /** The only call. */
  static final int READ = 0x7f01;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @Override
  public void request(Turn turn, long request, Message m) {
    long bytes = threads.getCurrentThreadAllocatedBytes();
    Message used = turn.scratch();
    used.set(
        0, 0, bytes, process.getProcessCpuTime(), compilers.getTotalCompilationTime(), 0, 0, 0);
    turn.reply(request, used);
  }
}
