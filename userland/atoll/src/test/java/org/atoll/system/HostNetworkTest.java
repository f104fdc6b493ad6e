package org.atoll.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** The host's network and the VOS's: {@code -p}, {@code --net} and {@code --dns}. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class HostNetworkTest {
  private static final Pattern PUBLISHED =
      Pattern.compile("published \\S+:(\\d+)(?:/udp)? for port");
  private static final int BIG_BYTES = 3_000_000;

  private final AtollCommand command = AtollCommand.ofThisBuild();
  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final List<LiveVos> started = new ArrayList<>();

  @TempDir Path folder;
  private ServiceDesk desk = new ServiceDesk(command, Path.of(""));
  private final List<Integer> ports = new ArrayList<>();

  @BeforeAll
  void build() {
    command.prepare();
  }

  @BeforeEach
  void open() {
    desk = new ServiceDesk(command, folder);
    ports.clear();
  }

  @AfterEach
  void end() {
    started.forEach(LiveVos::close);
    started.clear();
    desk.close();
  }

  /** A shell in a VOS with these options; the ports that the host chose are in {@link #ports}. */
  private LiveVos vos(String... options) {
    ProcessBuilder run = command.launcher("run");
    run.command().addAll(List.of(options));
    run.command().addAll(List.of("--", "sh"));
    run.environment().put("XDG_STATE_HOME", folder.toString());
    LiveVos vos = LiveVos.start(run.directory(folder.toFile()), folder);
    started.add(vos);
    Matcher each = PUBLISHED.matcher(vos.run(":"));
    while (each.find()) {
      ports.add(Integer.parseInt(each.group(1)));
    }
    return vos;
  }

  private HttpResponse<byte[]> get(int port, String path) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client.send(
          HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a page came", e);
    }
  }

  private void compile() throws IOException {
    try (InputStream source = getClass().getResourceAsStream("/net/outside.c")) {
      Files.copy(Objects.requireNonNull(source), folder.resolve("outside.c"));
    }
    ProcessBuilder cc = command.launcher("cc", "-Wall", "-Werror", "outside.c", "-o", "outside");
    Outcome outcome = command.run(cc.directory(folder.toFile()), ServiceDesk.LIMIT);
    assertEquals("", outcome.err());
  }

  private byte[] random(String name) throws IOException {
    byte[] bytes = new byte[BIG_BYTES];
    new Random(1).nextBytes(bytes);
    Files.write(folder.resolve(name), bytes);
    return bytes;
  }

  // ---- published ports

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aServerIsReachedFromTheHostWhicheverNodeItIsOn(int node) throws IOException {
    byte[] big = random("big");
    LiveVos vos = vos("--nodes", "2", "-p", "0:80", "-v", folder + ":/w:ro");
    vos.run("onnode " + node + " busybox httpd -h /w");
    assertArrayEquals(big, get(ports.getFirst(), "/big").body());
    assertEquals(404, get(ports.getFirst(), "/nothing").statusCode());
  }

  @Test
  void bytesComeInTheirOrderAndTheEndOfEachDirectionIsItsOwn() throws IOException {
    byte[] big = random("big");
    compile();
    LiveVos vos = vos("-p", "0:80", "-v", folder + ":/w:ro");
    serve(vos, 80, "md5sum; echo end");
    try (Socket socket = new Socket(loopback, ports.getFirst())) {
      socket.getOutputStream().write(big);
      socket.shutdownOutput();
      String said = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertEquals(md5(big) + "  -\nend\n", said);
    }
  }

  private static String md5(byte[] bytes) {
    try {
      byte[] sum = java.security.MessageDigest.getInstance("MD5").digest(bytes);
      return java.util.HexFormat.of().formatHex(sum);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Serves a port by a script, for one connection after the other. */
  private void serve(LiveVos vos, int port, String script) {
    vos.type("/w/outside serve " + port + " '" + script + "' &");
    vos.until("ready");
  }

  @Test
  void aPortThatNobodyListensToIsReset() {
    vos("-p", "0:80");
    assertThrows(IOException.class, () -> get(ports.getFirst(), "/"));
  }

  @Test
  void aReaderThatStallsGetsEverythingInTheEnd() throws IOException {
    byte[] big = random("big");
    compile();
    LiveVos vos = vos("-p", "0:80", "-v", folder + ":/w:ro");
    serve(vos, 80, "cat /w/big");
    try (Socket socket = new Socket(loopback, ports.getFirst())) {
      InputStream in = socket.getInputStream();
      byte[] first = in.readNBytes(1_000);
      vos.run("jobs");
      byte[] rest = in.readNBytes(BIG_BYTES - 1_000);
      assertArrayEquals(big, join(first, rest));
    }
  }

  private static byte[] join(byte[] first, byte[] rest) {
    byte[] all = Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }

  @Test
  void theVosSeesItsHostUnderAnAddressThatIsNotItsOwn() throws IOException {
    compile();
    LiveVos vos = vos("-p", "0:80", "-v", folder + ":/w:ro");
    serve(vos, 80, "echo $PEER");
    try (Socket socket = new Socket(loopback, ports.getFirst())) {
      String said = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertEquals("10.64.0.254 " + socket.getLocalPort() + "\n", said);
    }
  }

  @Test
  void datagramsArriveAndAreAnsweredFromThePublishedPort() throws IOException {
    compile();
    LiveVos vos = vos("-p", "0:5353/udp", "-v", folder + ":/w:ro");
    vos.type("/w/outside echo 5353 &");
    vos.until("ready");
    try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
      socket.connect(new InetSocketAddress(loopback, ports.getFirst()));
      socket.send(new DatagramPacket("hello".getBytes(UTF_8), 5));
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      socket.receive(answer);
      assertEquals("hello", new String(answer.getData(), 0, answer.getLength(), UTF_8));
    }
  }

  @Test
  void whenTheDriverIsKilledConnectionsAreResetAndThePortComesBack() throws IOException {
    Files.writeString(folder.resolve("x"), "hello\n");
    LiveVos vos = vos("-p", "0:80", "-p", "0:81", "-v", folder + ":/w:ro");
    compile();
    vos.run("busybox httpd -h /w");
    serve(vos, 81, "cat");
    assertEquals("hello\n", new String(get(ports.getFirst(), "/x").body(), UTF_8));
    try (Socket socket = new Socket(loopback, ports.getLast())) {
      socket.getOutputStream().write('a');
      assertEquals('a', socket.getInputStream().read());
      desk.done("kill", "net-driver");
      assertThrows(IOException.class, () -> readToTheEnd(socket));
    }
    assertEquals("hello\n", new String(get(ports.getFirst(), "/x").body(), UTF_8));
    desk.done("kill", "net");
    vos.run("busybox httpd -h /w");
    assertEquals("hello\n", new String(get(ports.getFirst(), "/x").body(), UTF_8));
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
          command.launch(
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
    Outcome outcome = command.launch(ServiceDesk.LIMIT, words.toArray(String[]::new));
    assertEquals(125, outcome.status());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
  }

  // ---- outgoing

  @ParameterizedTest
  @ValueSource(strings = {"none", "publish"})
  void nothingGoesOutUnasked(String net) throws IOException {
    try (ServerSocket host = new ServerSocket(0, 1, loopback)) {
      String url = "http://10.64.0.254:" + host.getLocalPort() + "/";
      LiveVos vos = vos("--net", net);
      String said = vos.run("wget -O- " + url + " 2>&1 | tail -n 1");
      assertTrue(said.contains("Network is unreachable"), said);
    }
  }

  @Test
  void programsReachTheHostByItsNameFromEveryNode() throws IOException {
    byte[] big = random("big");
    LiveVos vos = vos("--nodes", "2", "--net", "host");
    try (ServerSocket host = new ServerSocket(0, 5, loopback)) {
      String nc = "nc host.atoll.internal " + host.getLocalPort();
      for (int node = 0; node < 2; node++) {
        vos.type("onnode " + node + " sh -c '" + nc + " < /dev/null | md5sum'");
        try (Socket socket = host.accept()) {
          socket.getOutputStream().write(big);
        }
        vos.type("echo next");
        assertEquals(md5(big) + "  -\n", vos.until("next"));
      }
    }
  }

  @Test
  void whatIsRefusedIsRefusedAndWhatIsResetIsReset() throws IOException {
    compile();
    LiveVos vos = vos("--net", "host", "-v", folder + ":/w:ro");
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
    compile();
    LiveVos vos = vos("--net", "host", "-v", folder + ":/w:ro");
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
    compile();
    LiveVos vos = vos("--net", "host", "-v", folder + ":/w:ro");
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
    compile();
    LiveVos vos = vos("--net", "host", "-v", folder + ":/w:ro");
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
      LiveVos vos = vos("--net", "host", "--dns", "127.0.0.1:" + resolver.getLocalPort());
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
        byte[] answer = join(asked, record);
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
