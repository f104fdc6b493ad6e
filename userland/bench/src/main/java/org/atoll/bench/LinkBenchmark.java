package org.atoll.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A file of a host folder that a program on node 1 copies to {@code /dev/null}, over a link that is
 * shaped to 10 Mb/s. Both are node 0's, so each byte crosses the link twice. Text and noise, with
 * compression and without, in alternating rounds within one VOS.
 */
public final class LinkBenchmark {

  private static final int ROUNDS = 5;
  private static final int BYTES = 1 << 20;
  private static final String RATE = "10mbit";
  private static final String PACKED = "compressed";
  private static final String PLAIN = "as it is";

  private LinkBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Folders.make();
    try {
      Files.write(folder.resolve("text"), text());
      byte[] noise = new byte[BYTES];
      new Random(1).nextBytes(noise);
      Files.write(folder.resolve("noise"), noise);
      measure(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  /** This project's own documents, again and again. */
  private static byte[] text() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Path docs = Path.of(System.getProperty("atoll.root", ".")).resolve("docs");
    while (text.size() < BYTES) {
      try (Stream<Path> files = Files.walk(docs)) {
        for (Path file : files.filter(any -> any.toString().endsWith(".md")).sorted().toList()) {
          text.write(Files.readAllBytes(file));
        }
      }
    }
    return Arrays.copyOf(text.toByteArray(), BYTES);
  }

  private static void measure(Path folder) throws IOException, InterruptedException {
    List<String> vos =
        AtollCommand.atoll("run", "--nodes", "2", "-v", folder + ":/w:ro", "--", "sh");
    Comparison text = comparison("text");
    Comparison noise = comparison("noise");
    try (GuestShell guest = new GuestShell(vos)) {
      guest.run("read() { onnode 1 cat /w/$1 >/dev/null; }; read text; read noise");
      link(guest, "shape", "--rate", RATE);
      for (int round = 0; round < ROUNDS; round++) {
        for (String name : List.of(PACKED, PLAIN)) {
          link(guest, "compress", name.equals(PACKED) ? "on" : "off");
          text.addMeans(name, seconds(guest, "read text"));
          noise.addMeans(name, seconds(guest, "read noise"));
        }
      }
    }
    text.print(System.out);
    System.out.println();
    noise.print(System.out);
  }

  private static Comparison comparison(String what) {
    return new Comparison("1 MiB of " + what + " there and back at " + RATE, PACKED, "s");
  }

  private static void link(GuestShell guest, String... words)
      throws IOException, InterruptedException {
    List<String> command = AtollCommand.atoll("link");
    command.addAll(List.of(words));
    command.add(String.valueOf(guest.handle().pid()));
    AtollCommand.seconds(command, Map.of());
  }

  private static double seconds(GuestShell guest, String line) throws IOException {
    long start = System.nanoTime();
    guest.run(line);
    return (System.nanoTime() - start) / 1e9;
  }
}
