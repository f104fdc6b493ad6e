package org.atoll.kernel;

import java.util.concurrent.Executors;
import org.atoll.hypercall.coroutine.Continuations;
import org.atoll.hypercall.coroutine.PlatformThreads;
import org.atoll.hypercall.coroutine.VirtualThreads;
import org.atoll.hypercall.cpu.Coroutines;

/** What carries the stacks of a test's tasks. */
enum Carrier {
  CONTINUATION,
  VIRTUAL_THREAD,
  PLATFORM_THREAD;

  Coroutines stacks() {
    return switch (this) {
      case CONTINUATION -> new Continuations();
      case VIRTUAL_THREAD -> new VirtualThreads();
      case PLATFORM_THREAD ->
          new PlatformThreads(
              Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory()));
    };
  }
}
