package org.atoll.image.debian;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atoll.image.root.ImageException;

/**
 * How a machine's apt is set up: its sources, its proxies, and whom it trusts. Nothing is run for
 * it, so what apt itself would ask a program for (Proxy-Auto-Detect) is not known.
 *
 * @param sources in the order in which apt reads them
 */
public record Apt(List<AptSource> sources, Proxies proxies, Path root) {
  private static final String EXPIRY = "Acquire::Check-Valid-Until";

  /**
   * Reads the settings.
   *
   * @param root where {@code etc} and {@code usr} are, {@code /} but for tests
   * @param environment the environment variables that name proxies
   */
  public static Apt read(Path root, Map<String, String> environment) throws IOException {
    AptConf conf = new AptConf();
    Path etc = root.resolve("etc/apt");
    for (Path file : files(etc.resolve("apt.conf.d"), "[A-Za-z0-9_-]+|[A-Za-z0-9_.-]+\\.conf")) {
      conf.add(text(file));
    }
    if (Files.isReadable(etc.resolve("apt.conf"))) {
      conf.add(text(etc.resolve("apt.conf")));
    }
    return new Apt(sources(etc, conf), new Proxies(conf, environment), root);
  }

  /** The certificates that a source's releases may be signed by. */
  public Keyring keyring(AptSource source) throws IOException {
    String signedBy = source.signedBy().strip();
    if (signedBy.startsWith("-----BEGIN") || signedBy.startsWith("\n-----BEGIN")) {
      return Keyring.of(embedded(signedBy), "Signed-By of " + source.mirror());
    }
    List<String> words = signedBy.isEmpty() ? List.of() : List.of(signedBy.split("\\s+", -1));
    List<Path> paths = words.stream().filter(w -> w.startsWith("/")).map(Path::of).toList();
    if (!paths.isEmpty()) {
      return Keyring.read(paths);
    }
    Keyring keyring = keyring();
    return words.isEmpty() ? keyring : keyring.limitedTo(words);
  }

  /** The certificates that are trusted where nothing else is said. */
  public Keyring keyring() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : List.of("gpg", "pgp")) {
      Path file = root.resolve("usr/share/keyrings/debian-archive-keyring." + name);
      if (Files.isReadable(file) && files.isEmpty()) {
        files.add(file);
      }
    }
    if (files.isEmpty()) {
      files.addAll(files(root.resolve("etc/apt/trusted.gpg.d"), ".*\\.(gpg|asc)"));
    }
    if (files.isEmpty()) {
      throw new ImageException("no keyring of Debian's archive is installed: pass --keyring");
    }
    return Keyring.read(files);
  }

  private static List<AptSource> sources(Path etc, AptConf conf) throws IOException {
    List<AptSource> sources = new ArrayList<>();
    if (Files.isReadable(etc.resolve("sources.list"))) {
      sources.addAll(AptSource.parseLines(text(etc.resolve("sources.list"))));
    }
    for (Path file : files(etc.resolve("sources.list.d"), "[A-Za-z0-9_.-]+\\.(list|sources)")) {
      sources.addAll(
          file.toString().endsWith(".list")
              ? AptSource.parseLines(text(file))
              : AptSource.parseStanzas(text(file)));
    }
    if (conf.isOff(EXPIRY)) {
      sources.replaceAll(
          s -> new AptSource(s.mirror(), s.signedBy(), Release.Dates.EXPIRY_IGNORED));
    }
    return List.copyOf(sources);
  }

  /** In deb822 a line of the key starts with a space, and a lone dot stands for an empty one. */
  private static byte[] embedded(String signedBy) {
    StringBuilder key = new StringBuilder();
    for (String line : signedBy.strip().lines().toList()) {
      key.append(line.strip().equals(".") ? "" : line.strip()).append('\n');
    }
    return key.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static List<Path> files(Path folder, String names) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(names) && Files.isReadable(file))
          .sorted()
          .toList();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
