package org.atoll.bench.ipc;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Two bare Disruptor rings between two threads that spin: what a call could be built on instead.
 */
final class RingPeer implements Subject {

  private static final int SLOTS = 64;

  /** A round trip takes milliseconds when both threads share a core. */
  private static final int BATCH = 20;

  /** One direction: a ring with one reader. */
  private static final class Way {
    private final RingBuffer<long[]> ring =
        RingBuffer.createSingleProducer(() -> new long[8], SLOTS, new BusySpinWaitStrategy());
    private final SequenceBarrier barrier = ring.newBarrier();
    private final Sequence read = new Sequence(-1);

    Way() {
      ring.addGatingSequences(read);
    }

    void put(long number) {
      long slot = ring.next();
      ring.get(slot)[0] = number;
      ring.publish(slot);
    }

    long take() throws AlertException, InterruptedException, TimeoutException {
      long slot = read.get() + 1;
      barrier.waitFor(slot);
      long number = ring.get(slot)[0];
      read.set(slot);
      return number;
    }
  }

  private final Way there = new Way();
  private final Way back = new Way();
  private final Thread server = new Thread(this::serve, "ring server");
  private long number;

  /** Each of the threads has a core where there are two. */
  RingPeer() throws IOException {
    Cores.pinToNth(0);
    server.setDaemon(true);
    server.start();
  }

  private void serve() {
    try {
      Cores.pinToNth(1);
      while (true) {
        back.put(NullServer.next(there.take()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (AlertException | InterruptedException | TimeoutException ended) {
      // The round is over.
    }
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public void run(double[] nanos) throws IOException {
    for (int i = 0; i < nanos.length; i++) {
      long before = System.nanoTime();
      roundTrips();
      nanos[i] = (double) (System.nanoTime() - before) / BATCH;
    }
  }

  private void roundTrips() throws IOException {
    for (int i = 0; i < BATCH; i++) {
      there.put(number);
      long answer = taken();
      if (answer != NullServer.next(number)) {
        throw new IllegalStateException("answered " + answer);
      }
      number = answer;
    }
  }

  private long taken() throws IOException {
    try {
      return back.take();
    } catch (AlertException | InterruptedException | TimeoutException ended) {
      throw new IOException("the other thread has ended", ended);
    }
  }

  @Override
  public Counters counters() {
    return Counters.ofThisThread();
  }

  @Override
  public void close() throws IOException {
    there.barrier.alert();
    try {
      server.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
