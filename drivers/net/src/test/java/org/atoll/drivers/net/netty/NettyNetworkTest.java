package org.atoll.drivers.net.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.atoll.abi.Errno;
import org.atoll.hypercall.Network;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxTimers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The back with real sockets; this thread is the CPU's. */
@Timeout(60)
final class NettyNetworkTest {

  private static final int MEGABYTE = 1 << 20;

  /** More than a pair of sockets of this machine holds (tcp_rmem and tcp_wmem). */
  private static final int MUCH = 64 * MEGABYTE;

  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final LoopWait wait = new LoopWait(new LinuxTimers(new Libc()));
  private final List<String> log = new ArrayList<>();
  private final NettyNetwork network = new NettyNetwork(wait.loop(), true, null, log::add);
  private final byte[] buffer = new byte[Network.BYTES_MAX];

  @AfterEach
  void close() {
    network.close();
    wait.close();
  }

  /** Waits for events until a call has something else to say than that it has to wait. */
  private int await(IntSupplier call) {
    int result = call.getAsInt();
    while (result == -Errno.EAGAIN || result == -Errno.EINPROGRESS) {
      wait.waitForEvent(() -> true, 100_000_000);
      result = call.getAsInt();
    }
    return result;
  }

  private static long[] host(int port) {
    return new long[] {0, Network.MAPPED | Network.HOST_ADDRESS & 0xffff_ffffL, port};
  }

  private long connect(ServerSocket to) {
    long handle = network.connect(host(to.getLocalPort()));
    assertEquals(0, await(() -> network.status(handle)));
    return handle;
  }

  private static CompletableFuture<Long> countToTheEnd(Socket socket) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  @Test
  void whatAPeerDoesNotReadIsNotTakenAndWhatWasTakenArrives() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, loopback)) {
      long handle = connect(server);
      Socket peer = server.accept();
      long taken = 0;
      int vain = 0;
      while (vain < 1_000) {
        int now = network.write(handle, buffer, buffer.length);
        vain = now > 0 ? 0 : vain + 1;
        taken += Math.max(0, now);
        assertTrue(taken < MUCH, "no end of what is taken");
        wait.poll();
      }
      CompletableFuture<Long> read = countToTheEnd(peer);
      assertEquals(1, await(() -> network.write(handle, buffer, 1)));
      network.shutdown(handle);
      while (!read.isDone()) {
        wait.waitForEvent(() -> true, 10_000_000);
      }
      assertEquals(taken + 1, read.join());
    }
  }

  @Test
  void nothingIsHeldThatNobodyAskedFor() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, loopback)) {
      long handle = connect(server);
      Socket peer = server.accept();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(() -> {
            try (peer) {
              for (int i = 0; i < 64; i++) {
                peer.getOutputStream().write(new byte[MEGABYTE]);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      assertEquals(1, await(() -> network.read(handle, buffer, 1)));
      for (int i = 0; i < 1_000; i++) {
        wait.poll();
      }
      int held = 0;
      for (int got = 1; got > 0; got = network.read(handle, buffer, buffer.length)) {
        held += got;
      }
      assertTrue(held <= Network.BYTES_MAX + 1, "held " + held);
      long all = held;
      for (int got = 1; got > 0; ) {
        got = await(() -> network.read(handle, buffer, buffer.length));
        all += got;
      }
      assertEquals(MUCH, all);
      writer.join();
    }
  }

  @Test
  void aResetIsTold() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, loopback)) {
      long handle = connect(server);
      try (Socket peer = server.accept()) {
        peer.setSoLinger(true, 0);
      }
      assertEquals(-Errno.ECONNRESET, await(() -> network.read(handle, buffer, 1)));
    }
  }

  @Test
  void aClosedPortRefuses() throws IOException {
    int closed;
    try (ServerSocket server = new ServerSocket(0, 5, loopback)) {
      closed = server.getLocalPort();
    }
    long handle = network.connect(host(closed));
    assertEquals(-Errno.ECONNREFUSED, await(() -> network.status(handle)));
  }

  @Test
  void aPortThatIsTakenIsNamedInOneLine() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, loopback)) {
      InetSocketAddress taken = new InetSocketAddress(loopback, server.getLocalPort());
      IOException refused =
          assertThrows(IOException.class, () -> network.publish(new Publication(taken, 80, false)));
      assertEquals(
          "-p 127.0.0.1:" + server.getLocalPort() + ": the port is in use on the host",
          refused.getMessage());
    }
  }

  @Test
  void theHostsLoopbackIsNotTheVoss() throws IOException {
    network.publish(new Publication(new InetSocketAddress(loopback, 0), 80, false));
    long port = network.published(0, new long[2]);
    String line = log.getFirst();
    int chosen = Integer.parseInt(line.replaceAll(".*:(\\d+) for.*", "$1"));
    long[] from = new long[Network.ADDRESS_WORDS];
    try (Socket client = new Socket(loopback, chosen)) {
      assertTrue(await(() -> (int) network.accept(port, from)) > 0);
      assertEquals(host(client.getLocalPort())[1], from[1]);
      assertEquals(client.getLocalPort(), from[2]);
    }
  }
}
