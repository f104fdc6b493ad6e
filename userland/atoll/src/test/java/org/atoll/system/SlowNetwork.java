package org.atoll.system;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;

/**
 * Two network namespaces, as two machines, and the network between them: packets take their time,
 * some are lost, and it can be cut. Each namespace has a TAP device, and this process carries what
 * is sent into one to the other (not every kernel has what tc needs for that).
 */
final class SlowNetwork implements Closeable {

  static final String FIRST = "10.77.0.1";
  static final String SECOND = "10.77.0.2";

  private static final Path TUN = Path.of("/dev/net/tun");
  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 0x80000;
  private static final long TUNSETIFF = 0x400454caL;
  private static final short IFF_TAP_NO_PI = 0x1002;
  private static final int REQUEST_BYTES = 40;
  private static final int NAME_BYTES = 16;
  private static final int PACKET_BYTES_MAX = 65_536;

  private final Pty.Native libc =
      LibraryLoader.create(Pty.Native.class).option(LibraryOption.LoadNow, true).load("c");
  private final String mark = "atoll" + ProcessHandle.current().pid();
  private final int delayMillis;
  private volatile double loss;
  private final Random random;
  private final ScheduledExecutorService carrier = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean cut;

  /**
   * Makes it.
   *
   * @param delayMillis of each packet, each way
   * @param loss how many of all packets are lost, 0 to 1
   * @param seed chooses those
   */
  SlowNetwork(int delayMillis, double loss, long seed) throws Exception {
    this.delayMillis = delayMillis;
    this.loss = loss;
    random = new Random(seed);
    int first = device("a");
    int second = device("b");
    try {
      connect("a", FIRST);
      connect("b", SECOND);
    } catch (IOException refused) {
      close();
      throw refused;
    }
    carry(first, second);
    carry(second, first);
  }

  /** Why there can be none here; empty when there can. */
  static String missing() {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, "ip"))) {
        return Files.isWritable(TUN) ? "" : "no " + TUN + " that may be used: root is needed";
      }
    }
    return "no ip here: apt-get install iproute2";
  }

  /** Runs it on the first machine, or on the second. */
  ProcessBuilder on(String address, ProcessBuilder launcher) {
    String space = mark + (address.equals(FIRST) ? "a" : "b");
    launcher.command().addAll(0, List.of("ip", "netns", "exec", space));
    return launcher;
  }

  /** No packet arrives any more, or they do again. */
  void cut(boolean whether) {
    cut = whether;
  }

  /** From now on so many of all packets are lost. */
  void loses(double share) {
    loss = share;
  }

  private int device(String which) throws IOException {
    int fd = libc.open(TUN.toString(), O_RDWR | O_CLOEXEC);
    byte[] request = Arrays.copyOf(name(which).getBytes(StandardCharsets.US_ASCII), REQUEST_BYTES);
    ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).putShort(NAME_BYTES, IFF_TAP_NO_PI);
    if (fd < 0 || libc.ioctl(fd, TUNSETIFF, request) < 0) {
      throw new IOException("no device of " + TUN);
    }
    return fd;
  }

  private String name(String which) {
    return mark + which;
  }

  private void connect(String which, String address) throws Exception {
    String name = name(which);
    ip("netns", "add", name);
    ip("link", "set", name, "netns", name);
    ip("-n", name, "link", "set", "lo", "up");
    ip("-n", name, "addr", "add", address + "/30", "dev", name);
    ip("-n", name, "link", "set", name, "up");
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    ProcessBuilder ip = new ProcessBuilder("ip").redirectErrorStream(true);
    ip.command().addAll(List.of(words));
    Process process = ip.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(ip.command() + ": " + said.strip());
    }
  }

  private void carry(int from, int to) {
    Thread.ofPlatform().daemon().name("carrier-" + from).start(() -> carryAll(from, to));
  }

  /** Until the device is gone, with its namespace. */
  private void carryAll(int from, int to) {
    byte[] packet = new byte[PACKET_BYTES_MAX];
    long bytes = libc.read(from, packet, packet.length);
    while (bytes > 0) {
      if (!cut && !isLost()) {
        byte[] copy = Arrays.copyOf(packet, (int) bytes);
        schedule(to, copy);
      }
      bytes = libc.read(from, packet, packet.length);
    }
    var _ = libc.close(from);
  }

  private void schedule(int to, byte[] packet) {
    try {
      var _ = carrier.schedule(() -> arrive(to, packet), delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // There is no network any more.
    }
  }

  private synchronized boolean isLost() {
    return random.nextDouble() < loss;
  }

  private void arrive(int to, byte[] packet) {
    if (!cut) {
      var _ = libc.write(to, packet, packet.length);
    }
  }

  @Override
  public void close() throws IOException {
    carrier.shutdownNow();
    try {
      for (String which : List.of("a", "b")) {
        new ProcessBuilder("ip", "netns", "del", name(which)).start().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
