package org.atoll.drivers.link.tls;

import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells of connections that were sent away, in few lines however many there are. Any thread. */
public final class StrangerLog {

  /** Lines in a second. */
  private static final int LINES_MAX = 8;

  private final Consumer<String> log;
  private long sinceNanos = System.nanoTime();
  private int lines;
  private int unsaid;

  /** Tells of nobody yet. */
  public StrangerLog(Consumer<String> log) {
    this.log = log;
  }

  /** A connection was closed, because it is not one that is waited for. */
  public synchronized void sentAway(Socket visitor, String reason) {
    long now = System.nanoTime();
    if (now - sinceNanos > TimeUnit.SECONDS.toNanos(1)) {
      if (unsaid > 0) {
        log.accept("closed " + unsaid + " more connections of strangers");
      }
      sinceNanos = now;
      lines = 0;
      unsaid = 0;
    }
    if (lines < LINES_MAX) {
      lines++;
      log.accept("closed a connection from " + visitor.getRemoteSocketAddress() + ": " + reason);
    } else {
      unsaid++;
    }
  }
}
