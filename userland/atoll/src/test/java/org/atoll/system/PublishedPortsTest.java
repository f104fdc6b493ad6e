package org.atoll.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** Ports of the VOS on its host: {@code -p}. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class PublishedPortsTest {

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

  private static HttpResponse<byte[]> get(int port, String path) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client.send(
          HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a page came", e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aServerIsReachedFromTheHostWhicheverNodeItIsOn(int node) throws IOException {
    byte[] big = bench.random("big");
    LiveVos vos = bench.vos("--nodes", "2", "-p", "0:80", "-v", folder + ":/w:ro");
    vos.run("onnode " + node + " busybox httpd -h /w");
    assertArrayEquals(big, get(bench.ports.getFirst(), "/big").body());
    assertEquals(404, get(bench.ports.getFirst(), "/nothing").statusCode());
  }

  @Test
  void bytesComeInTheirOrderAndTheEndOfEachDirectionIsItsOwn() throws IOException {
    byte[] big = bench.random("big");
    bench.compile();
    LiveVos vos = bench.vos("-p", "0:80", "-v", folder + ":/w:ro");
    serve(vos, 80, "md5sum; echo end");
    try (Socket socket = new Socket(loopback, bench.ports.getFirst())) {
      socket.getOutputStream().write(big);
      socket.shutdownOutput();
      String said = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertEquals(NetWorkbench.md5(big) + "  -\nend\n", said);
    }
  }

  /** Serves a port by a script, for one connection after the other. */
  private void serve(LiveVos vos, int port, String script) {
    vos.type("/w/outside serve " + port + " '" + script + "' &");
    vos.until("ready");
  }

  @Test
  void aPortThatNobodyListensToIsReset() {
    bench.vos("-p", "0:80");
    assertThrows(IOException.class, () -> get(bench.ports.getFirst(), "/"));
  }

  @Test
  void aReaderThatStallsGetsEverythingInTheEnd() throws IOException {
    byte[] big = bench.random("big");
    bench.compile();
    LiveVos vos = bench.vos("-p", "0:80", "-v", folder + ":/w:ro");
    serve(vos, 80, "cat /w/big");
    try (Socket socket = new Socket(loopback, bench.ports.getFirst())) {
      InputStream in = socket.getInputStream();
      byte[] first = in.readNBytes(1_000);
      vos.run("jobs");
      byte[] rest = in.readNBytes(NetWorkbench.BIG_BYTES - 1_000);
      assertArrayEquals(big, NetWorkbench.join(first, rest));
    }
  }

  @Test
  void theVosSeesItsHostUnderAnAddressThatIsNotItsOwn() throws IOException {
    bench.compile();
    LiveVos vos = bench.vos("-p", "0:80", "-v", folder + ":/w:ro");
    serve(vos, 80, "echo $PEER");
    try (Socket socket = new Socket(loopback, bench.ports.getFirst())) {
      String said = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertEquals("10.64.0.254 " + socket.getLocalPort() + "\n", said);
    }
  }

  @Test
  void datagramsArriveAndAreAnsweredFromThePublishedPort() throws IOException {
    bench.compile();
    LiveVos vos = bench.vos("-p", "0:5353/udp", "-v", folder + ":/w:ro");
    vos.type("/w/outside echo 5353 &");
    vos.until("ready");
    try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
      socket.connect(new InetSocketAddress(loopback, bench.ports.getFirst()));
      socket.send(new DatagramPacket("hello".getBytes(UTF_8), 5));
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      socket.receive(answer);
      assertEquals("hello", new String(answer.getData(), 0, answer.getLength(), UTF_8));
    }
  }

  @Test
  void whenTheDriverIsKilledConnectionsAreResetAndThePortComesBack() throws IOException {
    Files.writeString(folder.resolve("x"), "hello\n");
    LiveVos vos = bench.vos("-p", "0:80", "-p", "0:81", "-v", folder + ":/w:ro");
    bench.compile();
    vos.run("busybox httpd -h /w");
    serve(vos, 81, "cat");
    assertEquals("hello\n", new String(get(bench.ports.getFirst(), "/x").body(), UTF_8));
    try (Socket socket = new Socket(loopback, bench.ports.getLast())) {
      socket.getOutputStream().write('a');
      assertEquals('a', socket.getInputStream().read());
      bench.desk.done("kill", "net-driver");
      assertThrows(IOException.class, () -> readToTheEnd(socket));
    }
    assertEquals("hello\n", new String(get(bench.ports.getFirst(), "/x").body(), UTF_8));
    bench.desk.done("kill", "net");
    vos.run("busybox httpd -h /w");
    assertEquals("hello\n", new String(get(bench.ports.getFirst(), "/x").body(), UTF_8));
  }

  private static void readToTheEnd(Socket socket) throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new IOException("ended");
    }
  }

  @Test
  void aPortInUseIsOneLineAndNothingStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
      Outcome outcome =
          bench.command.launch(
              ServiceDesk.LIMIT, "run", "-p", taken.getLocalPort() + ":80", "--", "echo", "ran");
      assertEquals(125, outcome.status());
      assertEquals("", outcome.out());
      assertEquals(
          "atoll: -p 127.0.0.1:" + taken.getLocalPort() + ": the port is in use on the host\n",
          outcome.err());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-p 80",
        "-p a:80",
        "-p 1:0",
        "-p 1-3:1-2",
        "-p 1:70000",
        "-p 1:2/icmp",
        "-p 3-1:3-1",
        "-p :1:2",
        "-p x:1:2",
        "--net all",
        "--net none -p 1:2",
        "--dns 1.2.3.4",
        "--net host --dns x"
      })
  void whatIsNoPortOrNetworkIsOneLineThatSaysWhatIs(String options) {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(List.of(options.split(" ")));
    words.addAll(List.of("--", "echo", "ran"));
    Outcome outcome = bench.command.launch(ServiceDesk.LIMIT, words.toArray(String[]::new));
    assertEquals(125, outcome.status());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
  }
}
