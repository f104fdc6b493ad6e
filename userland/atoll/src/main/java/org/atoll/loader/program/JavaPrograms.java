package org.atoll.loader.program;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.atoll.hypercall.cpu.HostedEngine;
import org.atoll.hypercall.cpu.HostedEngines;
import org.atoll.posix.gate.Gate;
import org.atoll.vcpu.hosted.HostedCpu;

/**
 * Makes of processes Java programs, each on a thread of its own.
 *
 * <p>The threads are the platform's: a virtual one that waits in a class's initializer would keep
 * its carrier, and with it the other programs. They run one at a time and CPU, so that nothing
 * hangs on their schedule.
 */
public final class JavaPrograms implements HostedEngines {

  private static final long STACK_BYTES = 1L << 20;
  private static final long IDLE_SECONDS = 10;

  private final Executor compiler;

  private JavaPrograms(Executor compiler) {
    this.compiler = compiler;
  }

  /** Compiles beside the CPUs, one source at a time. */
  public static JavaPrograms concurrent() {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("javac").factory());
    one.allowCoreThreadTimeOut(true);
    return new JavaPrograms(one);
  }

  /** Compiles while the CPU waits: the simulation, where it takes no time. */
  public static JavaPrograms sequential() {
    return new JavaPrograms(Runnable::run);
  }

  @Override
  public HostedEngine start(Runnable wake) {
    Executor threads =
        body -> Thread.ofPlatform().daemon().name("java").stackSize(STACK_BYTES).start(body);
    return new HostedCpu(
        threads, process -> Gate.run(process, gate -> new JavaCommand(gate, compiler, wake).run()));
  }
}
