package org.atoll.boot.hosts;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.tls.Deadline;
import org.atoll.drivers.link.tls.OwnCertificate;

/** Another machine that gives a node to the VOS, as node 0 sees it: the conversation with it. */
public final class JoinedHost implements Closeable {

  private static final byte[] NOTHING = {};
  private static final Duration OFFER = Duration.ofSeconds(10);

  private final HostChannel channel;
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean started;

  private JoinedHost(HostChannel channel) {
    this.channel = channel;
  }

  /**
   * Asks an agent for a node.
   *
   * @param release which Atoll this is: the agent must be the same
   * @throws IOException with one line that names the agent and what is wrong
   */
  static JoinedHost open(InetSocketAddress agent, LinkKey key, OwnCertificate own, String release)
      throws IOException {
    String host = agent.getHostString();
    String name = (host.contains(":") ? "[" + host + "]" : host) + ":" + agent.getPort();
    try {
      if (agent.isUnresolved()) {
        throw new IOException("unknown host");
      }
      HostChannel channel = HostChannel.join(agent, key, own);
      try {
        takeOffer(channel, release);
        return new JoinedHost(channel);
      } catch (IOException refused) {
        channel.close();
        throw refused;
      }
    } catch (IOException reason) {
      throw new IOException("--join " + name + ": " + said(reason), reason);
    }
  }

  private static void takeOffer(HostChannel channel, String release) throws IOException {
    try (Deadline _ = channel.within(OFFER)) {
      HostChannel.Said said = channel.hear();
      if (said.is(HostChannel.Word.BUSY)) {
        throw new IOException(text(said.expect(HostChannel.Word.BUSY)));
      }
      String theirs = text(said.expect(HostChannel.Word.OFFER));
      if (!theirs.equals(release)) {
        throw new IOException(
            "its Atoll is " + theirs + ", this one is " + release + "; they must be the same");
      }
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String said(IOException reason) {
    return switch (reason) {
      case SSLException _ -> "what answers there is no agent of Atoll";
      case EOFException _ -> "the agent does not accept the key";
      case SocketException _ -> "cannot connect: " + reason.getMessage();
      default -> String.valueOf(reason.getMessage());
    };
  }

  /** Address of this machine by which that one reaches it. */
  InetAddress here() {
    return channel.here();
  }

  /**
   * Has the machine start its node.
   *
   * @param vosNanos how long the VOS runs
   * @param seen is told the lines that the node tells of
   * @param ended is told once, when the node's process has ended or its agent is gone
   */
  public void start(
      Membership membership, LongSupplier vosNanos, Consumer<String> seen, Consumer<String> ended)
      throws IOException {
    started = true;
    channel.say(HostChannel.Word.INVITATION, membership.encoded());
    Thread.ofVirtual().start(() -> listen(vosNanos, new HeardLines(seen), ended));
  }

  private void listen(LongSupplier vosNanos, HeardLines seen, Consumer<String> ended) {
    String reason;
    try {
      HostChannel.Said said = channel.hear();
      while (said.is(HostChannel.Word.TIME)) {
        byte[] time = ByteBuffer.allocate(Long.BYTES).putLong(vosNanos.getAsLong()).array();
        channel.say(HostChannel.Word.TIME_IS, time);
        said = channel.hear();
      }
      while (said.is(HostChannel.Word.SEEN)) {
        seen.take(said.expect(HostChannel.Word.SEEN));
        said = channel.hear();
      }
      byte[] status = said.expect(HostChannel.Word.ENDED);
      reason = "its process ended with status " + ByteBuffer.wrap(status).getInt();
    } catch (IOException | RuntimeException gone) {
      reason = "its agent is gone";
    }
    over.countDown();
    ended.accept(reason);
  }

  /** Tells the machine that the VOS ends. */
  void end() {
    try {
      channel.say(HostChannel.Word.END, NOTHING);
    } catch (IOException gone) {
      // Then it knows.
    }
  }

  /** Waits until the node's process has ended, if it was started, but not longer than that. */
  void await(long nanos) throws InterruptedException {
    if (started) {
      var _ = over.await(nanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
