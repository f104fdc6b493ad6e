package org.atoll.image.debian;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.atoll.image.root.ImageException;

/**
 * What the user says about where packages come from; the machine's apt answers the rest.
 *
 * @param mirror the archive's address, above its {@code dists} folder
 * @param keyring a file with the certificates to trust
 * @param suite suite or codename
 */
public record SourceOptions(Optional<URI> mirror, Optional<Path> keyring, String suite) {
  /** The suite that Atoll is made for. */
  public static final String SUITE = "trixie";

  public SourceOptions {
    if (!suite.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
      throw new IllegalArgumentException("'" + suite + "' is not the name of a suite");
    }
  }

  /** Everything as apt has it. */
  public static SourceOptions ofApt() {
    return new SourceOptions(Optional.empty(), Optional.empty(), SUITE);
  }

  /** Options as typed; an empty text stands for what was not given. */
  public static SourceOptions parse(String mirror, String keyring, String suite)
      throws ImageException {
    Optional<URI> uri = Optional.empty();
    if (!mirror.isEmpty()) {
      uri = AptSource.mirror(mirror);
      if (uri.isEmpty()) {
        throw new ImageException("--mirror needs an http:, https: or file: address, not " + mirror);
      }
    }
    Optional<Path> file = keyring.isEmpty() ? Optional.empty() : Optional.of(Path.of(keyring));
    return new SourceOptions(uri, file, suite.isEmpty() ? SUITE : suite);
  }
}
