package org.atoll.image.debian;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.atoll.image.root.ImageException;
import org.tukaani.xz.XZInputStream;

/**
 * One suite of a Debian archive whose signature was checked: everything that comes out of it is
 * what the holder of a trusted key has signed.
 */
public final class Archive {
  /** The architecture of the guests. */
  public static final String ARCHITECTURE = "riscv64";

  static final int XZ_MEMORY_KIB_MAX = 256 * 1024;

  private static final String INDEX = "main/binary-" + ARCHITECTURE + "/Packages.xz";
  private static final long RELEASE_BYTES_MAX = 16 << 20;
  private static final long INDEX_BYTES_MAX = 1L << 30;

  private final URI mirror;
  private final String suite;
  private final Release release;
  private final Downloads downloads;
  private final Progress progress;

  private Archive(
      URI mirror, String suite, Release release, Downloads downloads, Progress progress) {
    this.mirror = mirror;
    this.suite = suite;
    this.release = release;
    this.downloads = downloads;
    this.progress = progress;
  }

  /** Opens archives: what is the same for every one that is tried. */
  public record Opener(Downloads downloads, InstantSource clock, Progress progress) {

    /**
     * Fetches and checks a suite's InRelease. When the mirror cannot be reached, the last one that
     * was good serves, checked again.
     *
     * @throws FileNotFoundException when the mirror does not have the suite
     */
    public Archive open(AptSource source, Keyring keyring, String suite) throws IOException {
      String path = "dists/" + suite + "/InRelease";
      URI mirror = source.mirror();
      Path file;
      try {
        file =
            downloads.unhashed(
                mirror, path, RELEASE_BYTES_MAX, part -> read(part, source, keyring, suite));
      } catch (UnreachableException e) {
        file = downloads.keptUnhashed(mirror, path);
        if (!Files.exists(file)) {
          throw e;
        }
        progress.line(e.getMessage() + "; going on with what was fetched before");
      }
      Release release = read(file, source, keyring, suite);
      return new Archive(mirror, suite, release, downloads, progress);
    }

    private Release read(Path file, AptSource source, Keyring keyring, String suite)
        throws IOException {
      Instant now = clock.instant();
      String where = "the InRelease of " + suite + " from " + Fetcher.shown(source.mirror());
      ClearSigned message = ClearSigned.parse(Files.readAllBytes(file), where);
      String signer = keyring.verify(message, now, where);
      return Release.parse(message, signer, suite, source.dates(), now);
    }
  }

  public Release release() {
    return release;
  }

  /** Where it is, without a password. */
  public String address() {
    return Fetcher.shown(mirror);
  }

  /** Whether this is the archive that has the guests' packages. */
  boolean hasIndex() throws ImageException {
    return release.index(INDEX, "dists/" + suite).isPresent();
  }

  /** The index of all packages of the main component. */
  public PackageIndex packages() throws IOException {
    DebPackage.Hashed index =
        release
            .index(INDEX, "dists/" + suite)
            .orElseThrow(() -> new ImageException(suite + " of " + address() + " has no " + INDEX));
    Path file = downloads.file(mirror, index, progress);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        InputStream plain =
            new BoundedStream(
                new XZInputStream(in, XZ_MEMORY_KIB_MAX), INDEX_BYTES_MAX, index.path())) {
      return PackageIndex.read(plain);
    }
  }

  /** The package's file, its hash checked. */
  public Path fetch(DebPackage deb) throws IOException {
    return downloads.file(mirror, deb.file(), progress);
  }
}
