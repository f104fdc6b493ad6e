package org.atoll.boot.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.tls.Introduction;
import org.atoll.drivers.link.tls.OwnCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node 0 and an agent, or strangers in their places, on loopback. */
@Timeout(120)
class HostChannelTest {

  private static final String RELEASE = "1";
  private static final long SEED = 11;

  private final LinkKey key = LinkKey.create();
  private final OwnCertificate joiner = OwnCertificate.create();
  private final OwnCertificate agent = OwnCertificate.create();

  /** What became of those who came: the release that was offered, or why they were sent away. */
  private final BlockingQueue<String> came = new LinkedBlockingQueue<>();

  private final CompletableFuture<Membership> invited = new CompletableFuture<>();
  private final CompletableFuture<Long> started = new CompletableFuture<>();
  private ServerSocket door;

  @BeforeEach
  void open() throws IOException {
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void close() throws IOException {
    door.close();
  }

  private InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  private void serve() {
    SSLContext context = agent.context();
    while (!door.isClosed()) {
      try (Socket visitor = door.accept();
          Guest guest = new Guest(HostChannel.accept(visitor, key, agent, context))) {
        came.add("proved");
        invited.complete(guest.offer(RELEASE));
        started.complete(guest.startNanos());
        String lines = "a line\n" + "x".repeat(100_000) + "\n\nno end";
        guest.tellSeen(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        guest.tellEnded(3);
      } catch (IOException stranger) {
        came.add(String.valueOf(stranger.getMessage()));
      }
    }
  }

  private String awaitVisitor() throws InterruptedException {
    return String.valueOf(came.poll(60, TimeUnit.SECONDS));
  }

  private JoinedHost join(LinkKey with, String release) throws IOException {
    return JoinedHost.open(address(), with, joiner, release);
  }

  private String refusal(LinkKey with, String release) {
    return refusal(address(), with, release);
  }

  private String refusal(InetSocketAddress by, LinkKey with, String release) {
    IOException refused =
        assertThrows(IOException.class, () -> JoinedHost.open(by, with, joiner, release));
    String name = "--join " + by.getHostString() + ":" + by.getPort() + ": ";
    String line = String.valueOf(refused.getMessage());
    assertTrue(line.startsWith(name), line);
    return line.substring(name.length());
  }

  private static Membership membership() {
    InetSocketAddress zero = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7);
    Doors doors = new Doors("machine", List.of(new Door(Door.Kind.TLS, zero)));
    return new Membership(1, 2, 0x1234, LinkKey.create(), doors, 64L << 20, true, Watching.NOTHING);
  }

  @Test
  void anInvitationArrivesAndTheEndOfTheNodeIsTold() throws Exception {
    Membership sent = membership();
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (JoinedHost host = join(key, RELEASE)) {
      host.start(sent, () -> 0, seen::add, ends::add);
      assertEquals("its process ended with status 3", ends.poll(60, TimeUnit.SECONDS));
    }
    assertEquals(List.of("a line", "x".repeat(100_000), ""), List.copyOf(seen));
    Membership read = invited.get();
    assertEquals(sent.nodeZero(), read.nodeZero());
    assertEquals(sent.withMemory(1).memoryBytes(), 1);
    assertEquals(
        List.of(1, 2, 0x1234L, 64L << 20, true),
        List.of(read.node(), read.nodes(), read.vos(), read.memoryBytes(), read.reportMissing()));
  }

  @Test
  void theAgentLearnsWhenTheVosStarted() throws Exception {
    long began = System.nanoTime() - TimeUnit.HOURS.toNanos(5);
    try (JoinedHost host = join(key, RELEASE)) {
      long before = System.nanoTime();
      host.start(membership(), () -> System.nanoTime() - began, _ -> {}, _ -> {});
      long error = Math.abs(started.get(60, TimeUnit.SECONDS) - began);
      assertTrue(error <= System.nanoTime() - before, error + " ns");
    }
  }

  @Test
  void anotherAtollIsNamed() throws Exception {
    assertEquals("its Atoll is 1, this one is 2; they must be the same", refusal(key, "2"));
  }

  @Test
  void whoDoesNotKnowTheKeyIsSentAway() throws Exception {
    assertEquals("the agent does not accept the key", refusal(LinkKey.create(), RELEASE));
    assertEquals("it does not know the key", awaitVisitor());
  }

  @Test
  void anAgentThatDoesNotKnowTheKeyIsNone() throws Exception {
    try (SSLServerSocket other =
        (SSLServerSocket) agent.context().getServerSocketFactory().createServerSocket(0)) {
      Thread.ofVirtual().start(() -> repeat(other));
      InetSocketAddress there =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), other.getLocalPort());
      IOException refused =
          assertThrows(IOException.class, () -> JoinedHost.open(there, key, joiner, RELEASE));
      assertTrue(String.valueOf(refused.getMessage()).endsWith("it does not know the key"));
    }
  }

  /** Says to a node 0 what that one has said. */
  private static void repeat(SSLServerSocket at) {
    at.setNeedClientAuth(true);
    try (SSLSocket visitor = (SSLSocket) at.accept()) {
      visitor.getInputStream().transferTo(visitor.getOutputStream());
    } catch (IOException ended) {
      // It was found out.
    }
  }

  @Test
  void whoeverStandsBetweenTheMachinesIsFoundOut() throws Exception {
    SSLContext middle = OwnCertificate.create().context();
    try (SSLServerSocket near =
        (SSLServerSocket)
            middle
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      near.setNeedClientAuth(true);
      Thread.ofVirtual().start(() -> standBetween(near, middle));
      InetSocketAddress there = new InetSocketAddress(near.getInetAddress(), near.getLocalPort());
      assertThrows(IOException.class, () -> JoinedHost.open(there, key, joiner, RELEASE));
      assertEquals("it does not know the key", awaitVisitor());
    }
  }

  private void standBetween(SSLServerSocket near, SSLContext context) {
    try {
      Socket from = near.accept();
      Socket to =
          context.getSocketFactory().createSocket(address().getAddress(), address().getPort());
      Thread.ofVirtual().start(() -> pass(to, from));
      pass(from, to);
    } catch (IOException ended) {
      came.add("not reached: " + ended);
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // One end is gone, and so is the other.
    }
  }

  @Test
  void whatAnswersWithoutTlsIsNoAgent() throws Exception {
    try (ServerSocket web = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(web));
      InetSocketAddress there = (InetSocketAddress) web.getLocalSocketAddress();
      IOException refused =
          assertThrows(IOException.class, () -> JoinedHost.open(there, key, joiner, RELEASE));
      assertTrue(
          String.valueOf(refused.getMessage()).endsWith("what answers there is no agent of Atoll"),
          String.valueOf(refused.getMessage()));
    }
  }

  private static void answer(ServerSocket web) {
    try (Socket visitor = web.accept()) {
      byte[] words = "HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      visitor.getOutputStream().write(words);
      visitor.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException ended) {
      // It has heard enough.
    }
  }

  @Test
  void whereNobodyListensThatIsSaid() throws Exception {
    // Not the door of the others: who is about to accept there may still get a connection.
    ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    InetSocketAddress address = (InetSocketAddress) nobody.getLocalSocketAddress();
    nobody.close();
    assertTrue(refusal(address, key, RELEASE).startsWith("cannot connect: "));
  }

  @Test
  void whoSaysNothingIsSentAwayInTime() throws Exception {
    try (Socket silent = new Socket(address().getAddress(), address().getPort())) {
      assertEquals("it did not answer in time", awaitVisitor());
      assertEquals(-1, silent.getInputStream().read());
    }
  }

  @Test
  void noiseWithinTlsIsSentAway() throws Exception {
    Random random = new Random(SEED);
    SSLContext context = joiner.context();
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[Introduction.GREETING_BYTES + random.nextInt(200)];
      random.nextBytes(noise);
      if (i % 2 == 0) {
        ByteBuffer.wrap(noise)
            .put("ATOLHOST".getBytes(StandardCharsets.US_ASCII))
            .putInt(Introduction.Purpose.NODE.version());
      }
      try (Socket stranger =
          context.getSocketFactory().createSocket(address().getAddress(), address().getPort())) {
        stranger.getOutputStream().write(noise);
        stranger.shutdownOutput();
        stranger.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      } catch (IOException closed) {
        // That is what happens to a stranger, at any moment.
      }
      String reason = awaitVisitor();
      assertTrue(!reason.equals("proved") && !reason.equals("null"), "seed " + SEED + ": " + i);
    }
  }
}
