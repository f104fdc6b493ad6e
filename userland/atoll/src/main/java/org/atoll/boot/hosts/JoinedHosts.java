package org.atoll.boot.hosts;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.tls.OwnCertificate;
import org.jspecify.annotations.Nullable;

/**
 * The other machines that a VOS spans, in the order of their nodes, which come after those of its
 * own machine. Closing tells them that the VOS ends, and waits a moment for their nodes to end.
 */
public final class JoinedHosts implements Closeable {

  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final List<JoinedHost> hosts = new ArrayList<>();
  private final @Nullable InetSocketAddress listen;

  private JoinedHosts(@Nullable InetSocketAddress listen) {
    this.listen = listen;
  }

  /** No other machine. */
  public static JoinedHosts none() {
    return new JoinedHosts(null);
  }

  /**
   * Asks agents for a node each.
   *
   * @param listen where their nodes reach node 0; null: where the agents do, any port
   * @throws IOException with one line that names the first that gives none; none is asked then
   */
  public static JoinedHosts open(
      List<InetSocketAddress> agents, Path keyFile, @Nullable InetSocketAddress listen)
      throws IOException {
    LinkKey key = LinkKey.read(keyFile);
    JoinedHosts joined = new JoinedHosts(listen);
    OwnCertificate own = OwnCertificate.create();
    try {
      for (InetSocketAddress agent : agents) {
        joined.hosts.add(JoinedHost.open(agent, key, own, Release.name()));
      }
      return joined;
    } catch (IOException refused) {
      joined.close();
      throw refused;
    }
  }

  /** How many. */
  public int count() {
    return hosts.size();
  }

  /** Where nodes of this machine listen for those of others. */
  public List<InetSocketAddress> outside() {
    if (listen != null) {
      return List.of(listen);
    }
    return addresses().stream().map(address -> new InetSocketAddress(address, 0)).toList();
  }

  /** Addresses by which other machines reach this one. */
  public List<InetAddress> addresses() {
    return listen != null
        ? List.of(listen.getAddress())
        : hosts.stream().map(JoinedHost::here).distinct().toList();
  }

  /** One of the machines. */
  public JoinedHost host(int index) {
    return hosts.get(index);
  }

  /** Doors of node 0 as that machine is to try them: first where its agent was reached from. */
  public Doors nearest(int index, Doors doors) {
    InetAddress here = hosts.get(index).here();
    List<Door> sorted = new ArrayList<>(doors.doors());
    sorted.sort(Comparator.comparing(door -> !isAt(here, door)));
    return new Doors(doors.machine(), sorted);
  }

  private static boolean isAt(InetAddress here, Door door) {
    return door.address() instanceof InetSocketAddress at && at.getAddress().equals(here);
  }

  /** Ends their nodes. */
  @Override
  public void close() throws IOException {
    long deadline = System.nanoTime() + END_NANOS;
    hosts.forEach(JoinedHost::end);
    for (JoinedHost host : hosts) {
      try {
        host.await(deadline - System.nanoTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      host.close();
    }
  }
}
