package org.atoll.boot;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.atoll.hypercall.linux.LinuxStreams;
import org.atoll.kernel.Node;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a person's signal (hang-up, interrupt, termination) ends the process of node 0:
 * the VOS is halted in order before the JVM ends, with status 128+n as the JVM has it.
 *
 * <p>Closed by the thread that runs the VOS, after everything of the VOS is ended.
 */
final class SignalledEnd implements AutoCloseable {

  private static final long END_SECONDS = 4;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "signalled-end");
  private volatile @Nullable Node zero;
  private volatile @Nullable LinuxStreams terminal;

  SignalledEnd() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Names the node to halt; before that there is nothing to end.
   *
   * @param streams are closed even if the node does not halt in time, so that no terminal stays raw
   */
  void halts(Node node, LinuxStreams streams) {
    terminal = streams;
    zero = node;
  }

  private void end() {
    Node running = zero;
    LinuxStreams open = terminal;
    if (running == null || open == null) {
      return;
    }
    running.haltVos(LinuxVos.FAILED);
    try {
      var _ = ended.await(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.close();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException signalled) {
      // The JVM ends with the signal's status; this thread must not be quicker with another one.
      awaitTheEnd();
    }
  }

  private static void awaitTheEnd() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
