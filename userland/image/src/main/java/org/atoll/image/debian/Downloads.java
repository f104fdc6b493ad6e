package org.atoll.image.debian;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.atoll.image.root.ImageException;

/**
 * The folder of what was fetched, named by SHA-256, so that nothing is fetched twice and a build
 * works without a network once it has worked. What comes out of it was hashed just before.
 */
public final class Downloads {
  /** How the names of files begin that are not whole yet. */
  public static final String UNFINISHED = ".part-";

  private final Path folder;
  private final Fetcher fetcher;

  public Downloads(Path folder, Fetcher fetcher) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.fetcher = fetcher;
  }

  /** The file with exactly this hash and length: kept, or fetched from the mirror. */
  public Path file(URI mirror, DebPackage.Hashed wanted, Progress progress) throws IOException {
    Path kept = folder.resolve(wanted.sha256());
    if (Files.exists(kept) && isWhole(kept, wanted)) {
      return kept;
    }
    URI address = address(mirror, wanted.path());
    progress.line("Fetching " + Fetcher.shown(address) + " (" + kib(wanted) + " KiB)");
    return fetchTo(kept, address, wanted.sizeBytes(), part -> check(part, wanted));
  }

  /**
   * The newest copy of a file whose hash nobody knows beforehand, such as an InRelease; kept when
   * the check lets it pass.
   *
   * @throws FileNotFoundException when the mirror has none
   */
  public Path unhashed(URI mirror, String path, long bytesMax, Check check) throws IOException {
    return fetchTo(keptUnhashed(mirror, path), address(mirror, path), bytesMax, check);
  }

  /** Where the last copy of such a file is kept, if there was one. */
  public Path keptUnhashed(URI mirror, String path) {
    byte[] address = address(mirror, path).toString().getBytes(StandardCharsets.UTF_8);
    return folder.resolve("at-" + HexFormat.of().formatHex(sha256().digest(address)));
  }

  /** The SHA-256 of a file, in hex. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A digest, which every Java has. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Looks at a file before it is kept. */
  @FunctionalInterface
  public interface Check {
    /** Returns when the file may be kept. */
    void accept(Path part) throws IOException;
  }

  private Path fetchTo(Path kept, URI address, long bytesMax, Check check) throws IOException {
    Path part = Files.createTempFile(folder, UNFINISHED, "");
    try {
      fetcher.fetch(address, part, bytesMax);
      check.accept(part);
      return Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void check(Path part, DebPackage.Hashed wanted) throws IOException {
    long size = Files.size(part);
    if (size != wanted.sizeBytes()) {
      throw new ImageException(
          "refused: %s has %d bytes instead of %d"
              .formatted(wanted.path(), size, wanted.sizeBytes()));
    }
    if (!sha256(part).equals(wanted.sha256())) {
      throw new ImageException("refused: " + wanted.path() + " does not have its signed SHA256");
    }
  }

  private static boolean isWhole(Path kept, DebPackage.Hashed wanted) throws IOException {
    return Files.size(kept) == wanted.sizeBytes() && sha256(kept).equals(wanted.sha256());
  }

  private static URI address(URI mirror, String path) {
    return URI.create(mirror + "/" + path);
  }

  private static long kib(DebPackage.Hashed wanted) {
    return (wanted.sizeBytes() + 1023) / 1024;
  }
}
