package org.atoll.vcpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the oracle answered for a seed: a digest for each section of its generated program.
 *
 * <p>The records are in {@code oracle.txt}, one line each. {@link #main} prints them anew.
 */
record Record(long seed, List<String> sections) {
  static final int SEEDS = 48;
  private static final int DIGEST_BYTES = 6;

  static Record of(long seed, byte[] output) {
    int sections = output.length / GeneratedProgram.SECTION_BYTES;
    return new Record(
        seed,
        IntStream.range(0, sections)
            .mapToObj(i -> digest(output, i * GeneratedProgram.SECTION_BYTES))
            .toList());
  }

  static Record parse(String line) {
    List<String> words = Arrays.asList(line.split(" "));
    return new Record(Long.parseLong(words.getFirst()), words.subList(1, words.size()));
  }

  /** All records in the tree. */
  static List<Record> all() {
    try (var in = Record.class.getResourceAsStream("oracle.txt")) {
      if (in == null) {
        throw new IllegalStateException("oracle.txt is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().filter(line -> !line.startsWith("#")).map(Record::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] output, int from) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(output, from, GeneratedProgram.SECTION_BYTES);
      var text = new StringBuilder();
      for (byte b : Arrays.copyOf(sha.digest(), DIGEST_BYTES)) {
        text.append("%02x".formatted(b));
      }
      return text.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return seed + sections.stream().map(section -> " " + section).collect(Collectors.joining());
  }

  /** Prints the records for the first seeds as the oracle on this machine answers them. */
  public static void main(String[] arguments) {
    Oracle oracle = Oracle.find().orElseThrow();
    System.out.println("# seed, then a digest of each section's output; from " + oracle.version());
    for (long seed = 0; seed < SEEDS; seed++) {
      System.out.println(of(seed, oracle.run(new GeneratedProgram(seed).elf())));
    }
  }
}
