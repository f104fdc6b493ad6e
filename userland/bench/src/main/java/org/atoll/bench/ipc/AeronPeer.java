package org.atoll.bench.ipc;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.FragmentHandler;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.atoll.bench.Folders;

/**
 * 64 bytes there and back between two processes by Aeron, whose media driver is a thread of the
 * first one. All three yield when they have nothing to do: spinning alone, which Aeron advises
 * where each has a core, would starve one of them here.
 */
final class AeronPeer implements Subject {

  private static final int BYTES = 64;
  private static final int THERE = 1;
  private static final int BACK = 2;

  private final int batch;
  private final Path folder = Folders.make();
  private final MediaDriver driver;
  private final Aeron aeron;
  private final Publication there;
  private final Subscription back;
  private final OtherProcess other;
  private final UnsafeBuffer request = new UnsafeBuffer(new byte[BYTES]);
  private final IdleStrategy idle = new YieldingIdleStrategy();
  private final FragmentHandler take =
      (buffer, offset, length, header) -> {
        answered(buffer.getLong(offset + Long.BYTES));
      };
  private long number;

  private AeronPeer(String there, String back, int batch) throws IOException {
    this.batch = batch;
    driver =
        MediaDriver.launchEmbedded(
            new MediaDriver.Context()
                .aeronDirectoryName(folder.resolve("aeron").toString())
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new YieldingIdleStrategy())
                .dirDeleteOnShutdown(true));
    aeron = connect(driver.aeronDirectoryName());
    this.back = aeron.addSubscription(back, BACK);
    this.there = aeron.addPublication(there, THERE);
    other = new OtherProcess(AeronPeer.class, driver.aeronDirectoryName(), there, back);
  }

  /** By memory that both processes see. */
  static AeronPeer ipc(int batch) throws IOException {
    return new AeronPeer("aeron:ipc", "aeron:ipc", batch);
  }

  /** By UDP on loopback. */
  static AeronPeer udp() throws IOException {
    return new AeronPeer(
        "aeron:udp?endpoint=127.0.0.1:" + freePort(),
        "aeron:udp?endpoint=127.0.0.1:" + freePort(),
        1);
  }

  private static int freePort() throws IOException {
    try (var socket = new java.net.DatagramSocket()) {
      return socket.getLocalPort();
    }
  }

  private static Aeron connect(String folder) {
    return Aeron.connect(new Aeron.Context().aeronDirectoryName(folder));
  }

  private void answered(long answer) {
    if (answer != NullServer.next(number)) {
      throw new IllegalStateException("answered " + answer);
    }
    number = answer;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public void run(double[] nanos) {
    for (int i = 0; i < nanos.length; i++) {
      long before = System.nanoTime();
      for (int call = 0; call < batch; call++) {
        request.putLong(0, number);
        offer(there, request, idle);
        while (back.poll(take, 1) == 0) {
          idle.idle();
        }
        idle.reset();
      }
      nanos[i] = (double) (System.nanoTime() - before) / batch;
    }
  }

  private static void offer(Publication to, UnsafeBuffer message, IdleStrategy idle) {
    while (to.offer(message) < 0) {
      if (to.isClosed()) {
        throw new IllegalStateException("the publication is closed");
      }
      idle.idle();
    }
    idle.reset();
  }

  @Override
  public Counters counters() throws IOException {
    return other.counters();
  }

  @Override
  public void close() throws IOException {
    other.close();
    aeron.close();
    driver.close();
    Folders.delete(folder);
  }

  /** The other process: folder of the driver, channels there and back. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Pinning.pinThisThread();
    try (Aeron aeron = connect(arguments[0]);
        Subscription there = aeron.addSubscription(arguments[1], THERE);
        Publication back = aeron.addPublication(arguments[2], BACK)) {
      Thread serving = new Thread(() -> serve(there, back), "answers");
      serving.setDaemon(true);
      serving.start();
      OtherProcess.say("ready");
      OtherProcess.awaitEnd();
      serving.interrupt();
      serving.join();
    }
  }

  private static void serve(Subscription there, Publication back) {
    UnsafeBuffer answer = new UnsafeBuffer(new byte[BYTES]);
    IdleStrategy idle = new YieldingIdleStrategy();
    FragmentHandler handler =
        (buffer, offset, length, header) -> {
          answer.putLong(Long.BYTES, NullServer.next(buffer.getLong(offset)));
          offer(back, answer, idle);
        };
    while (!Thread.currentThread().isInterrupted()) {
      if (there.poll(handler, 1) == 0) {
        idle.idle();
      } else {
        idle.reset();
      }
    }
  }
}
