package org.atoll.boot;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.atoll.boot.hosts.Guest;
import org.atoll.boot.hosts.HostChannel;
import org.atoll.boot.hosts.Membership;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.tls.OwnCertificate;
import org.atoll.drivers.link.tls.StrangerLog;
import org.jspecify.annotations.Nullable;

/**
 * Gives this machine's share to VOSes of other machines, one node at a time: listens for those that
 * know the key, and starts and ends the processes of their nodes. Each connection has a thread.
 */
public final class Agent implements Closeable {

  /** Connections at once, of strangers and others. */
  private static final int CONNECTIONS_MAX = 64;

  private static final int BACKLOG = 128;

  /** How long a VOS waits for the one before it to be over. */
  private static final long PLACE_SECONDS = 5;

  private final LinkKey key;
  private final long memoryBytes;
  private final Consumer<String> log;
  private final StrangerLog strangers;
  private final OwnCertificate own = OwnCertificate.create();
  private final SSLContext context = own.context();
  private final ServerSocket door = new ServerSocket();
  private final Semaphore connections = new Semaphore(CONNECTIONS_MAX);
  private final Semaphore place = new Semaphore(1, true);
  private final AtomicReference<@Nullable Lodger> lodger = new AtomicReference<>();

  /**
   * Listens.
   *
   * @param memoryBytes guest memory of a node; 0: as much as the VOS gives its others
   * @param log takes lines for the person
   * @throws IOException with one line, when it cannot
   */
  public Agent(InetSocketAddress at, Path keyFile, long memoryBytes, Consumer<String> log)
      throws IOException {
    key = LinkKey.read(keyFile);
    this.memoryBytes = memoryBytes;
    this.log = log;
    strangers = new StrangerLog(log);
    try {
      door.bind(at, BACKLOG);
    } catch (IOException refused) {
      door.close();
      String where = at.getHostString() + ":" + at.getPort();
      throw new IOException("--listen " + where + ": " + refused.getMessage(), refused);
    }
  }

  /** Makes the key that machines prove to each other, in a new file. */
  public static void makeKey(Path file) throws IOException {
    var _ = LinkKey.create(file);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  /** Lets VOSes in until it is closed. */
  public void serve() throws IOException {
    while (!door.isClosed()) {
      try {
        Socket visitor = door.accept();
        if (connections.tryAcquire()) {
          Thread.ofVirtual().start(() -> visited(visitor));
        } else {
          strangers.sentAway(visitor, "too many connections at once");
          visitor.close();
        }
      } catch (IOException failed) {
        if (!door.isClosed()) {
          throw failed;
        }
      }
    }
  }

  private void visited(Socket visitor) {
    try (visitor) {
      HostChannel channel = HostChannel.accept(visitor, key, own, context);
      try (Guest guest = new Guest(channel)) {
        serve(guest);
      }
    } catch (IOException | RuntimeException stranger) {
      if (!door.isClosed()) {
        strangers.sentAway(visitor, String.valueOf(stranger.getMessage()));
      }
    } finally {
      connections.release();
    }
  }

  private void serve(Guest guest) throws IOException {
    if (!hasPlace()) {
      guest.refuse("the agent serves another VOS");
      log.accept("sent away " + guest + ": another VOS is served");
      return;
    }
    try {
      lodge(guest);
    } finally {
      lodger.set(null);
      place.release();
    }
  }

  private boolean hasPlace() throws IOException {
    try {
      return place.tryAcquire(PLACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      throw new IOException("interrupted", ended);
    }
  }

  private void lodge(Guest guest) {
    try {
      Membership asked = guest.offer();
      long start = guest.startNanos();
      Membership given = memoryBytes == 0 ? asked : asked.withMemory(memoryBytes);
      Lodger started = new Lodger(guest, given, start, log);
      lodger.set(started);
      if (door.isClosed()) {
        started.end();
      }
      started.await();
    } catch (IOException | RuntimeException gone) {
      log.accept(guest + " went away before it had a node: " + gone.getMessage());
    }
  }

  /** Ends everything that it has started. */
  @Override
  public void close() throws IOException {
    door.close();
    Lodger last = lodger.get();
    if (last != null) {
      last.end();
    }
  }
}
