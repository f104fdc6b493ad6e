package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tests of the host's network share: VOSes that end with the test, the ports that the host
 * chose, a program in C.
 */
final class NetWorkbench implements AutoCloseable {

  static final int BIG_BYTES = 3_000_000;

  private static final Pattern PUBLISHED =
      Pattern.compile("published \\S+:(\\d+)(?:/udp)? for port");

  final AtollCommand command = AtollCommand.ofThisBuild();
  final ServiceDesk desk;

  /** The ports of the host that are published, in the order of the options. */
  final List<Integer> ports = new ArrayList<>();

  private final Path folder;
  private final List<LiveVos> started = new ArrayList<>();

  /** A bench of one test, in a folder of its own. */
  NetWorkbench(Path folder) {
    this.folder = folder;
    desk = new ServiceDesk(command, folder);
  }

  @Override
  public void close() {
    started.forEach(LiveVos::close);
    desk.close();
  }

  /** A shell in a VOS with these options; the ports that the host chose are in {@link #ports}. */
  LiveVos vos(String... options) {
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

  /** Compiles the program of these tests for the VOS. */
  void compile() throws IOException {
    try (InputStream source = getClass().getResourceAsStream("/net/outside.c")) {
      Files.copy(Objects.requireNonNull(source), folder.resolve("outside.c"));
    }
    ProcessBuilder cc = command.launcher("cc", "-Wall", "-Werror", "outside.c", "-o", "outside");
    Outcome outcome = command.run(cc.directory(folder.toFile()), ServiceDesk.LIMIT);
    assertEquals("", outcome.err());
  }

  /** A file of random bytes. */
  byte[] random(String name) throws IOException {
    byte[] bytes = new byte[BIG_BYTES];
    new Random(1).nextBytes(bytes);
    Files.write(folder.resolve(name), bytes);
    return bytes;
  }

  static String md5(byte[] bytes) {
    try {
      byte[] sum = java.security.MessageDigest.getInstance("MD5").digest(bytes);
      return java.util.HexFormat.of().formatHex(sum);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] join(byte[] first, byte[] rest) {
    byte[] all = Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }
}
