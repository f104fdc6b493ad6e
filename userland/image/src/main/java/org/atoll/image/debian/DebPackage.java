package org.atoll.image.debian;

import java.util.Locale;
import org.atoll.image.root.ImageException;

/**
 * One binary package as the archive's index describes it. Relations are kept as they are written:
 * an index has tens of thousands, an image needs few of them.
 *
 * @param depends Pre-Depends and Depends
 * @param conflicts Conflicts and Breaks
 * @param file where the package is and what it must be
 */
public record DebPackage(
    String name,
    DebVersion version,
    String architecture,
    String priority,
    String depends,
    String provides,
    String conflicts,
    String replaces,
    Hashed file) {

  /** A file of the archive: its path under the mirror, its length, and its SHA-256 in hex. */
  public record Hashed(String path, long sizeBytes, String sha256) {
    public Hashed {
      sha256 = sha256.toLowerCase(Locale.ROOT);
    }

    /** What is said of a file in an index, checked for a shape that can be used. */
    static Hashed of(String path, String size, String sha256) throws ImageException {
      boolean plain = path.matches("[A-Za-z0-9][A-Za-z0-9+~%:._=@/-]*");
      if (!plain || path.contains("..") || !sha256.matches("[0-9a-fA-F]{64}")) {
        throw new ImageException("refused: the archive's index names the file '" + path + "'");
      }
      if (!size.matches("[0-9]{1,12}")) {
        throw new ImageException("refused: the index says that " + path + " has size " + size);
      }
      return new Hashed(path, Long.parseLong(size), sha256);
    }
  }

  static DebPackage of(Stanza stanza) throws ImageException {
    String name = stanza.require("Package", "a package in the index");
    return new DebPackage(
        name,
        new DebVersion(stanza.require("Version", name)),
        stanza.get("Architecture"),
        stanza.get("Priority"),
        stanza.get("Pre-Depends") + "," + stanza.get("Depends"),
        stanza.get("Provides"),
        stanza.get("Conflicts") + "," + stanza.get("Breaks"),
        stanza.get("Replaces"),
        Hashed.of(
            stanza.require("Filename", name),
            stanza.require("Size", name),
            stanza.require("SHA256", name)));
  }

  @Override
  public String toString() {
    return name + " " + version;
  }

  /** Whether the relation means this package, by its name or by what it provides. */
  public boolean satisfies(Relation relation) throws ImageException {
    if (relation.accepts(name, version)) {
      return true;
    }
    if (!provides.contains(relation.name())) {
      return false;
    }
    return Relation.parseFlat(provides).stream().anyMatch(relation::acceptsProvided);
  }
}
