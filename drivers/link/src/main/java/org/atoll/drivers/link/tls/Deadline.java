package org.atoll.drivers.link.tls;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A time by which something must be done: whoever is late finds the connection closed. */
public final class Deadline implements AutoCloseable {

  private final CountDownLatch met = new CountDownLatch(1);
  private volatile boolean missed;

  /** Begins to run. */
  public Deadline(Duration time, Closeable connection) {
    Thread.ofVirtual().start(() -> await(time, connection));
  }

  private void await(Duration time, Closeable connection) {
    try {
      if (!met.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        missed = true;
        connection.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException ended) {
      // It is closed, whatever it said to that.
    }
  }

  /** Whether it is over, and the connection closed. */
  public boolean missed() {
    return missed;
  }

  /** It is met. */
  @Override
  public void close() {
    met.countDown();
  }
}
