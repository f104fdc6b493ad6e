package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host's network for programs of the VOS: {@code --net} and {@code --dns}. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class OutgoingNetworkTest {

  private final InetAddress loopback = InetAddress.getLoopbackAddress();

  @TempDir Path folder;
  private NetWorkbench bench = new NetWorkbench(Path.of(""));

  @BeforeAll
  void build() {
    AtollCommand.ofThisBuild().prepare();
  }

  @BeforeEach
  void open() {
    bench = new NetWorkbench(folder);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "publish"})
  void nothingGoesOutUnasked(String net) throws IOException {
    try (ServerSocket host = new ServerSocket(0, 1, loopback)) {
      String url = "http://10.64.0.254:" + host.getLocalPort() + "/";
      LiveVos vos = bench.vos("--net", net);
      String said = vos.run("wget -O- " + url + " 2>&1 | tail -n 1");
      assertTrue(said.contains("Network is unreachable"), said);
    }
  }

  @Test
  void programsReachTheHostByItsNameFromEveryNode() throws IOException {
    byte[] big = bench.random("big");
    LiveVos vos = bench.vos("--nodes", "2", "--net", "host");
    try (ServerSocket host = new ServerSocket(0, 5, loopback)) {
      String nc = "nc host.atoll.internal " + host.getLocalPort();
      for (int node = 0; node < 2; node++) {
        vos.type("onnode " + node + " sh -c '" + nc + " < /dev/null | md5sum'");
        try (Socket socket = host.accept()) {
          socket.getOutputStream().write(big);
        }
        vos.type("echo next");
        assertEquals(NetWorkbench.md5(big) + "  -\n", vos.until("next"));
      }
    }
  }

  @Test
  void whatIsRefusedIsRefusedAndWhatIsResetIsReset() throws IOException {
    bench.compile();
    LiveVos vos = bench.vos("--net", "host", "-v", folder + ":/w:ro");
    int free;
    try (ServerSocket host = new ServerSocket(0, 5, loopback)) {
      free = host.getLocalPort();
      vos.type("/w/outside receive 10.64.0.254 " + free);
      try (Socket socket = host.accept()) {
        vos.until("connect: ok");
        socket.setSoLinger(true, 0);
      }
      vos.until("read: Connection reset by peer");
    }
    vos.type("/w/outside receive 10.64.0.254 " + free);
    vos.until("connect: Connection refused");
  }

  @Test
  void aConnectionIsMadeWithoutWaitingAndNamesAreTrue() throws IOException {
    bench.compile();
    LiveVos vos = bench.vos("--net", "host", "-v", folder + ":/w:ro");
    int closed;
    try (ServerSocket host = new ServerSocket(0, 5, loopback)) {
      closed = host.getLocalPort();
      assertEquals(
          """
          connect: Operation now in progress
          SO_ERROR: Success
          peer: 10.64.0.254
          own: 10.64.0.1
          """,
          vos.run("/w/outside begin 10.64.0.254 " + closed));
    }
    assertEquals(
        """
        connect: Operation now in progress
        SO_ERROR: Connection refused
        peer: Transport endpoint is not connected
        own: 10.64.0.1
        """,
        vos.run("/w/outside begin 10.64.0.254 " + closed));
  }

  @Test
  void aHostThatDoesNotReadStopsTheWriterAndGetsEverythingInTheEnd() throws IOException {
    bench.compile();
    LiveVos vos = bench.vos("--net", "host", "-v", folder + ":/w:ro");
    try (ServerSocket host = new ServerSocket(0, 5, loopback)) {
      vos.type("/w/outside flood 10.64.0.254 " + host.getLocalPort());
      try (Socket socket = host.accept()) {
        vos.until("write: Resource temporarily unavailable");
        assertEquals(20_000_000, socket.getInputStream().readAllBytes().length);
      }
      assertEquals("all written\n", vos.run(":"));
    }
  }

  @Test
  void datagramsGoOutAndComeBackFromWhomTheyWereSentTo() throws IOException {
    bench.compile();
    LiveVos vos = bench.vos("--net", "host", "-v", folder + ":/w:ro");
    int closed;
    try (DatagramSocket none = new DatagramSocket(0, loopback)) {
      closed = none.getLocalPort();
    }
    try (DatagramSocket host = new DatagramSocket(0, loopback)) {
      vos.type("/w/outside datagrams 10.64.0.254 " + host.getLocalPort() + " " + closed);
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      host.receive(packet);
      host.send(packet);
      assertEquals(
          """
          sendto: ok
          hello from 10.64.0.254, the port is the same
          connect: ok
          own: 10.64.0.1
          send to a closed port: ok
          recv: Connection refused
          """,
          vos.run(":"));
    }
  }

  @Test
  void namesAreResolvedByWhomDnsNames() throws IOException {
    try (DatagramSocket resolver = new DatagramSocket(0, loopback)) {
      Thread.ofVirtual().start(() -> resolve(resolver));
      LiveVos vos = bench.vos("--net", "host", "--dns", "127.0.0.1:" + resolver.getLocalPort());
      assertEquals("nameserver 10.64.0.253\n", vos.run("cat /etc/resolv.conf"));
      String said = vos.run("nslookup -type=a some.name.test");
      assertTrue(said.contains("Address: 192.0.2.7"), said);
    }
  }

  /** Answers every question about an address until the socket is closed. */
  private static void resolve(DatagramSocket socket) {
    try {
      while (true) {
        DatagramPacket question = new DatagramPacket(new byte[512], 512);
        socket.receive(question);
        byte[] record = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, (byte) 192, 0, 2, 7};
        byte[] asked = Arrays.copyOf(question.getData(), question.getLength());
        byte[] answer = NetWorkbench.join(asked, record);
        answer[2] = (byte) 0x81;
        answer[3] = (byte) 0x80;
        answer[7] = 1;
        socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }
}
