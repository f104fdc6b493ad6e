package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strangers on the ports of the node link, while a VOS of two nodes works. */
@Tag("system")
@Timeout(300)
class LinkPortTest {

  private static final long SEED = 5;
  private static final int STRANGERS = 600;

  /**
   * So many lines are few: the link tells of some strangers a second, and a machine may be slow.
   */
  private static final int LINES_MAX = STRANGERS / 2;

  private static final byte[] GREETING = "ATOLLINK\1\0\0\0".getBytes(StandardCharsets.US_ASCII);

  private final Random random = new Random(SEED);
  private final List<Socket> silent = new ArrayList<>();
  private Process node0;
  private BufferedReader output;

  @TempDir Path folder;

  @BeforeEach
  void startAPipeThroughNode1() throws IOException {
    AtollCommand command = AtollCommand.ofThisBuild();
    command.prepare();
    node0 =
        command
            .launcher("run", "--nodes", "2", "sh", "-c", "echo ready; onnode 1 cat | wc -c")
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectError(folder.resolve("errors").toFile())
            .start();
    output = node0.inputReader(StandardCharsets.UTF_8);
    assertEquals("ready", output.readLine());
  }

  @AfterEach
  void endIt() throws IOException {
    for (Socket socket : silent) {
      socket.close();
    }
    node0.descendants().forEach(ProcessHandle::destroyForcibly);
    node0.destroyForcibly();
  }

  /** The ports that the processes of the VOS listen on. */
  private List<Integer> ports() throws IOException {
    Set<String> sockets = new HashSet<>(sockets(node0.pid()));
    for (ProcessHandle child : node0.descendants().toList()) {
      sockets.addAll(sockets(child.pid()));
    }
    List<Integer> ports = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String row : Files.readAllLines(Path.of(table))) {
        String[] words = row.strip().split("\\s+");
        if (words[3].equals("0A") && sockets.contains("socket:[" + words[9] + "]")) {
          ports.add(Integer.parseInt(words[1].substring(words[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static List<String> sockets(long pid) throws IOException {
    List<String> sockets = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          sockets.add(Files.readSymbolicLink(descriptor).toString());
        }
      }
    }
    return sockets;
  }

  private void visit(int port) {
    try {
      Socket stranger = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
      silent.add(stranger);
      OutputStream out = stranger.getOutputStream();
      byte[] noise = new byte[random.nextInt(20_000)];
      random.nextBytes(noise);
      switch (random.nextInt(4)) {
        case 0 -> out.write(noise);
        case 1 -> out.write(GREETING, 0, random.nextInt(GREETING.length));
        case 2 -> {
          out.write(GREETING);
          out.write(noise, 0, Math.min(noise.length, 100));
        }
        default -> stranger.close();
      }
    } catch (IOException turnedAway) {
      // That is what the node link may do with a stranger, at any moment.
    }
  }

  @Test
  void strangersOnThePortsHarmNobodyAndAreToldInFewLines() throws Exception {
    List<Integer> ports = ports();
    assertEquals(2, ports.size());
    byte[] piece = new byte[10_000];
    try (OutputStream input = node0.getOutputStream()) {
      for (int i = 0; i < STRANGERS; i++) {
        visit(ports.get(i % ports.size()));
        input.write(piece);
        input.flush();
      }
    }
    assertEquals(String.valueOf(STRANGERS * piece.length), output.readLine(), "seed " + SEED);
    assertEquals(0, node0.waitFor());
    List<String> errors = Files.readAllLines(folder.resolve("errors"));
    assertTrue(errors.size() < LINES_MAX, errors.size() + " lines");
    assertTrue(errors.stream().allMatch(l -> l.startsWith("atoll: node link: ")), errors::toString);
  }
}
